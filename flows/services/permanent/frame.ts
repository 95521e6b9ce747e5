import type { Answers, Facts } from "#flows/engine/facts.ts";
import type { Situation } from "#flows/law/situation.ts";
import type { PermanentSituation } from "#flows/law/situations/permanent.ts";
import { known } from "#flows/services/shared/known.ts";
import {
  closing,
  closingArrows,
  frameGuards,
  papers,
  papersArrows,
  person,
  personArrows,
  reach,
  reachArrows,
  toClosing,
} from "#flows/services/shared/frame.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { absences } from "#flows/steps/absences.ts";
import { healthInsurance } from "#flows/steps/living.ts";
import { currentJob, isOnBenefits, ownIncome } from "#flows/steps/means.ts";
import { germanAndLife, pensionMonths, permitSince, spousePension } from "#flows/steps/permanent.ts";
import { housing } from "#flows/steps/reference.ts";

/** First pages of every permanent title: person, papers, address; of the stay only absences count (domain 2.8). */
export const permanentOpening = { ...person, ...papers, ...reach, absences } as const;

/** Last pages of every permanent title: home, insurance, income. */
export const permanentClosing = { housing, healthInsurance, ownIncome, currentJob, ...closing } as const;

type PermanentAnswers = TriageAnswers &
  Answers<typeof permanentOpening & typeof permanentClosing> &
  Answers<{
    permitSince: typeof permitSince;
    germanAndLife: typeof germanAndLife;
    pensionMonths: typeof pensionMonths;
    spousePension: typeof spousePension;
  }>;

/** Guards on the arrows of these pages. */
export const permanentGuards = {
  ...frameGuards,
  earnsFromJob: ({ answers }: Facts<PermanentAnswers>) => answers.incomeSources?.includes("job") ?? false,
};

/** Arrows from the first page to `since`, the page that says since when a title is held, and from absences to `exit`. */
export function permanentOpeningArrows<const Since extends string, const Exit extends string>(
  since: Since,
  exit: Exit,
) {
  return {
    ...personArrows("passport"),
    ...papersArrows("address"),
    ...reachArrows(since),
    absences: exit,
  } as const;
}

/** Arrows from insurance to the end; the page on the home leads where the service says. */
export const permanentClosingArrows = {
  healthInsurance: "ownIncome",
  ownIncome: [{ guard: "earnsFromJob", target: "currentJob" }, ...toClosing],
  currentJob: toClosing,
  ...closingArrows,
} as const;

/** Titles that no permanent title follows (domain 1.8), as the card names their paragraph. */
const withoutSettlement = ["16a", "16b", "16f", "20a"];
/** Titles that long-term residence in the EU does not follow besides (§ 9a Abs. 3 AufenthG). */
const withoutLongTerm = ["22", "23a", "24", "25a", "25b"];

/** True if the paragraph on the present card is one of those that lead nowhere; `undefined` if none is given. */
function isExcluded(service: string, legalBasisText: string | undefined): boolean | undefined {
  const paragraph = legalBasisText === undefined ? undefined : /§\s*(\d+[a-z]?)/.exec(legalBasisText)?.[1];
  if (paragraph === undefined) return undefined;
  const excluded = service === "N-9a" ? [...withoutSettlement, ...withoutLongTerm] : withoutSettlement;
  return excluded.includes(paragraph);
}

/** The hours of the job; whoever lives on neither job nor own business works none. */
function hoursOf({ incomeSources, currentWeeklyHours }: PermanentAnswers): number | undefined {
  const works = incomeSources?.some((source) => source === "job" || source === "selfEmployment");
  return works === false ? 0 : currentWeeklyHours;
}

type Facet = { [Key in keyof PermanentSituation]: PermanentSituation[Key] | undefined };

/** The facts of a permanent title, with what the service knows besides; what is not answered yet stays out. */
export function permanentSituation(
  service: string,
  answers: PermanentAnswers,
  own: Facet = {},
  more: Partial<Situation> = {},
): Situation {
  const { incomeSources, lifeInGermany } = answers;
  const facts: Facet = {
    since: answers.permitSince,
    wasAway: answers.absences && answers.absences.length > 0,
    isExcluded: isExcluded(service, answers.legalBasisText),
    pensionMonths: answers.pensionMonths,
    spouseHasPension: answers.spousePension === "yes" ? true : undefined,
    germanLevel: answers.germanLevel,
    knowsLife: lifeInGermany && lifeInGermany !== "notYet",
    livesOnJob: incomeSources?.includes("job"),
    livesOnBusiness: incomeSources?.includes("selfEmployment"),
    weeklyHours: hoursOf(answers),
    ...own,
  };
  const permanent = known<PermanentSituation>(facts);
  return situationOf(service, answers, { onBenefits: isOnBenefits(incomeSources), permanent, ...more });
}
