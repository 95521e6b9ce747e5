import { addMonths, earliest, type IsoDate } from "#flows/engine/dates.ts";
import { ageBand } from "#flows/law/age.ts";
import { unclear, unlessFound, type Rule } from "#flows/law/basis/rule.ts";
import { isShorterThan } from "#flows/law/duration.ts";
import type { FindingCode } from "#flows/law/findings.ts";
import { reaches } from "#flows/law/languageLevel.ts";
import { lawValue, type Law } from "#flows/law/law.ts";
import type { Situation } from "#flows/law/situation.ts";
import { isRefugee } from "#flows/law/situations/permanent.ts";

/** What a permanent title asks of a person; rows of the law by id. */
type Requirement = {
  /** Time with the titles that count. */
  period?: string;
  pension?: string;
  level?: "a1" | "a2" | "b1";
  /** Basic knowledge of law and life in Germany. */
  life?: true;
};

const lacksLevel = { a1: "germanBelowA1", a2: "germanBelowA2", b1: "germanBelowB1" } as const;

/** More than this would only frighten: the weightiest come first. */
const MOST = 5;

/** What speaks against a permanent title; what the person did not say yet is no finding. */
function gaps(situation: Situation, asked: Requirement, law: Law, today: IsoDate): FindingCode[] {
  const { permanent = {}, onBenefits } = situation;
  const { since, pensionMonths, germanLevel } = permanent;
  const months = asked.pension === undefined ? undefined : lawValue(law, asked.pension);
  const isEarly = asked.period !== undefined && isShorterThan(since, today, law, asked.period) === true;
  const lacksPension =
    pensionMonths !== undefined && months !== undefined && pensionMonths < months && !permanent.spouseHasPension;
  const found: FindingCode[] = [
    ...(permanent.isExcluded ? (["titleWithoutSettlement"] as const) : []),
    ...(isEarly ? (["timeNotReached"] as const) : []),
    ...(permanent.wasAway ? (["longAbsence"] as const) : []),
    ...(lacksPension ? (["pensionMonthsLow"] as const) : []),
    ...(onBenefits ? (["incomeOpen"] as const) : []),
    ...(asked.level && reaches(germanLevel, asked.level) === false ? [lacksLevel[asked.level]] : []),
    ...(asked.life && permanent.knowsLife === false ? (["lifeTestMissing"] as const) : []),
  ];
  return found.slice(0, MOST);
}

/** A permanent title with requirements that depend on nothing. */
const permanentTitle =
  (basis: string, asked: Requirement): Rule =>
  (situation, law, today) =>
    unlessFound(basis, ...gaps(situation, asked, law, today));

/** Husband or wife of a holder of § 18c: a shared life, and work of some hours a week (§ 9 Abs. 3a AufenthG). */
const settledSpouse: Rule = (situation, law, today) => {
  const asked = { period: "period.settlementSpouse", level: "b1", life: true } as const;
  const [hours, wanted] = [situation.permanent?.weeklyHours, lawValue(law, "hours.settlementSpouse")];
  const found: FindingCode[] = [
    ...(situation.family?.separated ? (["livingApart"] as const) : []),
    ...(hours !== undefined && wanted !== undefined && hours < wanted ? (["hoursLow"] as const) : []),
    ...gaps(situation, asked, law, today),
  ];
  return unlessFound("§ 9 Abs. 3a AufenthG", ...found.slice(0, MOST));
};

/** Skilled workers; a degree or training from Germany shortens the time (§ 18c Abs. 1 AufenthG). */
const skilledWorker: Rule = (situation, law, today) => {
  const row = situation.permanent?.hasGermanDegree ? "settlementGermanDegree" : "settlementSkilled";
  const asked = { period: `period.${row}`, pension: `pension.${row}`, level: "b1", life: true } as const;
  return unlessFound("§ 18c Abs. 1 AufenthG", ...gaps(situation, asked, law, today));
};

