import { addDays, addMonths } from "#flows/engine/dates.ts";
import { blueCard } from "#flows/law/basis/blueCard.ts";
import { experiencedWorker } from "#flows/law/basis/experienced.ts";
import { fastTrack } from "#flows/law/basis/fastTrack.ts";
import { listedJob } from "#flows/law/basis/listedJob.ts";
import { opportunityCard } from "#flows/law/basis/opportunityCard.ts";
import { foundIf, likely, unclear, unlessFound, type Rule } from "#flows/law/basis/rule.ts";
import { selfEmployed } from "#flows/law/basis/selfEmployed.ts";
import { toleratedWorker } from "#flows/law/basis/tolerated.ts";
import type { FindingCode } from "#flows/law/findings.ts";
import { lawValue } from "#flows/law/law.ts";
import { needsPensionProof } from "#flows/law/pension.ts";
import { searchExits } from "#flows/law/situations/work.ts";

/** Skilled workers whose first title comes at 45 or later need a salary or a pension (§ 18 Abs. 2 Nr. 5 AufenthG). */
const skilledWorker =
  (basis: string): Rule =>
  (situation, law, today) => {
    const { degree, regulatedProfession } = situation.work ?? {};
    const licence: FindingCode[] = regulatedProfession ? ["licenceNeeded"] : [];
    const pension: FindingCode[] = needsPensionProof(situation, law, today) ? ["pensionProof"] : [];
    if (degree === "none") return unclear(undefined, "qualificationMissing", ...pension, ...licence);
    if (degree === "foreignUnclear") return unclear(basis, "degreeUnclear", ...pension, ...licence);
    return likely(basis, ...pension, ...licence);
  };

/** Researchers with a hosting agreement, whose institution answers for costs (§ 18d Abs. 1 Nr. 2, Abs. 2 AufenthG). */
const researcher: Rule = ({ work }) =>
  unlessFound(
    "§ 18d Abs. 1 AufenthG",
    ...foundIf(work?.costsCovered === false, "researchCosts"),
    ...foundIf(work?.regulatedProfession, "licenceNeeded"),
  );

/** The European voluntary service lasts a year at most (§ 19e AufenthG). */
const voluntaryService: Rule = ({ work }, law) => {
  const months = lawValue(law, "period.voluntaryService");
  const { start, end } = work ?? {};
  const isKnown = months !== undefined && start !== undefined && end !== undefined;
  const isLong = isKnown && end > addDays(addMonths(start, months), -1);
  return unlessFound("§ 19e Abs. 1 AufenthG", ...foundIf(isLong, "voluntaryTooLong"));
};

/** The search for work ends after a fixed time and is not extended beyond it (§ 20 AufenthG). */
const jobSearch: Rule = ({ searchAfter }) => {
  if (searchAfter === undefined) return unclear("§ 20 Abs. 1 AufenthG", "searchLimited");
  return likely(`§ 20 Abs. 1 Nr. ${searchExits.indexOf(searchAfter) + 1} AufenthG`, "searchLimited");
};

/** Suggested norms of titles for work (AufenthG chapter 2 section 4). */
export const workBases: Readonly<Record<string, Rule>> = {
  "W-18a": skilledWorker("§ 18a AufenthG"),
  "W-18b": skilledWorker("§ 18b AufenthG"),
  "W-18d": researcher,
  "W-18g": blueCard,
  "W-19c1": listedJob,
  "W-19c2": experiencedWorker,
  "W-19d": toleratedWorker,
  "W-19e": voluntaryService,
  "W-20": jobSearch,
  "W-20a": opportunityCard,
  "W-21": selfEmployed,
  "W-FAST": fastTrack,
};
