import type { IsoDate, PartialDate } from "#flows/engine/dates.ts";
import { ageBand, type AgeBand } from "#flows/law/age.ts";
import { foundIf, likely, unclear, unlessFound, type LegalBasis, type Rule } from "#flows/law/basis/rule.ts";
import { isShorterThan } from "#flows/law/duration.ts";
import type { FindingCode } from "#flows/law/findings.ts";
import { lawDay, lawValue, type Law } from "#flows/law/law.ts";
import type { Situation } from "#flows/law/situation.ts";
import { isSkilledTitle, mayComeAlone, type ReferenceTitle } from "#flows/law/situations/family.ts";

/** Where an age lies against a limit of the law. */
function bandOf(birth: PartialDate | undefined, law: Law, today: IsoDate, row = "age.majority"): AgeBand {
  const limit = lawValue(law, row);
  return limit === undefined ? "open" : ageBand(birth, today, limit);
}

const isTitle = (title: ReferenceTitle | undefined) =>
  title === undefined ? undefined : title !== "noTitle" && title !== "visa";

/** True while nobody may join people under subsidiary protection (§ 104 Abs. 14 AufenthG). */
const isReunionSuspended = (law: Law): boolean => lawDay(law, "date.familyReunionSuspended") !== undefined;

/** What speaks against joining a family member with this title (§ 29 Abs. 1, 3, § 104 Abs. 14 AufenthG). */
function foundInTitle({ family = {}, request }: Situation, law: Law, today: IsoDate): readonly FindingCode[] {
  const { referenceTitle: title, referenceTitleUntil: until } = family;
  const isMissing = isTitle(title) === false || (until !== undefined && until < today);
  const isFirst = request !== "extension";
  return [
    ...foundIf(isMissing, "referenceTitleMissing"),
    ...foundIf(title === "subsidiary" && isFirst && isReunionSuspended(law), "familyReunionSuspended"),
    ...foundIf(title === "otherProtection" && isFirst, "reunionRestricted"),
  ];
}

/** Something to know, nothing that speaks against it: the three months after a recognition (§ 29 Abs. 2 AufenthG). */
function toKnow({ family, request }: Situation): readonly FindingCode[] {
  return foundIf(family?.referenceTitle === "refugee" && request !== "extension", "refugeeFamily");
}

const withNews = (found: LegalBasis, news: readonly FindingCode[]): LegalBasis => ({
  ...found,
  findings: [...found.findings, ...news],
});

/** Husband or wife of a foreigner (§§ 29, 30 AufenthG). */
export const foreignersSpouse: Rule = (situation, law, today) => {
  const { family = {}, request, birth } = situation;
  const isTooYoung = [birth, family.referenceBirth].some((one) => bandOf(one, law, today) === "below");
  const lacksLanguage =
    request !== "extension" &&
    family.speaksGerman === false &&
    !family.languageException &&
    !isSkilledTitle(family.referenceTitle);
  const found = unlessFound(
    "§ 30 Abs. 1 AufenthG",
    ...foundInTitle(situation, law, today),
    ...foundIf(family.separated, "livingApart"),
    ...foundIf(isTooYoung, "spousesAge"),
    ...foundIf(lacksLanguage, "languageMissing"),
  );
  return withNews(found, toKnow(situation));
};

/** An own right after the shared life has ended (§ 31 Abs. 1, 2 AufenthG). */
export const ownRight: Rule = ({ family = {} }, law) => {
  if (family.ownRightCause === undefined) return unclear("§ 31 AufenthG");
  if (family.ownRightCause === "death") return likely("§ 31 Abs. 1 Satz 1 Nr. 2 AufenthG");
  const basis = "§ 31 Abs. 1 Satz 1 Nr. 1 AufenthG";
  const isShort = isShorterThan(family.sharedFrom, family.sharedUntil, law, "period.sharedLife");
  if (isShort === undefined) return unclear(basis);
  if (!isShort) return likely(basis);
  return family.hardship ? unclear("§ 31 Abs. 2 AufenthG", "hardshipExamined") : unclear(basis, "sharedLifeShort");
};

