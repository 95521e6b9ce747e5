import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import type { OtherSituation } from "#flows/law/situations/other.ts";
import {
  unionClosing,
  unionClosingArrows,
  unionGuards,
  unionOpening,
  unionOpeningArrows,
} from "#flows/services/freeMovement/frame.ts";
import type { Service } from "#flows/services/service.ts";
import { known } from "#flows/services/shared/known.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { unionKinship } from "#flows/steps/freeMovement.ts";

const steps = { ...unionOpening, unionKinship, ...unionClosing } as const;

const flow = defineFlow<TriageAnswers>()({
  id: "EU-CARD",
  initial: "mrz",
  steps,
  guards: unionGuards,
  next: { ...unionOpeningArrows("unionKinship"), unionKinship: "furtherFamily", ...unionClosingArrows },
});

/** Residence card of a Union citizen's family (§ 5 Abs. 1 FreizügG/EU). */
export const unionFamilyCard: Service = {
  id: "EU-CARD",
  version: "1.0.0",
  leika: leika.euFamilyCard,
  flow,
  situation: (facts) => {
    const answers = facts.answers as Answers<typeof steps> & TriageAnswers;
    const other = known<OtherSituation>({
      unionStatus: answers.unionPersonStatus,
      unionKinship: answers.unionKinship,
    });
    return situationOf("EU-CARD", answers, { other });
  },
};
