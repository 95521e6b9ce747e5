import { addDays, addMonths } from "#flows/engine/dates.ts";
import { likely, unclear, type LegalBasis, type Rule } from "#flows/law/basis/rule.ts";
import type { FindingCode } from "#flows/law/findings.ts";
import { lawValue, type Law } from "#flows/law/law.ts";
import type { WorkSituation } from "#flows/law/situations/work.ts";

const general = "§ 18g Abs. 1 AufenthG";
const lowered = "§ 18g Abs. 1 Satz 2 AufenthG";
const itWithoutDegree = "§ 18g Abs. 2 AufenthG";
const academic = "§ 18b AufenthG";

/** The Blue Card's ways in: general salary, lower salary with the employment agency's approval, IT without a degree. */
const salaryRule: Rule = ({ work = {} }, law) => {
  const [full, lower] = [lawValue(law, "salary.blueCard"), lawValue(law, "salary.blueCardLower")];
  const salary = work.annualGrossCents;
  if (work.degree === "none") {
    if (work.itWithoutDegree !== true) return unclear(undefined, "degreeMissing");
    if (salary === undefined) return unclear(itWithoutDegree, "salaryUnknown");
    if (lower === undefined) return unclear(itWithoutDegree, "thresholdUnknown");
    return salary >= lower
      ? likely(itWithoutDegree, "employmentAgencyApproval")
      : unclear(undefined, "salaryBelowBlueCard", "degreeMissing");
  }
  if (salary === undefined) return unclear(general, "salaryUnknown");
  if (full === undefined || lower === undefined) return unclear(general, "thresholdUnknown");
  if (salary >= full) return likely(general);
  if (salary < lower) return likely(academic, "salaryBelowBlueCard");
  if (work.shortageOccupation || work.newGraduate) return likely(lowered, "employmentAgencyApproval");
  const isOpen = work.shortageOccupation === undefined || work.newGraduate === undefined;
  return isOpen ? unclear(lowered, "lowerThresholdOpen") : likely(academic, "salaryBelowBlueCard");
};

/** Findings about degree, duration and licence, which turn a likely basis into an unclear one where they weigh. */
function withWorkFindings(found: LegalBasis, work: WorkSituation, law: Law): LegalBasis {
  const months = lawValue(law, "period.blueCardJob");
  const isShort =
    months !== undefined &&
    work.start !== undefined &&
    work.end !== undefined &&
    work.end < addDays(addMonths(work.start, months), -1);
  const degree: FindingCode[] =
    work.degree === "foreignUnclear" ? ["degreeUnclear"] : work.degree === undefined ? ["degreeOpen"] : [];
  const weighty: FindingCode[] = [...degree, ...(isShort ? ["jobTooShort" as const] : [])];
  const licence: FindingCode[] = work.regulatedProfession ? ["licenceNeeded"] : [];
  return {
    basis: found.basis,
    certainty: weighty.length > 0 ? "unclear" : found.certainty,
    findings: [...found.findings, ...weighty, ...licence],
  };
}

/** EU Blue Card: the way in that salary, occupation and degree open, with findings on degree, duration and licence. */
export const blueCard: Rule = (situation, law, today) =>
  withWorkFindings(salaryRule(situation, law, today), situation.work ?? {}, law);
