import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { coversTrainingNeed } from "#flows/law/need.ts";
import { closingArrows, frameGuards, opening, openingArrows, toClosing } from "#flows/services/shared/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { meansClosing, meansGuards, meansSituation } from "#flows/services/shared/means.ts";
import type { Service } from "#flows/services/service.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TrainingSituation } from "#flows/law/situations/training.ts";
import { known } from "#flows/services/shared/known.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { apprenticeship, apprenticeshipContract, apprenticeshipLanguage } from "#flows/steps/apprenticeship.ts";
import { family } from "#flows/steps/family.ts";

const steps = {
  ...opening,
  family,
  apprenticeship,
  apprenticeshipContract,
  apprenticeshipLanguage,
  ...meansClosing,
} as const;

type ApprenticeAnswers = Answers<typeof steps> & TriageAnswers;

/** The way on from other means than the pay: the side job, if the person lives on one. */
const toJob = [{ guard: "earnsFromJob", target: "currentJob" }, "healthInsurance"] as const;

const flow = defineFlow<TriageAnswers>()({
  id: "A-16a",
  initial: "mrz",
  steps,
  guards: {
    ...frameGuards,
    ...meansGuards,
    trainsInCompany: ({ answers }) => answers.apprenticeshipKind === "company",
    payCoversNeed: ({ answers, law }) => coversTrainingNeed(answers.apprenticeshipPay, law) === true,
  },
  next: {
    ...openingArrows("family"),
    ...closingArrows,
    family: "apprenticeship",
    apprenticeship: [{ guard: "trainsInCompany", target: "apprenticeshipContract" }, "apprenticeshipLanguage"],
    apprenticeshipContract: "apprenticeshipLanguage",
    apprenticeshipLanguage: [{ guard: "payCoversNeed", target: "healthInsurance" }, "funding"],
    funding: [{ guard: "hasScholarship", target: "scholarship" }, ...toJob],
    scholarship: toJob,
    currentJob: "healthInsurance",
    healthInsurance: toClosing,
  },
});

/** Residence permit for vocational training in a company or at a school (§ 16a AufenthG). */
export const vocationalTraining: Service = {
  id: "A-16a",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as ApprenticeAnswers;
    const { contractRegistered, languageChecked } = answers;
    return situationOf("A-16a", answers, {
      ...meansSituation(answers),
      training: known<TrainingSituation>({
        place: answers.apprenticeshipKind,
        isRegistered: contractRegistered && contractRegistered !== "no",
        monthlyPayCents: answers.apprenticeshipPay,
        germanLevel: answers.germanLevel,
        isGermanChecked: languageChecked && languageChecked !== "no",
      }),
    });
  },
};
