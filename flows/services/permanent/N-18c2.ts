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
import { germanAndLife, kindSince, pensionMonths } from "#flows/steps/permanent.ts";

const steps = { ...permanentOpening, kindSince, family, germanAndLife, pensionMonths, ...permanentClosing } as const;

type BlueCardAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "N-18c2",
  initial: "mrz",
  steps,
  guards: permanentGuards,
  next: {
    ...permanentOpeningArrows("kindSince", "family"),
    kindSince: "absences",
    family: "germanAndLife",
    germanAndLife: "housing",
    housing: "pensionMonths",
    pensionMonths: "healthInsurance",
    ...permanentClosingArrows,
  },
});

/** Settlement permit of holders of a Blue Card (§ 18c Abs. 2 AufenthG). */
export const blueCardSettlement: Service = {
  id: "N-18c2",
  version: "1.0.0",
  leika: leika.residenceCard,
  flow,
  situation: (facts) => permanentSituation("N-18c2", facts.answers as BlueCardAnswers),
};
