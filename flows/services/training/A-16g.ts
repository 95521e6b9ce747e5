import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { frameGuards, opening, openingArrows } from "#flows/services/shared/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { meansClosing, meansClosingArrows, meansGuards, meansSituation } from "#flows/services/shared/means.ts";
import type { Service } from "#flows/services/service.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TrainingSituation } from "#flows/law/situations/training.ts";
import { known } from "#flows/services/shared/known.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { apprenticeship, apprenticeshipContract } from "#flows/steps/apprenticeship.ts";
import { family } from "#flows/steps/family.ts";
import { germanKnowledge } from "#flows/steps/language.ts";

const steps = {
  ...opening,
  family,
  apprenticeship,
  apprenticeshipContract,
  germanKnowledge,
  ...meansClosing,
} as const;

type ApprenticeAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "A-16g",
  initial: "mrz",
  steps,
  guards: {
    ...frameGuards,
    ...meansGuards,
    trainsInCompany: ({ answers }) => answers.apprenticeshipKind === "company",
  },
  next: {
    ...openingArrows("family"),
    family: "apprenticeship",
    apprenticeship: [{ guard: "trainsInCompany", target: "apprenticeshipContract" }, "germanKnowledge"],
    apprenticeshipContract: "germanKnowledge",
    germanKnowledge: "healthInsurance",
    ...meansClosingArrows,
  },
});

/** Residence permit for vocational training of people with a Duldung (§ 16g AufenthG). */
export const toleratedTraining: Service = {
  id: "A-16g",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as ApprenticeAnswers;
    const { contractRegistered } = answers;
    return situationOf("A-16g", answers, {
      ...meansSituation(answers),
      training: known<TrainingSituation>({
        place: answers.apprenticeshipKind,
        isRegistered: contractRegistered && contractRegistered !== "no",
        germanLevel: answers.germanLevel,
      }),
    });
  },
};