/** A child who joins its parents (§ 32 AufenthG). */
export const joiningChild: Rule = (situation, law, today) => {
  const { family = {}, request, birth } = situation;
  const isFirst = request !== "extension";
  const isAlone =
    isFirst &&
    family.movedTogether === false &&
    !mayComeAlone(family.referenceTitle) &&
    bandOf(birth, law, today, "age.childJoining") !== "below";
  const needsConsent = family.custody === "bothParents" && family.otherParentAbroad === true;
  const basis = {
    bothParents: needsConsent ? "§ 32 Abs. 3 AufenthG" : "§ 32 Abs. 1 AufenthG",
    oneParent: "§ 32 Abs. 1 AufenthG",
    otherPerson: "§ 32 Abs. 4 AufenthG",
  }[family.custody ?? "oneParent"];
  const found = unlessFound(
    basis,
    ...foundInTitle(situation, law, today),
    ...foundIf(isFirst && bandOf(birth, law, today) === "reached", "childNotMinor"),
    ...foundIf(needsConsent, "otherParentConsent"),
    ...foundIf(family.custody === "otherPerson", "hardshipExamined"),
    ...foundIf(isAlone, "olderChild"),
  );
  return withNews(found, toKnow(situation));
};

/** A child born here; the authority acts by itself if both parents or the only custodian hold a title (§ 33 AufenthG). */
export const newborn: Rule = ({ family = {} }) => {
  const held = isTitle(family.referenceTitle);
  const isByOffice =
    held === true &&
    (family.custody === "oneParent" || (family.custody === "bothParents" && family.otherParentHasTitle === true));
  return unlessFound(
    isByOffice ? "§ 33 Satz 2 AufenthG" : "§ 33 Satz 1 AufenthG",
    ...foundIf(held === false && family.otherParentHasTitle !== true, "referenceTitleMissing"),
    ...foundIf(family.bornInGermany === false, "notBornHere"),
  );
};

/** Extension of a child's title; from 18 on it is a right of its own (§ 34 AufenthG). */
export const childExtension: Rule = (situation, law, today) => {
  const isOfAge = bandOf(situation.birth, law, today) === "reached";
  if (isOfAge) return likely("§ 34 Abs. 2 AufenthG");
  return unlessFound("§ 34 Abs. 1 AufenthG", ...foundInTitle(situation, law, today));
};

/** Parents and other relatives (§ 36 AufenthG), family of people under subsidiary protection (§ 36a AufenthG). */
export const otherRelatives: Rule = (situation, law, today) => {
  const { family = {}, request } = situation;
  const isFirst = request !== "extension";
  if (family.isSubsidiaryFamily) {
    return unlessFound(
      "§ 36a Abs. 1 AufenthG",
      ...foundIf(isFirst && isReunionSuspended(law), "familyReunionSuspended"),
    );
  }
  const title = foundInTitle(situation, law, today);
  switch (family.otherKinship) {
    case "parentOfMinor": {
      const isOfAge = isFirst && bandOf(family.referenceBirth, law, today) === "reached";
      return unlessFound("§ 36 Abs. 1 AufenthG", ...title, ...foundIf(isOfAge, "childNotMinor"));
    }
    case "parentOfWorker":
    case "parentInLawOfWorker": {
      const start = law["period.parentsOfWorkers"]?.validFrom;
      const { firstSkilledTitleOn: first } = family;
      const isEarlier = start !== undefined && first !== undefined && first < start;
      return unlessFound("§ 36 Abs. 3 AufenthG", ...title, ...foundIf(isEarlier, "skilledTitleEarlier"));
    }
    case "otherKin":
      return unlessFound("§ 36 Abs. 2 AufenthG", ...title, "hardshipExamined");
    default:
      return unclear("§ 36 AufenthG", ...title);
  }
};
