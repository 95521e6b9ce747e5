import type { IsoDate, PartialDate } from "#flows/engine/dates.ts";

/** What the applicant is to the family member in Germany (§ 28 Abs. 1 AufenthG). */
export const kinships = ["spouse", "child", "parent"] as const;

/** What a family member from abroad may hold, as far as §§ 29, 30, 32, 36 AufenthG make a difference. */
export const referenceTitles = [
  "settlement",
  "blueCard",
  "skilledWork",
  "refugee",
  "subsidiary",
  "otherProtection",
  "otherPermit",
  "visa",
  "noTitle",
] as const;
export type ReferenceTitle = (typeof referenceTitles)[number];

/** Which of the rules for other relatives is meant (§ 36 AufenthG). */
export const otherKinships = ["parentOfMinor", "parentOfWorker", "parentInLawOfWorker", "otherKin"] as const;

/** Who has custody of a child. */
export const custodians = ["bothParents", "oneParent", "otherPerson"] as const;

/** Why the shared life ended (§ 31 Abs. 1 Satz 1 AufenthG). */
export const ownRightCauses = ["separation", "death"] as const;

/** The family of a German or of a foreigner, as far as the law asks for it. Missing = not known yet. */
export type FamilySituation = {
  relation?: (typeof kinships)[number];
  /** Birth of the family member whom the title depends on. */
  referenceBirth?: PartialDate;
  /** German is among the nationalities of that family member. */
  isReferenceGerman?: boolean;
  referenceTitle?: ReferenceTitle;
  referenceTitleUntil?: IsoDate;
  separated?: boolean;
  /** Knows German at level A1 at least. */
  speaksGerman?: boolean;
  /** One of the exceptions from A1 holds (§ 30 Abs. 1 S. 2, 3 AufenthG). */
  languageException?: boolean;
  ownRightCause?: (typeof ownRightCauses)[number];
  /** The shared life in Germany, from and until. */
  sharedFrom?: IsoDate;
  sharedUntil?: IsoDate;
  /** Special hardship is claimed (§ 31 Abs. 2 AufenthG). */
  hardship?: boolean;
  custody?: (typeof custodians)[number];
  /** Where the other parent of a child lives, and whether with a title. */
  otherParentAbroad?: boolean;
  otherParentHasTitle?: boolean;
  bornInGermany?: boolean;
  /** The child moved together with its parents (§ 32 Abs. 2 AufenthG). */
  movedTogether?: boolean;
  otherKinship?: (typeof otherKinships)[number];
  /** First title as a skilled worker of the family member (§ 36 Abs. 3 AufenthG). */
  firstSkilledTitleOn?: IsoDate;
  /** Family of a person under subsidiary protection (§ 36a AufenthG). */
  isSubsidiaryFamily?: boolean;
};

/** Titles whose holders' families need neither enough room nor German (§ 29 Abs. 5, § 30 Abs. 1 S. 3 Nr. 5 AufenthG). */
export function isSkilledTitle(title: ReferenceTitle | undefined): boolean {
  return title === "blueCard" || title === "skilledWork";
}

/** Titles whose holders' children of 16 and older may come without them (§ 32 Abs. 2 Satz 2 AufenthG). */
export function mayComeAlone(title: ReferenceTitle | undefined): boolean {
  return isSkilledTitle(title) || title === "refugee" || title === "subsidiary";
}

/** True if enough room is no condition: families of skilled workers, parents of protected minors (§§ 29, 36 AufenthG). */
export function isRoomWaived({ referenceTitle, otherKinship, isSubsidiaryFamily }: FamilySituation = {}): boolean {
  if (otherKinship !== undefined || isSubsidiaryFamily) return otherKinship === "parentOfMinor";
  return isSkilledTitle(referenceTitle);
}
