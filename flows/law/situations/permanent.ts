import type { IsoDate } from "#flows/engine/dates.ts";
import type { LanguageLevel } from "#flows/law/languageLevel.ts";
import type { protectionStatuses } from "#flows/law/situations/other.ts";

type ProtectionStatus = (typeof protectionStatuses)[number];

/** True for those whom § 26 Abs. 3 AufenthG speaks of: persons entitled to asylum, refugees, resettlement. */
export function isRefugee(status: ProtectionStatus): boolean {
  return status === "asylum" || status === "refugee" || status === "resettlement";
}

/** The requirements of permanent titles as far as the law asks for them. Missing = not known yet. */
export type PermanentSituation = {
  /** Day since when the titles that count have been held without a gap; an asylum procedure may count before it. */
  since?: IsoDate;
  /** Abroad for more than six months at a time. */
  wasAway?: boolean;
  /** The present title does not lead to this one (§§ 9, 9a, 16a, 16b, 16f, 20a AufenthG). */
  isExcluded?: boolean;
  pensionMonths?: number;
  /** The spouse has the pension months (§ 9 Abs. 3 AufenthG). */
  spouseHasPension?: boolean;
  germanLevel?: LanguageLevel;
  /** Basic knowledge of law and life in Germany (§ 9 Abs. 2 S. 1 Nr. 8 AufenthG). */
  knowsLife?: boolean;
  /** Lives on a job, at least in part. */
  livesOnJob?: boolean;
  /** Lives on an own business, at least in part. */
  livesOnBusiness?: boolean;
  weeklyHours?: number;
  /** Degree or vocational training from Germany (§ 18c Abs. 1 S. 2 AufenthG). */
  hasGermanDegree?: boolean;
  /** What a title of section 5 rests on (§ 26 Abs. 3, 4 AufenthG). */
  protection?: ProtectionStatus;
};
