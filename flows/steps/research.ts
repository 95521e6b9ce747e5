import { page, type Problems } from "#flows/engine/facts.ts";
import { choice, conditional, yesNo } from "#flows/engine/fields.ts";
import { funding, scholarship } from "#flows/steps/means.ts";

/** The hosting agreement and the institution (§ 18d AufenthG). */
export const hosting = page("work", {
  institutionRecognised: choice(["yes", "no", "unsure"]),
  costsCovered: choice(["yes", "publicFunds", "no", "unsure"]),
  mobilityProgramme: yesNo(),
  researchPaid: yesNo(),
});

/** Means of researchers without a salary; public money for a scholarship matters for the fee (§ 52 Abs. 5 AufenthV). */
export const researchFunding = page(
  "insurance",
  { ...funding.fields, publicScholarship: conditional(scholarship.fields.publicScholarship) },
  ({ incomeSources, publicScholarship }): Problems =>
    incomeSources?.includes("scholarship") && publicScholarship === undefined ? { publicScholarship: "required" } : {},
  {
    publicScholarship: ({ answers }) =>
      Array.isArray(answers["incomeSources"]) && answers["incomeSources"].includes("scholarship"),
  },
);
