import { page } from "#flows/engine/facts.ts";
import { choice, confirm, optional, sensitive, text, yesNo } from "#flows/engine/fields.ts";

/** Health insurance is part of a secured livelihood (§ 2 Abs. 3 AufenthG). */
export const healthInsurance = page("insurance", {
  healthInsurance: choice(["statutory", "private", "family", "benefits", "notYet"]),
  insuranceCompany: optional(text({ max: 80 })),
});

/** Whether the person lives on social benefits: of a job's title only the fee depends on it (§ 53 AufenthV). */
export const livelihood = page("insurance", { onBenefits: yesNo() });

/** Convictions and proceedings: asked only where the authority uses it (domain 2.5). */
export const offences = page("record", {
  convicted: sensitive(yesNo(), "offence"),
  pendingProceedings: sensitive(yesNo(), "offence"),
  expelledOrRefused: sensitive(yesNo(), "offence"),
});

/** Details, only after a yes. */
export const offenceDetails = page("record", {
  offenceDetails: sensitive(text({ max: 1000, rows: 5 }), "offence"),
});

/** Card by post (§ 47 I Nr. 16 AufenthV), free choice, never preselected. */
export const postalDelivery = page("card", { postalDelivery: yesNo() });

/**
 * Declarations of the last page. The first two are required by law (§§ 54, 82, 95 AufenthG); privacy is information, not
 * consent; the rest is voluntary and never blocks.
 */
export const declarations = {
  declareTrue: confirm(),
  declareDuties: confirm(),
  consentEmail: optional(confirm()),
} as const;
