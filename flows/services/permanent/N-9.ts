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
import { germanAndLife, pensionMonths, permitSince, spousePension } from "#flows/steps/permanent.ts";

const steps = {
  ...permanentOpening,
  permitSince,
  family,
  germanAndLife,
  pensionMonths,
  spousePension,
  ...permanentClosing,
} as const;

type SettlementAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "N-9",
  initial: "mrz",
  steps,
  guards: {
    ...permanentGuards,
    isMarried: ({ answers }) => answers.maritalStatus === "married" || answers.maritalStatus === "civilPartnership",
  },
  next: {
    ...permanentOpeningArrows("permitSince", "family"),
    permitSince: "absences",
    family: "germanAndLife",
    germanAndLife: "housing",
    housing: "pensionMonths",
    pensionMonths: [{ guard: "isMarried", target: "spousePension" }, "healthInsurance"],
    spousePension: "healthInsurance",
    ...permanentClosingArrows,
  },
});

/** Settlement permit after five years (§ 9 AufenthG). */
export const settlement: Service = {
  id: "N-9",
  version: "1.0.0",
  leika: leika.residenceCard,
  flow,
  situation: (facts) => permanentSituation("N-9", facts.answers as SettlementAnswers),
};
