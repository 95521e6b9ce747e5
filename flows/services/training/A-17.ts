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
import { placeSearch } from "#flows/steps/school.ts";

const steps = { ...opening, family, placeSearch, germanKnowledge, ...meansClosing } as const;

type SearchAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "A-17",
  initial: "mrz",
  steps,
  guards: { ...frameGuards, ...meansGuards },
  next: {
    ...openingArrows("family"),
    family: "placeSearch",
    placeSearch: "germanKnowledge",
    germanKnowledge: "healthInsurance",
    ...meansClosingArrows,
  },
});

/** Residence permit to look for a place of vocational training or of study (§ 17 AufenthG). */
export const trainingSearch: Service = {
  id: "A-17",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as SearchAnswers;
    const { universityAccess = "unsure" } = answers;
    return situationOf("A-17", answers, {
      ...meansSituation(answers),
      training: known<TrainingSituation>({
        seeking: answers.placeSearched,
        germanLevel: answers.germanLevel,
        hasUniversityAccess: { yes: true, no: false, unsure: undefined }[universityAccess],
      }),
    });
  },
};
