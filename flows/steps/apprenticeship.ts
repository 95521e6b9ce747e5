import { page } from "#flows/engine/facts.ts";
import { choice, date, money, text } from "#flows/engine/fields.ts";
import { languageFields } from "#flows/steps/language.ts";
import { inOrder, notInFuture, notInPast } from "#flows/steps/rules.ts";

/** Vocational training as the contract or the school's confirmation says it (§§ 16a, 16g AufenthG). */
export const apprenticeship = page(
  "study",
  {
    apprenticeshipKind: choice(["company", "school"]),
    apprenticeshipOccupation: text({ max: 120 }),
    apprenticeshipProvider: text({ max: 120 }),
    apprenticeshipPlace: text({ max: 80, latin: true }),
    apprenticeshipStart: date(),
    apprenticeshipEnd: date(),
    apprenticeshipPay: money(0, 999_900),
  },
  ({ apprenticeshipStart, apprenticeshipEnd }, { today }) => ({
    ...notInPast({ apprenticeshipEnd }, today),
    ...inOrder(apprenticeshipStart, apprenticeshipEnd, "apprenticeshipEnd"),
  }),
);

/** Whether the chamber has the contract on its list: contracts with a company are registered there. */
export const apprenticeshipContract = page("study", { contractRegistered: choice(["yes", "applied", "no"]) });

/** German for vocational training: B1 unless it is tested or taught before (§ 16a Abs. 3 AufenthG). */
export const apprenticeshipLanguage = page(
  "language",
  { ...languageFields, languageChecked: choice(["tested", "course", "no"]) },
  ({ languageCertificateDate }, { today }) => notInFuture({ languageCertificateDate }, today),
);
