import { page } from "#flows/engine/facts.ts";
import { choice, date, sensitive, text, yesNo } from "#flows/engine/fields.ts";
import { tolerationReasons } from "#flows/law/situations/other.ts";

/** The main reason why the person cannot leave, or need not (§§ 60a to 60d AufenthG). */
export const tolerationReason = page("stay", { tolerationReason: choice(tolerationReasons) });

/** Training for which the stay is tolerated (§ 60c AufenthG). */
export const toleratedTraining = page("work", {
  toleratedTrainingOccupation: text({ max: 120 }),
  toleratedTrainingPlace: text({ max: 120 }),
  toleratedTrainingStart: date(),
});

/** Health reasons (§ 60a Abs. 2c AufenthG): only what the authority must know. */
export const tolerationHealth = page("stay", {
  tolerationHealth: sensitive(text({ max: 1000, rows: 5 }), "health"),
});

/** Any other reason in the person's own words. */
export const tolerationDetails = page("stay", { tolerationDetails: text({ max: 1000, rows: 5 }) });

/** The reception centre decides who renews the paper (§ 63 Abs. 3 AsylG). */
export const receptionCentre = page("stay", { inReceptionCentre: yesNo() });

/** The file of the asylum procedure. */
export const asylumFile = page("title", { asylumFileNumber: text({ max: 40, width: "20", ltr: true }) });
