import type { IsoDate, PartialDate } from "#flows/engine/dates.ts";

/** What the Federal Office granted (§ 25 Abs. 1, 2 AufenthG). */
export const protectionKinds = ["asylum", "refugee", "subsidiary"] as const;

/** By which rule a person was admitted (§§ 22, 23, 23a AufenthG). */
export const admissionKinds = [
  "individualAdmission",
  "stateOrder",
  "federalAdmission",
  "resettlement",
  "hardshipCommission",
] as const;

/** Reasons to stay by the paragraphs of § 25 Abs. 4, 4a, 4b, 5 AufenthG. */
export const stayGrounds = ["temporary", "exceptionalHardship", "victim", "exploited", "cannotLeave"] as const;

/** School of a young person (§ 25a Abs. 1 AufenthG). */
export const schoolStates = ["pupil", "graduate", "neither"] as const;

/** Protection and humanitarian reasons as far as the law asks for them. Missing = not known yet. */
export type ProtectionSituation = {
  kind?: (typeof protectionKinds)[number];
  /** The decision can no longer be challenged. */
  isDecisionFinal?: boolean;
  admission?: (typeof admissionKinds)[number];
  ground?: (typeof stayGrounds)[number];
  hasPassport?: boolean;
  /** In Germany without a break since. */
  stayingSince?: IsoDate;
  toleratedSince?: IsoDate;
  school?: (typeof schoolStates)[number];
  schoolSince?: PartialDate;
  /** Lives with an unmarried child under 18 (§ 25b Abs. 1 S. 2 Nr. 1 AufenthG). */
  hasMinorChild?: boolean;
  /** Knows German at level A2 at least. */
  speaksA2?: boolean;
  livesFromWork?: boolean;
};