/** Holders of a Blue Card; German at B1 shortens the time (§ 18c Abs. 2 AufenthG). */
const blueCard: Rule = (situation, law, today) => {
  const isB1 = reaches(situation.permanent?.germanLevel, "b1") === true;
  const row = isB1 ? "settlementBlueCardB1" : "settlementBlueCard";
  const asked = { period: `period.${row}`, pension: `pension.${row}`, level: "a1", life: true } as const;
  return unlessFound("§ 18c Abs. 2 AufenthG", ...gaps(situation, asked, law, today));
};

/** Refugees after three years with C1 or five with A2; the others as § 9 AufenthG says (§ 26 Abs. 3, 4 AufenthG). */
const protection: Rule = (situation, law, today) => {
  const { protection: kind, since, germanLevel } = situation.permanent ?? {};
  if (kind === undefined) return unclear("§ 26 Abs. 3 oder 4 AufenthG");
  if (!isRefugee(kind)) {
    const asked = {
      period: "period.settlementProtection",
      pension: "pension.settlementProtection",
      level: "b1",
      life: true,
    } as const;
    return unlessFound("§ 26 Abs. 4 AufenthG", ...gaps(situation, asked, law, today));
  }
  const isEarly =
    isShorterThan(since, today, law, "period.settlementRefugee") === true && reaches(germanLevel, "c1") === true;
  const asked = {
    period: isEarly ? "period.settlementRefugeeEarly" : "period.settlementRefugee",
    level: "a2",
    life: true,
  } as const;
  const sentence = isEarly ? "Satz 3" : "Satz 1";
  return unlessFound(`§ 26 Abs. 3 ${sentence} AufenthG`, ...gaps(situation, asked, law, today));
};

/** Family of Germans after three years of a shared life (§ 28 Abs. 2 AufenthG). */
const germanFamily: Rule = (situation, law, today) => {
  const asked = { period: "period.settlementGermanFamily", level: "b1" } as const;
  const found: FindingCode[] = [
    ...(situation.family?.isReferenceGerman === false ? (["referenceNotGerman"] as const) : []),
    ...(situation.family?.separated ? (["livingApart"] as const) : []),
    ...gaps(situation, asked, law, today),
  ];
  return unlessFound("§ 28 Abs. 2 AufenthG", ...found.slice(0, MOST));
};

/** Minors with five years at the 16th birthday, and adults with five years and German at B1 (§ 35 Abs. 1 AufenthG). */
const child: Rule = (situation, law, today) => {
  const { birth, permanent } = situation;
  const [majority, limit] = [lawValue(law, "age.majority"), lawValue(law, "age.settlementChild")];
  const band = majority === undefined ? "open" : ageBand(birth, today, majority);
  if (band === "open" || birth === undefined || limit === undefined) return unclear("§ 35 Abs. 1 AufenthG");
  if (band === "reached") {
    const asked = { period: "period.settlementChild", level: "b1" } as const;
    return unlessFound("§ 35 Abs. 1 Satz 2 AufenthG", ...gaps(situation, asked, law, today));
  }
  const birthday = addMonths(earliest(birth), limit * 12);
  const isEarly = birthday > today || isShorterThan(permanent?.since, birthday, law, "period.settlementChild") === true;
  const found: FindingCode[] = [...(isEarly ? (["timeNotReached"] as const) : []), ...gaps(situation, {}, law, today)];
  return unlessFound("§ 35 Abs. 1 Satz 1 AufenthG", ...found);
};

/** Suggested norms of permanent titles (domain 1.8). */
export const permanentBases: Readonly<Record<string, Rule>> = {
  "N-9": permanentTitle("§ 9 Abs. 2 AufenthG", {
    period: "period.settlement",
    pension: "pension.settlement",
    level: "b1",
    life: true,
  }),
  "N-9-3a": settledSpouse,
  "N-9a": permanentTitle("§ 9a Abs. 2 AufenthG", {
    period: "period.longTermEu",
    pension: "pension.longTermEu",
    level: "b1",
    life: true,
  }),
  "N-18c1": skilledWorker,
  "N-18c2": blueCard,
  "N-18c3": permanentTitle("§ 18c Abs. 3 AufenthG", {}),
  "N-21-4": permanentTitle("§ 21 Abs. 4 AufenthG", { period: "period.settlementSelfEmployed" }),
  "N-26": protection,
  "N-28": germanFamily,
  "N-35": child,
};
