import { page } from "#flows/engine/facts.ts";
import { choice, conditional, date, number, text, yesNo } from "#flows/engine/fields.ts";
import { protectionStatus } from "#flows/steps/cards.ts";
import { languageFields } from "#flows/steps/language.ts";
import { referencePerson } from "#flows/steps/reference.ts";
import { dateOf, notBefore, notInFuture } from "#flows/steps/rules.ts";

const sinceField = { permitSince: date() } as const;

/** Since when titles have been held without a gap, whatever their purpose. */
export const permitSince = page("stay", sinceField, (since, facts) => ({
  ...notInFuture(since, facts.today),
  ...notBefore(dateOf(facts, "dateOfBirth"), since),
}));

/** The same for titles of one kind: skilled work, Blue Card, self-employment. */
export const kindSince = page("stay", sinceField, permitSince.check);

/** What the protection rests on, and since when; the asylum procedure counts too (§ 26 Abs. 3, 4 AufenthG). */
export const protectionSince = page(
  "stay",
  { ...protectionStatus.fields, ...sinceField, asylumSince: conditional(date()) },
  ({ permitSince: since, asylumSince }, { today }) => notInFuture({ permitSince: since, asylumSince }, today),
);

/** A degree or vocational training from Germany shortens the time of skilled workers (§ 18c Abs. 1 S. 2 AufenthG). */
export const germanDegree = page("work", { completedInGermany: yesNo() });

/** What the self-employed do, and since when (§ 21 Abs. 4 AufenthG). */
export const ownBusiness = page(
  "work",
  { businessActivity: text({ max: 200 }), businessSince: date() },
  (since, { today }) => notInFuture({ businessSince: since.businessSince }, today),
);

/** The husband or wife with the settlement permit of a skilled worker (§ 9 Abs. 3a AufenthG). */
export const settledSpouse = page("family", referencePerson.fields, referencePerson.check);

/** German, and basic knowledge of law and life here (§ 9 Abs. 2 S. 1 Nr. 7, 8 AufenthG). */
export const germanAndLife = page(
  "language",
  { ...languageFields, lifeInGermany: choice(["test", "germanSchool", "notYet"]) },
  ({ languageCertificateDate }, { today }) => notInFuture({ languageCertificateDate }, today),
);

/** Months with contributions to old-age provision (§ 9 Abs. 2 S. 1 Nr. 3 AufenthG). */
export const pensionMonths = page("insurance", { pensionMonths: number(0, 720) });

/** Of husband and wife it is enough if one has the months (§ 9 Abs. 3 AufenthG). */
export const spousePension = page("insurance", { spousePension: choice(["yes", "no", "unsure"]) });
