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
import { isRefugee } from "#flows/law/situations/permanent.ts";
import { family } from "#flows/steps/family.ts";
import { germanAndLife, pensionMonths, protectionSince, spousePension } from "#flows/steps/permanent.ts";

const steps = {
  ...permanentOpening,
  protectionSince,
  family,
  germanAndLife,
  pensionMonths,
  spousePension,
  ...permanentClosing,
} as const;

type ProtectedAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "N-26",
  initial: "mrz",
  steps,
  guards: {
    ...permanentGuards,
    isRefugee: ({ answers }) => answers.protectionStatus !== undefined && isRefugee(answers.protectionStatus),
    isMarried: ({ answers }) => answers.maritalStatus === "married" || answers.maritalStatus === "civilPartnership",
  },
  next: {
    ...permanentOpeningArrows("protectionSince", "family"),
    protectionSince: "absences",
    family: "germanAndLife",
    germanAndLife: "housing",
    housing: [{ guard: "isRefugee", target: "healthInsurance" }, "pensionMonths"],
    pensionMonths: [{ guard: "isMarried", target: "spousePension" }, "healthInsurance"],
    spousePension: "healthInsurance",
    ...permanentClosingArrows,
  },
});

/** Settlement permit after protection or for humanitarian reasons (§ 26 Abs. 3, 4 AufenthG). */
export const protectedSettlement: Service = {
  id: "N-26",
  version: "1.0.0",
  leika: leika.residenceCard,
  flow,
  situation: (facts) => {
    const answers = facts.answers as ProtectedAnswers;
    const { protectionStatus, permitSince, asylumSince } = answers;
    // The asylum procedure before the title counts (§ 26 Abs. 3, 4 AufenthG).
    const since = permitSince && asylumSince && asylumSince < permitSince ? asylumSince : permitSince;
    return permanentSituation(
      "N-26",
      answers,
      { protection: protectionStatus, since },
      protectionStatus === undefined ? {} : { protectedStatus: protectionStatus !== "noProtection" },
    );
  },
};
