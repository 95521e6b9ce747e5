import { foundIf, unlessFound, type Rule } from "#flows/law/basis/rule.ts";
import { reaches } from "#flows/law/languageLevel.ts";
import { lawValue, type Law } from "#flows/law/law.ts";
import { pointsOf } from "#flows/law/points.ts";
import type { FindingCode } from "#flows/law/findings.ts";
import type { Situation, TitleKind } from "#flows/law/situation.ts";
import type { WorkSituation } from "#flows/law/situations/work.ts";

/** Titles that may belong to sections 3 and 4 of the chapter; which, the person says. */
const openTitles: readonly TitleKind[] = ["nationalVisa", "residencePermit", "fiktion"];
/** Titles that always do. */
const workTitles: readonly TitleKind[] = ["blueCard", "ictCard"];

/** True if the present title opens no application here (§ 20a Abs. 4 S. 2 AufenthG); an extension has such a title. */
function mustApplyAbroad({ request, title, work }: Situation): boolean {
  if (request === "extension" || workTitles.includes(title.kind)) return false;
  return openTitles.includes(title.kind) ? work?.opportunity?.fittingTitle === false : true;
}

/** Means of the search: monthly ones, and savings over the year that the card lasts (§ 20a Abs. 4 S. 1 AufenthG). */
function isMeansLow({ means }: Situation, law: Law): boolean {
  const need = lawValue(law, "living.chanceCard");
  return means !== undefined && need !== undefined && means.monthlyCents + means.savingsCents / 12 < need;
}

/** German A1 or English B2 (§ 20a Abs. 4 S. 3 Nr. 2 AufenthG). */
function lacksLanguage({ german, opportunity }: WorkSituation): boolean {
  return reaches(german, "a1") === false && reaches(opportunity?.english, "b2") === false;
}

/** What is counted for those who are no skilled workers (§ 20a Abs. 4 S. 3, § 20b AufenthG). */
function pointFindings(situation: Situation, law: Law, today: string): readonly FindingCode[] {
  const { work = {} } = situation;
  const minimum = lawValue(law, "points.minimum");
  const points = minimum === undefined ? undefined : pointsOf(situation, law, today);
  const isFew = points !== undefined && minimum !== undefined && points.most < minimum;
  const isOpen = points !== undefined && minimum !== undefined && !isFew && points.sum < minimum;
  // Whoever has points for a partial recognition needs no qualification besides (§ 20b Abs. 1 S. 2 AufenthG).
  const lacksQualification = work.homeQualification === "none" && work.opportunity?.partialRecognition === false;
  return [
    ...foundIf(isFew, "pointsTooFew"),
    ...foundIf(isOpen, "pointsOpen"),
    ...foundIf(lacksQualification, "homeQualificationMissing"),
    ...foundIf(lacksLanguage(work), "pointsLanguage"),
  ];
}

/** The opportunity card to search with as a skilled worker or by points, or the one that follows it. */
export const opportunityCard: Rule = (situation, law, today) => {
  const { card, skilled } = situation.work?.opportunity ?? {};
  const abroad = foundIf(mustApplyAbroad(situation), "opportunityFromAbroad");
  if (card === "followUp") return unlessFound("§ 20a Abs. 5 Satz 2 AufenthG", ...abroad);
  const means = [
    ...foundIf(isMeansLow(situation, law), "opportunityMeansLow"),
    ...foundIf(situation.request === "extension" && card === "search", "searchCardLimited"),
  ];
  if (skilled === undefined) return unlessFound("§ 20a AufenthG", ...abroad, ...means);
  if (skilled !== "none") return unlessFound("§ 20a Abs. 3 Nr. 1 AufenthG", ...abroad, ...means);
  return unlessFound("§ 20a Abs. 3 Nr. 2 AufenthG", ...pointFindings(situation, law, today), ...abroad, ...means);
};
