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
    // The date on a title by § 24 AufenthG is often not its last day (UkraineAufenthFGV).
    ...(facts.answers["protectionTitle"] === undefined
      ? notAfter(dateOf(facts, "titleValidUntil"), { entryDateCurrent })
      : {}),
    ...notAfter(entryDateCurrent, { entryDateFirst }),
    ...notInFuture({ entryDateCurrent, entryDateFirst }, facts.today),
  }),
);

/** One earlier stay. */
export const stay = page(
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
