import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import {
  permanentClosing,
  permanentClosingArrows,
  permanentGuards,
  permanentOpening,
  permanentOpeningArrows,
  permanentSituation,
} from "#flows/services/permanent/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import type { Service } from "#flows/services/service.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { family } from "#flows/steps/family.ts";
import { germanKnowledge } from "#flows/steps/language.ts";
import { permitSince } from "#flows/steps/permanent.ts";

const steps = { ...permanentOpening, permitSince, family, germanKnowledge, ...permanentClosing } as const;

type YouthAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "N-35",
  initial: "mrz",
  steps,
  guards: permanentGuards,
  next: {
    ...permanentOpeningArrows("permitSince", "family"),
    permitSince: "absences",
    family: "germanKnowledge",
    germanKnowledge: "housing",
    housing: "healthInsurance",
    ...permanentClosingArrows,
  },
});

/** Settlement permit of young people who came as children (§ 35 AufenthG). */
export const childSettlement: Service = {
  id: "N-35",
  version: "1.0.0",
  leika: leika.residenceCard,
  flow,
  situation: (facts) => permanentSituation("N-35", facts.answers as YouthAnswers),
};
