import type { Answers, Facts } from "#flows/engine/facts.ts";
import type { Situation } from "#flows/law/situation.ts";
import { closing, closingArrows, toClosing } from "#flows/services/shared/frame.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { healthInsurance } from "#flows/steps/living.ts";
import { currentJob, funding, isOnBenefits, scholarship } from "#flows/steps/means.ts";

/** Pages of the titles without full pay from health insurance to the end: what the person lives on. */
export const meansClosing = { healthInsurance, funding, scholarship, currentJob, ...closing } as const;

type MeansAnswers = TriageAnswers & Answers<typeof meansClosing>;

/** Guards on the arrows of these pages. */
export const meansGuards = {
  hasScholarship: ({ answers }: Facts<MeansAnswers>) => answers.incomeSources?.includes("scholarship") ?? false,
  earnsFromJob: ({ answers }: Facts<MeansAnswers>) => answers.incomeSources?.includes("job") ?? false,
};

/** The way on from the means: the job, if the person lives on one. */
const toJob = [{ guard: "earnsFromJob", target: "currentJob" }, ...toClosing] as const;

/** Arrows of these pages. */
export const meansClosingArrows = {
  healthInsurance: "funding",
  funding: [{ guard: "hasScholarship", target: "scholarship" }, ...toJob],
  scholarship: toJob,
  currentJob: toClosing,
  ...closingArrows,
} as const;

/** The means as the law looks at them; what is not answered yet stays out. */
export function meansSituation(answers: MeansAnswers): Partial<Situation> {
  const { monthlyMeans, savings = 0, publicScholarship, incomeSources } = answers;
  return {
    onBenefits: isOnBenefits(incomeSources),
    ...(publicScholarship === undefined ? {} : { publicScholarship }),
    ...(monthlyMeans === undefined ? {} : { means: { monthlyCents: monthlyMeans, savingsCents: savings } }),
  };
}
