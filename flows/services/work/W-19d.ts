import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import type { WorkSituation } from "#flows/law/situations/work.ts";
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
import { housing } from "#flows/steps/reference.ts";
import { salary } from "#flows/steps/skilled.ts";
import { toleratedQualification, toleratedSince, workLanguage } from "#flows/steps/toleratedWork.ts";

const steps = {
  ...workOpening,
  jobPay: salary,
  toleratedSince,
  toleratedQualification,
  workLanguage,
  housing,
  ...workClosing,
} as const;

type ToleratedAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "W-19d",
  initial: "mrz",
  steps,
  guards: workGuards,
  next: {
    ...workOpeningArrows("jobPay"),
    // Whoever extends holds a title by now.
    jobPay: [{ guard: "isExtension", target: "toleratedQualification" }, "toleratedSince"],
    toleratedSince: "toleratedQualification",
    toleratedQualification: "workLanguage",
    workLanguage: "housing",
    housing: "healthInsurance",
    ...workClosingArrows,
  },
});

/** The qualification behind each way; years of qualified work stand for one that is missing. */
const degrees = {
  german: "german",
  trainingToleration: "german",
  foreignDegree: "foreignComparable",
  qualifiedWork: "none",
} as const satisfies Record<string, WorkSituation["degree"]>;

/** Residence permit for tolerated people with a qualification and fitting work (§ 19d AufenthG). */
export const toleratedWork: Service = {
  id: "W-19d",
  version: "1.0.0",
  leika: leika.work,
  flow,
  situation: (facts) => {
    const answers = facts.answers as ToleratedAnswers;
    const { toleratedWay, identityClarified = "unsure" } = answers;
    const work = workSituation(answers, {
      annualGrossCents: answers.grossAnnual,
      toleratedWay,
      degree: toleratedWay && degrees[toleratedWay],
      german: answers.germanLevel,
      identityClarified: { yes: true, no: false, unsure: undefined }[identityClarified],
    });
    return situationOf("W-19d", answers, { work });
  },
};
