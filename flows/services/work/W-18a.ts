import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { leika } from "#flows/services/shared/leika.ts";
import type { Service } from "#flows/services/service.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import { isFirstAt45 } from "#flows/services/work/skilled.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import {
  qualificationOf,
  workClosing,
  workClosingArrows,
  workGuards,
  workOpening,
  workOpeningArrows,
  workSituation,
} from "#flows/services/work/frame.ts";
import { equivalence, salary, skilledBefore, training, trainingDetails } from "#flows/steps/skilled.ts";

const steps = {
  ...workOpening,
  salary,
  skilledBefore,
  training,
  trainingDetails,
  equivalence,
  ...workClosing,
} as const;

type VocationalAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "W-18a",
  initial: "mrz",
  steps,
  guards: {
    ...workGuards,
    isFirstAt45,
    hasNoTraining: ({ answers }) => answers.trainingOrigin === "none",
    hasForeignTraining: ({ answers }) => answers.trainingOrigin === "foreign",
  },
  next: {
    ...workOpeningArrows("salary"),
    salary: [{ guard: "isFirstAt45", target: "skilledBefore" }, "training"],
    skilledBefore: "training",
    training: [{ guard: "hasNoTraining", target: "healthInsurance" }, "trainingDetails"],
    trainingDetails: [{ guard: "hasForeignTraining", target: "equivalence" }, "healthInsurance"],
    equivalence: "healthInsurance",
    ...workClosingArrows,
  },
});

/** Residence permit for work of skilled workers with vocational training (§ 18a AufenthG). */
export const vocationalWork: Service = {
  id: "W-18a",
  version: "1.1.0",
  leika: leika.work,
  flow,
  situation: (facts) => {
    const answers = facts.answers as VocationalAnswers;
    const work = workSituation(answers, {
      annualGrossCents: answers.grossAnnual,
      degree: qualificationOf(answers.trainingOrigin, answers.equivalenceStatus),
      firstSkilledTitle: answers.firstSkilledTitle,
    });
    return situationOf("W-18a", answers, { work });
  },
};
