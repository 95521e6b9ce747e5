import { defineFlow } from "#flows/engine/flow.ts";
import { relative, relativeAbroad, relativeInGermany } from "#flows/steps/relatives.ts";

/** Spouse and children, wherever they live; each is one entry. */
export const family = {
  kind: "group",
  section: "family",
  max: 20,
  item: defineFlow()({
    id: "relative",
    initial: "relative",
    steps: { relative, relativeInGermany, relativeAbroad },
    guards: { livesInGermany: ({ answers }) => answers.relativeResidence === "germany" },
    next: {
      relative: [{ guard: "livesInGermany", target: "relativeInGermany" }, "relativeAbroad"],
      relativeInGermany: null,
      relativeAbroad: null,
    },
  }),
} as const;
