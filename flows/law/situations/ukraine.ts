import type { PartialDate } from "#flows/engine/dates.ts";
import type { TitleKind } from "#flows/law/situation.ts";

/**
 * What people of other nationalities had in Ukraine on 24.02.2022: protection, family, an unlimited or a limited permit
 * (domain 3.1: U2 to U5).
 */
export const ukraineRights = ["protection", "family", "unlimited", "limited", "nothing"] as const;
export type UkraineRight = (typeof ukraineRights)[number];

/** Protection, titles and times in other states, and an application for asylum here (domain 3.1: X). */
export const otherProtections = ["none", "granted", "applied", "title", "lived", "asylum"] as const;

/** Flight from Ukraine as far as temporary protection asks for it (§ 24 AufenthG). Missing = not known yet. */
export type UkraineSituation = {
  right?: UkraineRight;
  /** Is registered as a refugee already (FREE, PIK). */
  isRegistered?: boolean;
  /** Has or had protection, a title or a home in another state. */
  isTiedElsewhere?: boolean;
  /** Holds a German title for another purpose. */
  holdsOtherTitle?: boolean;
  leftOn?: PartialDate;
  /** A minor who is here with a relative without custody. */
  isWithRelative?: boolean;
  /** False unless the authority asks about military duties and the person is a man. */
  isMilitaryAsked?: boolean;
};

/** True for Ukrainian nationals. */
export function isUkrainian(nationalities: readonly string[] | undefined): boolean {
  return nationalities?.includes("UKR") ?? false;
}

/** True if people with this right in Ukraine get no title by § 24 AufenthG in practice (domain 3.1: U5). */
export function isWithoutProtectionRight(right: UkraineRight | undefined): boolean {
  return right === "limited" || right === "nothing";
}

const permits: readonly TitleKind[] = ["nationalVisa", "residencePermit", "blueCard", "ictCard"];

/** True for German titles that may be one by § 24 AufenthG, or one that protection would replace. */
export function isPermit(kind: TitleKind | undefined): boolean {
  return kind !== undefined && permits.includes(kind);
}
