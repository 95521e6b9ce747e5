import { defineFlow } from "#flows/engine/flow.ts";
import { absence } from "#flows/steps/absence.ts";

/** Times abroad of more than six months, one entry each: they can end a title (§ 51 Abs. 1 Nr. 7 AufenthG). */
export const absences = {
  kind: "group",
  section: "stay",
  max: 10,
  item: defineFlow()({ id: "absence", initial: "absence", steps: { absence }, guards: {}, next: { absence: null } }),
} as const;
