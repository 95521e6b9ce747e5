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
import { germanAndLife, pensionMonths, permitSince } from "#flows/steps/permanent.ts";

const steps = { ...permanentOpening, permitSince, family, germanAndLife, pensionMonths, ...permanentClosing } as const;

type LongTermAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "N-9a",
  initial: "mrz",
  steps,
  guards: permanentGuards,
  next: {
    ...permanentOpeningArrows("permitSince", "family"),
    permitSince: "absences",
    family: "germanAndLife",
    germanAndLife: "housing",
    housing: "pensionMonths",
    pensionMonths: "healthInsurance",
    ...permanentClosingArrows,
  },
});

/** Long-term residence in the EU (§ 9a AufenthG). */
export const longTermEu: Service = {
  id: "N-9a",
  version: "1.0.0",
  leika: leika.residenceCard,
  flow,
  situation: (facts) => permanentSituation("N-9a", facts.answers as LongTermAnswers),
};
