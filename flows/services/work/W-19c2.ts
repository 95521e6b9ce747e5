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
import { homeQualification, practice, tariffPay } from "#flows/steps/otherWork.ts";

const steps = { ...workOpening, tariffPay, practice, homeQualification, ...workClosing } as const;

type PracticeAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "W-19c2",
  initial: "mrz",
  steps,
  guards: { ...workGuards, worksInIt: ({ answers }) => answers.isItJob === true },
  next: {
    ...workOpeningArrows("tariffPay"),
    tariffPay: "practice",
    practice: [{ guard: "worksInIt", target: "healthInsurance" }, "homeQualification"],
    homeQualification: "healthInsurance",
    ...workClosingArrows,
  },
});

/** Residence permit for experienced workers without a recognised qualification (§ 19c Abs. 2 AufenthG, § 6 BeschV). */
export const experiencedWork: Service = {
  id: "W-19c2",
  version: "1.0.0",
  leika: leika.work,
  flow,
  situation: (facts) => {
    const answers = facts.answers as PracticeAnswers;
    const { tariffBound } = answers;
    const work = workSituation(answers, {
      annualGrossCents: answers.grossAnnual,
      itJob: answers.isItJob,
      yearsOfFive: answers.yearsOfFive,
      homeQualification: answers.homeQualification,
      paysByTariff: tariffBound === undefined ? undefined : tariffBound === "yes",
    });
    return situationOf("W-19c2", answers, { work });
  },
};
