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
import { kindSince, ownBusiness } from "#flows/steps/permanent.ts";

const steps = { ...permanentOpening, kindSince, family, ownBusiness, germanKnowledge, ...permanentClosing } as const;

type BusinessAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "N-21-4",
  initial: "mrz",
  steps,
  guards: permanentGuards,
  next: {
    ...permanentOpeningArrows("kindSince", "family"),
    kindSince: "absences",
    family: "ownBusiness",
    ownBusiness: "germanKnowledge",
    germanKnowledge: "housing",
    housing: "healthInsurance",
    ...permanentClosingArrows,
  },
});

/** Settlement permit of the self-employed (§ 21 Abs. 4 AufenthG). */
export const selfEmployedSettlement: Service = {
  id: "N-21-4",
  version: "1.0.0",
  leika: leika.residenceCard,
  flow,
  situation: (facts) => permanentSituation("N-21-4", facts.answers as BusinessAnswers),
};
