import { foundIf, unlessFound, unclear, type Rule } from "#flows/law/basis/rule.ts";
import { lawValue } from "#flows/law/law.ts";
import { needsPensionProof } from "#flows/law/pension.ts";

const basis = "§ 19c Abs. 2 AufenthG, § 6 BeschV";

/**
 * Experienced workers without a recognised qualification: years of fitting work, a salary unless a collective agreement
 * holds, and a qualification of their own state unless they work in IT.
 */
export const experiencedWorker: Rule = (situation, law, today) => {
  const { yearsOfFive, annualGrossCents, paysByTariff, homeQualification, itJob, regulatedProfession } =
    situation.work ?? {};
  const [years, salary] = [lawValue(law, "period.experiencePractice"), lawValue(law, "salary.experienced")];
  const isShort = years !== undefined && yearsOfFive !== undefined && yearsOfFive < years;
  const isLow = salary !== undefined && annualGrossCents !== undefined && annualGrossCents < salary && !paysByTariff;
  const found = [
    ...foundIf(isShort, "experienceShort"),
    ...foundIf(isLow, "salaryBelowExperienced"),
    ...foundIf(salary === undefined && !paysByTariff, "thresholdUnknown"),
    ...foundIf(itJob !== true && homeQualification === "none", "homeQualificationMissing"),
    ...foundIf(needsPensionProof(situation, law, today), "pensionProof"),
    ...foundIf(regulatedProfession, "licenceNeeded"),
  ];
  return yearsOfFive === undefined || annualGrossCents === undefined
    ? unclear(basis, ...found)
    : unlessFound(basis, ...found);
};
