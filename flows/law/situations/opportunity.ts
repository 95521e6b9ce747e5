import type { LanguageLevel } from "#flows/law/languageLevel.ts";

/** What §§ 20a, 20b AufenthG look at besides age, occupation and qualification. Missing = not known yet. */
export type OpportunitySituation = {
  /** The card to search with, or the one that follows it with an offer of work (§ 20a Abs. 5). */
  card?: "search" | "followUp";
  /** Qualification from Germany or recognised here; with `none` the points count. */
  skilled?: "german" | "recognised" | "none";
  /** The present title belongs to studies, training or work (§ 20a Abs. 4 S. 2). */
  fittingTitle?: boolean;
  partialRecognition?: boolean;
  yearsOfSeven?: number;
  english?: LanguageLevel;
  /** Lived here lawfully for half a year in the last five years. */
  earlierStay?: boolean;
  partnerApplies?: boolean;
};
