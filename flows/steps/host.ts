import { page } from "#flows/engine/facts.ts";
import { choice, conditional, confirm, country, date, number, partialDate, text } from "#flows/engine/fields.ts";
import { hostStatuses } from "#flows/law/situations/other.ts";
import { incomes } from "#flows/steps/means.ts";
import { inOrder, isGivenBirthPossible, notInPast } from "#flows/steps/rules.ts";

/** What allows the host to live in Germany. */
export const hostStatus = page("person", { hostStatus: choice(hostStatuses) });

/** Until when a limited title of the host is valid. */
export const hostTitle = page("title", { hostTitleValidUntil: date() }, (answers, { today }) =>
  notInPast(answers, today),
);

const { incomeSources, ownNetMonthly } = incomes.fields;

/** What the host lives on, and for whom they already care. */
export const hostMeans = page("insurance", { incomeSources, ownNetMonthly, dependants: number(0, 20, "2") });

/** One guest: no more than the invitation needs. */
export const guest = page(
  "invitation",
  {
    guestFamilyName: text({ max: 100, latin: "person" }),
    guestGivenNames: text({ max: 100, latin: "person" }),
    guestDateOfBirth: partialDate(),
    guestNationality: country("nationalities"),
  },
  ({ guestDateOfBirth }, { today }) => isGivenBirthPossible(guestDateOfBirth, today, "guestDateOfBirth"),
);

/** Why the guests come, and how long they stay. */
export const visit = page(
  "invitation",
  {
    visitPurpose: choice(["visit", "languageCourse", "study", "work", "family", "otherStay"]),
    visitFrom: date(),
    visitTo: conditional(date()),
  },
  ({ visitFrom, visitTo }, { today }) => ({
    ...notInPast({ visitTo }, today),
    ...inOrder(visitFrom, visitTo, "visitTo"),
  }),
);

/** What the host takes on for five years (§§ 66 to 68 AufenthG). */
export const liability = page("invitation", { declareLiability: confirm() });
