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
import { germanAndLife, germanDegree, kindSince, pensionMonths } from "#flows/steps/permanent.ts";

const steps = {
  ...permanentOpening,
  kindSince,
  family,
  germanDegree,
  germanAndLife,
  pensionMonths,
  ...permanentClosing,
} as const;

type SkilledAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "N-18c1",
  initial: "mrz",
  steps,
  guards: permanentGuards,
  next: {
    ...permanentOpeningArrows("kindSince", "family"),
    kindSince: "absences",
    family: "germanDegree",
    germanDegree: "germanAndLife",
    germanAndLife: "housing",
    housing: "pensionMonths",
    pensionMonths: "healthInsurance",
    ...permanentClosingArrows,
  },
});

/** Settlement permit of skilled workers (§ 18c Abs. 1 AufenthG). */
export const skilledSettlement: Service = {
  id: "N-18c1",
  version: "1.0.0",
  leika: leika.residenceCard,
  flow,
  situation: (facts) => {
    const answers = facts.answers as SkilledAnswers;
    return permanentSituation("N-18c1", answers, { hasGermanDegree: answers.completedInGermany });
  },
};
