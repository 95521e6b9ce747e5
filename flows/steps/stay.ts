import { defineFlow } from "#flows/engine/flow.ts";
import { page } from "#flows/engine/facts.ts";
import { conditional, country, date, optional, partialDate, text } from "#flows/engine/fields.ts";
import { notInFuture } from "#flows/steps/rules.ts";

/** When the person came to Germany: for the first time, and this time. */
export const entry = page(
  "stay",
  {
    entryDateCurrent: date(),
    entryDateFirst: conditional(date()),
    entryFrom: country(),
  },
  (answers, facts) => {
    const { entryDateCurrent: current, entryDateFirst: first } = answers;
    const born = facts.answers["dateOfBirth"];
    const beforeBirth = typeof born === "string" && current !== undefined && current.slice(0, 4) < born.slice(0, 4);
    return {
      ...(beforeBirth ? { entryDateCurrent: "dateOrder" } : {}),
      ...(first !== undefined && current !== undefined && first > current ? { entryDateFirst: "dateOrder" } : {}),
      ...notInFuture({ entryDateCurrent: current, entryDateFirst: first }, facts.today),
    };
  },
);

const stay = page(
  "stay",
  {
    stayFrom: partialDate(),
    stayTo: partialDate(),
    stayPlace: text({ max: 80, latin: true }),
    stayTitle: optional(text({ max: 80, latin: true })),
  },
  ({ stayFrom, stayTo }) =>
    stayFrom && stayTo && stayTo.slice(0, 4) < stayFrom.slice(0, 4) ? { stayTo: "dateOrder" } : {},
);

/** Earlier stays in Germany, one entry each. */
export const previousStays = {
  kind: "group",
  section: "stay",
  max: 10,
  item: defineFlow()({ id: "previousStay", initial: "stay", steps: { stay }, guards: {}, next: { stay: null } }),
} as const;
