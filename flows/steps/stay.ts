import { defineFlow } from "#flows/engine/flow.ts";
import { page } from "#flows/engine/facts.ts";
import { conditional, country, date, optional, partialDate, text } from "#flows/engine/fields.ts";
import { dateOf, notAfter, notBefore, notInFuture } from "#flows/steps/rules.ts";

/** When the person came to Germany: for the first time, and this time; not after the end of the title (domain 2.7). */
export const entry = page(
  "stay",
  {
    entryDateCurrent: date(),
    entryDateFirst: conditional(date()),
    entryFrom: country(),
  },
  ({ entryDateCurrent, entryDateFirst }, facts) => ({
    ...notBefore(dateOf(facts, "dateOfBirth"), { entryDateCurrent, entryDateFirst }),
    ...notAfter(dateOf(facts, "titleValidUntil"), { entryDateCurrent }),
    ...notAfter(entryDateCurrent, { entryDateFirst }),
    ...notInFuture({ entryDateCurrent, entryDateFirst }, facts.today),
  }),
);

const stay = page(
  "stay",
  {
    stayFrom: partialDate(),
    stayTo: partialDate(),
    stayPlace: text({ max: 80, latin: true }),
    stayTitle: optional(text({ max: 80, latin: true })),
  },
  ({ stayFrom, stayTo }, facts) => ({
    ...notBefore(dateOf(facts, "dateOfBirth"), { stayFrom, stayTo }),
    ...notBefore(stayFrom, { stayTo }),
    ...notInFuture({ stayFrom, stayTo }, facts.today),
  }),
);

/** Earlier stays in Germany, one entry each. */
export const previousStays = {
  kind: "group",
  section: "stay",
  max: 10,
  item: defineFlow()({ id: "previousStay", initial: "stay", steps: { stay }, guards: {}, next: { stay: null } }),
} as const;
