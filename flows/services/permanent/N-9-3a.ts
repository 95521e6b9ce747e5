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
import { germanAndLife, permitSince, settledSpouse } from "#flows/steps/permanent.ts";
import { livingTogether } from "#flows/steps/reference.ts";

const steps = {
  ...permanentOpening,
  permitSince,
  settledSpouse,
  livingTogether,
  furtherFamily: family,
  germanAndLife,
  ...permanentClosing,
} as const;

type SpouseAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "N-9-3a",
  initial: "mrz",
  steps,
  guards: permanentGuards,
  next: {
    ...permanentOpeningArrows("permitSince", "settledSpouse"),
    permitSince: "absences",
    settledSpouse: "livingTogether",
    livingTogether: "furtherFamily",
    furtherFamily: "germanAndLife",
    germanAndLife: "housing",
    housing: "healthInsurance",
    ...permanentClosingArrows,
  },
});

/** Settlement permit of the husband or wife of a settled skilled worker (§ 9 Abs. 3a AufenthG). */
export const settledSpouseSettlement: Service = {
  id: "N-9-3a",
  version: "1.0.0",
  leika: leika.residenceCard,
  flow,
  situation: (facts) => {
    const answers = facts.answers as SpouseAnswers;
    const { separated } = answers;
    return permanentSituation("N-9-3a", answers, {}, separated === undefined ? {} : { family: { separated } });
  },
};
