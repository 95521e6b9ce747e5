import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { leika } from "#flows/services/shared/leika.ts";
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
import { listedJob } from "#flows/steps/otherWork.ts";

const steps = { ...workOpening, listedJob, ...workClosing } as const;

type ListedJobAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "W-19c1",
  initial: "mrz",
  steps,
  guards: workGuards,
  next: { ...workOpeningArrows("listedJob"), listedJob: "healthInsurance", ...workClosingArrows },
});

/** Residence permit for jobs that the BeschV names (§ 19c Abs. 1 AufenthG). */
export const listedWork: Service = {
  id: "W-19c1",
  version: "1.0.0",
  leika: leika.work,
  flow,
  situation: (facts) => {
    const answers = facts.answers as ListedJobAnswers;
    const { grossAnnual: annualGrossCents, listedJob: job } = answers;
    return situationOf("W-19c1", answers, { work: workSituation(answers, { annualGrossCents, listedJob: job }) });
  },
};
