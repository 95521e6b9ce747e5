import { earliest } from "#flows/engine/dates.ts";
import { ageBand } from "#flows/law/age.ts";
import { foundIf, likely, unclear, unlessFound, type Rule } from "#flows/law/basis/rule.ts";
import { temporaryProtection } from "#flows/law/basis/ukraine.ts";
import { isShorterThan } from "#flows/law/duration.ts";
import { lawValue, type Law } from "#flows/law/law.ts";
import type { ProtectionSituation } from "#flows/law/situations/protection.ts";

const admissions: Readonly<Record<NonNullable<ProtectionSituation["admission"]>, string>> = {
  individualAdmission: "§ 22 AufenthG",
  stateOrder: "§ 23 Abs. 1 AufenthG",
  federalAdmission: "§ 23 Abs. 2 AufenthG",
  resettlement: "§ 23 Abs. 4 AufenthG",
  hardshipCommission: "§ 23a Abs. 1 AufenthG",
};

const admitted: Rule = ({ protection: { admission } = {} }) =>
  admission === undefined ? unclear("§§ 22, 23 und 23a AufenthG") : likely(admissions[admission]);

const grants: Readonly<Record<NonNullable<ProtectionSituation["kind"]>, string>> = {
  asylum: "§ 25 Abs. 1 AufenthG",
  refugee: "§ 25 Abs. 2 Satz 1 Alt. 1 AufenthG",
  subsidiary: "§ 25 Abs. 2 Satz 1 Alt. 2 AufenthG",
};

const isOpen = ({ isDecisionFinal }: ProtectionSituation) => isDecisionFinal === false;

const recognised: Rule = ({ protection = {} }) =>
  protection.kind === undefined
    ? unclear("§ 25 Abs. 1 oder 2 AufenthG")
    : unlessFound(grants[protection.kind], ...foundIf(isOpen(protection), "decisionOpen"));

const deportationBan: Rule = ({ protection = {} }) =>
  unlessFound("§ 25 Abs. 3 AufenthG", ...foundIf(isOpen(protection), "decisionOpen"));

const grounds: Readonly<Record<NonNullable<ProtectionSituation["ground"]>, string>> = {
  temporary: "§ 25 Abs. 4 Satz 1 AufenthG",
  exceptionalHardship: "§ 25 Abs. 4 Satz 2 AufenthG",
  victim: "§ 25 Abs. 4a AufenthG",
  exploited: "§ 25 Abs. 4b AufenthG",
  cannotLeave: "§ 25 Abs. 5 AufenthG",
};

const urgentStay: Rule = ({ protection: { ground } = {} }) =>
  ground === undefined ? unclear("§ 25 Abs. 4 bis 5 AufenthG") : likely(grounds[ground]);

/** True if neither three years of school nor a certificate is there (§ 25a Abs. 1 Satz 1 Nr. 2 AufenthG). */
function lacksSchool({ school, schoolSince }: ProtectionSituation, law: Law, today: string): boolean | undefined {
  if (school !== "pupil") return school === "neither";
  const since = schoolSince === undefined ? undefined : earliest(schoolSince);
  return isShorterThan(since, today, law, "period.youthSchool");
}

const integratedYouth: Rule = ({ protection = {}, birth }, law, today) => {
  const [from, limit] = [lawValue(law, "age.integratedYouthFrom"), lawValue(law, "age.integratedYouth")];
  const isTooYoung = from !== undefined && ageBand(birth, today, from) === "below";
  const isTooOld = limit !== undefined && ageBand(birth, today, limit) === "reached";
  const { stayingSince, toleratedSince } = protection;
  return unlessFound(
    "§ 25a Abs. 1 AufenthG",
    ...foundIf(isTooYoung || isTooOld, "youthAge"),
    ...foundIf(isShorterThan(stayingSince, today, law, "period.youthStay"), "stayTooShort"),
    ...foundIf(isShorterThan(toleratedSince, today, law, "period.youthToleration"), "tolerationTooShort"),
    ...foundIf(lacksSchool(protection, law, today), "schoolMissing"),
  );
};

const sustainedIntegration: Rule = ({ protection = {} }, law, today) => {
  const { stayingSince, hasMinorChild, speaksA2, livesFromWork } = protection;
  const years = hasMinorChild ? "period.integrationStayFamily" : "period.integrationStay";
  return unlessFound(
    "§ 25b Abs. 1 AufenthG",
    ...foundIf(isShorterThan(stayingSince, today, law, years), "stayTooShort"),
    ...foundIf(speaksA2 === false, "germanBelowA2"),
    ...foundIf(livesFromWork === false, "livelihoodNotFromWork"),
  );
};

/** Suggested norms of humanitarian titles (AufenthG chapter 2 section 5). */
export const protectionBases: Readonly<Record<string, Rule>> = {
  "H-22": admitted,
  "H-24": temporaryProtection,
  "H-25-12": recognised,
  "H-25-3": deportationBan,
  "H-25-45": urgentStay,
  "H-25a": integratedYouth,
  "H-25b": sustainedIntegration,
};
