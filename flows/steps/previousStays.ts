import { defineFlow } from "#flows/engine/flow.ts";
import { stay } from "#flows/steps/stay.ts";

/** Earlier stays in Germany, one entry each. */
export const previousStays = {
  kind: "group",
  section: "stay",
  max: 10,
  item: defineFlow()({ id: "previousStay", initial: "stay", steps: { stay }, guards: {}, next: { stay: null } }),
} as const;
