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
import { academicDegree, salary, skilledBefore } from "#flows/steps/skilled.ts";
import { qualification, recognition } from "#flows/steps/work.ts";

const steps = {
  ...workOpening,
  salary,
  skilledBefore,
  qualification,
  academicDegree,
  recognition,
  ...workClosing,
} as const;

type AcademicAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "W-18b",
  initial: "mrz",
  steps,
  guards: {
    ...workGuards,
    isFirstAt45,
    hasNoDegree: ({ answers }) => answers.degree === "none",
    hasForeignDegree: ({ answers }) => answers.degree === "foreign",
  },
  next: {
    ...workOpeningArrows("salary"),
    salary: [{ guard: "isFirstAt45", target: "skilledBefore" }, "qualification"],
    skilledBefore: "qualification",
    qualification: [{ guard: "hasNoDegree", target: "healthInsurance" }, "academicDegree"],
    academicDegree: [{ guard: "hasForeignDegree", target: "recognition" }, "healthInsurance"],
    recognition: "healthInsurance",
    ...workClosingArrows,
  },
});

/** Residence permit for work of skilled workers with a degree (§ 18b AufenthG). */
export const academicWork: Service = {
  id: "W-18b",
  version: "1.1.0",
  leika: leika.work,
  flow,
  situation: (facts) => {
    const answers = facts.answers as AcademicAnswers;
    const work = workSituation(answers, {
      annualGrossCents: answers.grossAnnual,
      degree: qualificationOf(answers.degree, answers.recognitionStatus),
      firstSkilledTitle: answers.firstSkilledTitle,
    });
    return situationOf("W-18b", answers, { work });
  },
};
