import { addDays, addMonths, type IsoDate, type PartialDate } from "#flows/engine/dates.ts";
import { ageBand } from "#flows/law/age.ts";
import { lawValue, type Law } from "#flows/law/law.ts";
import type { Situation, WorkSituation } from "#flows/law/situation.ts";

/** What the authority is likely to look at more closely; the words are `law:finding.<code>`. No finding blocks anybody. */
export const findingCodes = [
  "salaryBelowBlueCard",
  "salaryUnknown",
  "thresholdUnknown",
  "lowerThresholdOpen",
  "employmentAgencyApproval",
  "degreeUnclear",
  "degreeMissing",
  "degreeOpen",
  "jobTooShort",
  "licenceNeeded",
  "pensionProof",
  "familyReunionSuspended",
  "qualificationMissing",
  "searchLimited",
  "meansLow",
  "languageMissing",
  "spousesAge",
  "livingApart",
  "childNotMinor",
  "referenceNotGerman",
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** A suggestion, never a decision: the norm in German, how sure it is, and what speaks against it. */
export type LegalBasis = {
  basis: string | undefined;
  certainty: "likely" | "unclear";
  findings: readonly FindingCode[];
};

type Rule = (situation: Situation, law: Law, today: IsoDate) => LegalBasis;

const likely = (basis: string, ...findings: FindingCode[]): LegalBasis => ({ basis, certainty: "likely", findings });
const unclear = (basis: string | undefined, ...findings: FindingCode[]): LegalBasis => ({
  basis,
  certainty: "unclear",
  findings,
});
const plain =
  (basis: string): Rule =>
  () =>
    likely(basis);

const blueCard = "§ 18g Abs. 1 AufenthG";
const blueCardLower = "§ 18g Abs. 1 Satz 2 AufenthG";
const blueCardIt = "§ 18g Abs. 2 AufenthG";
const academic = "§ 18b AufenthG";

/** The Blue Card's ways in: general salary, lower salary with the employment agency's approval, IT without a degree. */
const blueCardRule: Rule = ({ work = {} }, law) => {
  const [full, lower] = [lawValue(law, "salary.blueCard"), lawValue(law, "salary.blueCardLower")];
  const salary = work.annualGrossCents;
  if (work.degree === "none") {
    if (work.itWithoutDegree !== true) return unclear(undefined, "degreeMissing");
    if (salary === undefined) return unclear(blueCardIt, "salaryUnknown");
    if (lower === undefined) return unclear(blueCardIt, "thresholdUnknown");
    return salary >= lower
      ? likely(blueCardIt, "employmentAgencyApproval")
      : unclear(undefined, "salaryBelowBlueCard", "degreeMissing");
  }
  if (salary === undefined) return unclear(blueCard, "salaryUnknown");
  if (full === undefined || lower === undefined) return unclear(blueCard, "thresholdUnknown");
  if (salary >= full) return likely(blueCard);
  if (salary < lower) return likely(academic, "salaryBelowBlueCard");
  if (work.shortageOccupation || work.newGraduate) return likely(blueCardLower, "employmentAgencyApproval");
  const isOpen = work.shortageOccupation === undefined || work.newGraduate === undefined;
  return isOpen ? unclear(blueCardLower, "lowerThresholdOpen") : likely(academic, "salaryBelowBlueCard");
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

/** Skilled workers whose first title comes at 45 or later need a salary or a pension (§ 18 Abs. 2 Nr. 5 AufenthG). */
const skilledWorker =
  (basis: string): Rule =>
  (situation, law, today) => {
    const { degree, regulatedProfession } = situation.work ?? {};
    const licence: FindingCode[] = regulatedProfession ? ["licenceNeeded"] : [];
    const pension: FindingCode[] = needsPensionProof(situation, law, today) ? ["pensionProof"] : [];
    if (degree === "none") return unclear(undefined, "qualificationMissing", ...pension, ...licence);
    if (degree === "foreignUnclear") return unclear(basis, "degreeUnclear", ...pension, ...licence);
    return likely(basis, ...pension, ...licence);
  };

/**
 * True if old-age provision must be shown, `undefined` while age, salary or the threshold are not known. It is asked for
 * the first title as a skilled worker only, be it the first one at all or after a title for another purpose.
 */
export function needsPensionProof({ birth, work, request }: Situation, law: Law, today: IsoDate): boolean | undefined {
  if ((request !== "first" && request !== "change") || work?.firstSkilledTitle === false) return false;
  const [age, threshold] = [lawValue(law, "age.pension"), lawValue(law, "salary.age45")];
  if (age === undefined) return undefined;
  const band = ageBand(birth, today, age);
  if (band === "below") return false;
  if (threshold === undefined || work?.annualGrossCents === undefined) return undefined;
  if (work.annualGrossCents >= threshold) return false;
  return band === "reached" ? true : undefined;
}

/** Husband, wife, child or parent of a German, with what speaks against a spouse's title (§§ 27, 28, 30 AufenthG). */
const germanFamily: Rule = (situation, law, today) => {
  const { family = {}, request } = situation;
  const number = family.relation && { spouse: 1, child: 2, parent: 3 }[family.relation];
  if (!number) return unclear("§ 28 Abs. 1 AufenthG");
  const basis = `§ 28 Abs. 1 Satz 1 Nr. ${number} AufenthG`;
  const majority = lawValue(law, "age.majority");
  const ageOf = (birth: PartialDate | undefined) =>
    birth === undefined || majority === undefined ? "open" : ageBand(birth, today, majority);
  const own = ageOf(situation.birth);
  const others = ageOf(family.referenceBirth);
  const isSpouse = family.relation === "spouse";
  const isExtension = request === "extension";
  // A title may be extended after the child's 18th birthday (§ 28 Abs. 3 AufenthG).
  const isChildOfAge = !isSpouse && !isExtension && (family.relation === "child" ? own : others) === "reached";
  const isTooYoung = isSpouse && (own === "below" || others === "below");
  const lacksLanguage = isSpouse && !isExtension && family.speaksGerman === false && !family.languageException;
  const found: FindingCode[] = [
    ...(family.isReferenceGerman === false ? (["referenceNotGerman"] as const) : []),
    ...(isSpouse && family.separated ? (["livingApart"] as const) : []),
    ...(isTooYoung ? (["spousesAge"] as const) : []),
    ...(isChildOfAge ? (["childNotMinor"] as const) : []),
    ...(lacksLanguage ? (["languageMissing"] as const) : []),
  ];
  return found.length > 0 ? unclear(basis, ...found) : likely(basis);
};

/** Studies need means for each month; savings count over a year (§ 2 Abs. 3 AufenthG). */
const studies: Rule = ({ means }, law) => {
  const need = lawValue(law, "living.study");
  const isLow = means !== undefined && need !== undefined && means.monthlyCents + means.savingsCents / 12 < need;
  return isLow ? likely("§ 16b AufenthG", "meansLow") : likely("§ 16b AufenthG");
};

/** The search for work ends after a fixed time and is not extended beyond it (§ 20 AufenthG). */
const jobSearch: Rule = ({ searchAfter }) => {
  if (searchAfter === undefined) return unclear("§ 20 Abs. 1 AufenthG", "searchLimited");
  return likely(searchAfter === "study" ? "§ 20 Abs. 1 Nr. 1 AufenthG" : "§ 20 Abs. 1 AufenthG", "searchLimited");
};

/** Suggested norm by service; a new service adds a row. */
const bases: Readonly<Record<string, Rule>> = {
  "W-18a": skilledWorker("§ 18a AufenthG"),
  "W-18b": skilledWorker(academic),
  "W-18d": plain("§ 18d AufenthG"),
  "W-18g": (situation, law, today) => withWorkFindings(blueCardRule(situation, law, today), situation.work ?? {}, law),
  "W-19c1": plain("§ 19c Abs. 1 AufenthG"),
  "W-19c2": plain("§ 19c Abs. 2 AufenthG"),
  "W-19d": plain("§ 19d AufenthG"),
  "W-19e": plain("§ 19e AufenthG"),
  "W-20": jobSearch,
  "W-20a": plain("§ 20a AufenthG"),
  "W-21": plain("§ 21 AufenthG"),
  "W-FAST": plain("§ 81a AufenthG"),
  "A-16a": plain("§ 16a AufenthG"),
  "A-16b": studies,
  "A-16d": plain("§ 16d AufenthG"),
  "A-16f": plain("§ 16f AufenthG"),
  "A-16g": plain("§ 16g AufenthG"),
  "A-17": plain("§ 17 AufenthG"),
  "FAM-28": germanFamily,
  "FAM-30": plain("§ 30 AufenthG"),
  "FAM-31": plain("§ 31 AufenthG"),
  "FAM-32": plain("§ 32 AufenthG"),
  "FAM-33": plain("§ 33 AufenthG"),
  "FAM-34": plain("§ 34 AufenthG"),
  "FAM-36": plain("§ 36 AufenthG"),
  "FAM-36a": ({ request }) =>
    request === "first" ? unclear("§ 36a AufenthG", "familyReunionSuspended") : likely("§ 36a AufenthG"),
  "H-24": plain("§ 24 Abs. 1 AufenthG"),
  "H-25-12": plain("§ 25 Abs. 1 oder 2 AufenthG"),
  "H-25-3": plain("§ 25 Abs. 3 AufenthG"),
  "H-25a": plain("§ 25a AufenthG"),
  "H-25b": plain("§ 25b AufenthG"),
  "N-9": plain("§ 9 Abs. 2 AufenthG"),
  "N-9-3a": plain("§ 9 Abs. 3a AufenthG"),
  "N-9a": plain("§ 9a AufenthG"),
  "N-18c1": plain("§ 18c Abs. 1 AufenthG"),
  "N-18c2": plain("§ 18c Abs. 2 AufenthG"),
  "N-18c3": plain("§ 18c Abs. 3 AufenthG"),
  "N-21-4": plain("§ 21 Abs. 4 AufenthG"),
  "N-26": plain("§ 26 Abs. 3 oder 4 AufenthG"),
  "N-28": plain("§ 28 Abs. 2 AufenthG"),
  "N-35": plain("§ 35 AufenthG"),
  "C-WORK": plain("§ 4a AufenthG"),
  "C-COND": plain("§ 12 Abs. 2 AufenthG"),
  "C-RES": plain("§ 12a Abs. 5 AufenthG"),
  "D-CARD-P": plain("§ 45c Abs. 1 Nr. 1 AufenthV"),
  "D-CARD-D": plain("§ 45c Abs. 1 Nr. 2 AufenthV"),
  "D-CARD-L": plain("§ 45c Abs. 1 Nr. 3 AufenthV"),
  "D-CARD-C": plain("§ 45c Abs. 1 Nr. 4 AufenthV"),
  "D-FIKT": plain("§ 81 Abs. 5 AufenthG"),
  "D-VE": plain("§ 68 AufenthG"),
  "D-AE": plain("§ 48 Abs. 2 AufenthG"),
  "EU-CARD": plain("§ 5 Abs. 1 FreizügG/EU"),
  "EU-CARD3a": plain("§ 3a FreizügG/EU"),
  "EU-PERM": plain("§ 5 Abs. 5 FreizügG/EU"),
  "EU-GB": plain("§ 16 FreizügG/EU"),
  "G-DULD": plain("§ 60a AufenthG"),
  "G-GEST": plain("§ 63 AsylG"),
};

/** The norm that the application probably rests on. A service without a row, or facts that fit none, give no basis. */
export function legalBasisFor(situation: Situation, law: Law, today: IsoDate): LegalBasis {
  return bases[situation.service]?.(situation, law, today) ?? unclear(undefined);
}
