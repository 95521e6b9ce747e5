import type { IsoDate } from "#flows/engine/dates.ts";
import type { LanguageLevel } from "#flows/law/languageLevel.ts";

/** Ways to the recognition of a foreign qualification; each has its own paragraph (§ 16d Abs. 1, 3, 4, 5, 6 AufenthG). */
export const recognitionPaths = ["measure", "partnership", "agreement", "exam", "analysis"] as const;

/** True for the ways that begin with a job: partnership and agreement of the employment agency. */
export function isWorkPath(path: (typeof recognitionPaths)[number]): boolean {
  return path === "partnership" || path === "agreement";
}

/** Studies and training as far as the law asks for them. Missing = not known yet. */
export type TrainingSituation = {
  /** Vocational training in a company or at a school (§ 16a Abs. 1, 2 AufenthG). */
  place?: "company" | "school";
  /** The contract is registered, or its registration is asked for. */
  isRegistered?: boolean;
  /** Gross pay of the training a month in cents. */
  monthlyPayCents?: number;
  germanLevel?: LanguageLevel;
  /** School or company tested the German, or a preparatory course is planned (§ 16a Abs. 3 AufenthG). */
  isGermanChecked?: boolean;
  path?: (typeof recognitionPaths)[number];
  /** A notice says what the qualification lacks. */
  hasDeficitNotice?: boolean;
  start?: IsoDate;
  end?: IsoDate;
  stay?: "languageCourse" | "exchange" | "school";
  courseHours?: number;
  grade?: number;
  seeking?: "training" | "study";
  /** School-leaving certificate that opens a university. */
  hasUniversityAccess?: boolean;
};
