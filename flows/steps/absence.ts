import { page } from "#flows/engine/facts.ts";
import { optional, partialDate, text } from "#flows/engine/fields.ts";
import { dateOf, notBefore, notInFuture } from "#flows/steps/rules.ts";

/** One time abroad. */
export const absence = page(
  "stay",
  {
    absenceFrom: partialDate(),
    absenceTo: partialDate(),
    absenceReason: optional(text({ max: 200 })),
  },
  ({ absenceFrom, absenceTo }, facts) => ({
    ...notBefore(dateOf(facts, "dateOfBirth"), { absenceFrom, absenceTo }),
    ...notBefore(absenceFrom, { absenceTo }),
    ...notInFuture({ absenceFrom, absenceTo }, facts.today),
  }),
);
