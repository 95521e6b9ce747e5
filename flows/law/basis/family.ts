import type { PartialDate } from "#flows/engine/dates.ts";
import { ageBand } from "#flows/law/age.ts";
import {
  childExtension,
  foreignersSpouse,
  joiningChild,
  newborn,
  otherRelatives,
  ownRight,
} from "#flows/law/basis/foreignersFamily.ts";
import { likely, unclear, type Rule } from "#flows/law/basis/rule.ts";
import type { FindingCode } from "#flows/law/findings.ts";
import { lawValue } from "#flows/law/law.ts";

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

/** Suggested norms of titles for family reasons (AufenthG chapter 2 section 6). */
export const familyBases: Readonly<Record<string, Rule>> = {
  "FAM-28": germanFamily,
  "FAM-30": foreignersSpouse,
  "FAM-31": ownRight,
  "FAM-32": joiningChild,
  "FAM-33": newborn,
  "FAM-34": childExtension,
  "FAM-36": otherRelatives,
};
