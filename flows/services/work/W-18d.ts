import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { toClosing } from "#flows/services/shared/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { meansSituation } from "#flows/services/shared/means.ts";
import type { Service } from "#flows/services/service.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import {
  workClosing,
  workClosingArrows,
  workGuards,
  workOpening,
  workOpeningArrows,
  workSituation,
} from "#flows/services/work/frame.ts";
import { hosting, researchFunding } from "#flows/steps/research.ts";
import { salary } from "#flows/steps/skilled.ts";

const steps = { ...workOpening, hosting, jobPay: salary, researchFunding, ...workClosing } as const;

type ResearchAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "W-18d",
  initial: "mrz",
  steps,
  guards: { ...workGuards, isPaidByHost: ({ answers }) => answers.researchPaid === true },
  next: {
    ...workOpeningArrows("hosting"),
    hosting: [{ guard: "isPaidByHost", target: "jobPay" }, "healthInsurance"],
    jobPay: "healthInsurance",
    ...workClosingArrows,
    healthInsurance: [{ guard: "isPaidByHost", target: "livelihood" }, "researchFunding"],
    researchFunding: toClosing,
  },
});

const covered = { yes: true, publicFunds: true, no: false, unsure: undefined } as const;

/** Residence permit for research with a hosting agreement (§ 18d AufenthG). */
export const research: Service = {
  id: "W-18d",
  version: "1.0.0",
  leika: leika.work,
  flow,
  situation: (facts) => {
    const answers = facts.answers as ResearchAnswers;
    const work = workSituation(answers, {
      annualGrossCents: answers.grossAnnual,
      paidByHost: answers.researchPaid,
      costsCovered: covered[answers.costsCovered ?? "unsure"],
    });
    const { onBenefits: hasBenefits, ...means } = meansSituation(answers);
    return situationOf("W-18d", answers, { ...means, onBenefits: hasBenefits || answers.onBenefits === true, work });
  },
};
