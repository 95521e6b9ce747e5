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
import { family } from "#flows/steps/family.ts";
import { germanKnowledge } from "#flows/steps/language.ts";
import { foreignQualification, recognitionPath, recognitionPlan } from "#flows/steps/recognition.ts";

const steps = {
  ...opening,
  family,
  recognitionPath,
  foreignQualification,
  recognitionPlan,
  germanKnowledge,
  ...meansClosing,
} as const;

type RecognitionAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "A-16d",
  initial: "mrz",
  steps,
  guards: { ...frameGuards, ...meansGuards },
  next: {
    ...openingArrows("family"),
    family: "recognitionPath",
    recognitionPath: "foreignQualification",
    foreignQualification: "recognitionPlan",
    recognitionPlan: "germanKnowledge",
    germanKnowledge: "healthInsurance",
    ...meansClosingArrows,
  },
});

/** Residence permit for the recognition of a foreign qualification (§ 16d AufenthG). */
export const recognition: Service = {
  id: "A-16d",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as RecognitionAnswers;
    const { equivalenceStatus } = answers;
    return situationOf("A-16d", answers, {
      ...meansSituation(answers),
      training: known<TrainingSituation>({
        path: answers.recognitionPath,
        hasDeficitNotice: equivalenceStatus && (equivalenceStatus === "partial" || equivalenceStatus === "full"),
        start: answers.planStart,
        end: answers.planEnd,
        germanLevel: answers.germanLevel,
      }),
    });
  },
};
