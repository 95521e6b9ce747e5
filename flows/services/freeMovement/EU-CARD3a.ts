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
import { closeKinship, dependency } from "#flows/steps/freeMovement.ts";

const steps = { ...unionOpening, closeKinship, dependency, ...unionClosing } as const;

const flow = defineFlow<TriageAnswers>()({
  id: "EU-CARD3a",
  initial: "mrz",
  steps,
  guards: unionGuards,
  next: {
    ...unionOpeningArrows("closeKinship"),
    closeKinship: "dependency",
    dependency: "furtherFamily",
    ...unionClosingArrows,
  },
});

/** Residence card of people close to a Union citizen (§ 3a FreizügG/EU). */
export const closePersonCard: Service = {
  id: "EU-CARD3a",
  version: "1.0.0",
  leika: leika.euFamilyCard,
  flow,
  situation: (facts) => {
    const answers = facts.answers as Answers<typeof steps> & TriageAnswers;
    const other = known<OtherSituation>({ unionStatus: answers.unionPersonStatus });
    return situationOf("EU-CARD3a", answers, { other });
  },
};
