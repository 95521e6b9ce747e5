import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import type { OtherSituation } from "#flows/law/situations/other.ts";
import type { Service } from "#flows/services/service.ts";
import {
  cardClosing,
  cardClosingArrows,
  frameGuards,
  opening,
  openingArrows,
  toCardClosing,
} from "#flows/services/shared/frame.ts";
import { known } from "#flows/services/shared/known.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { absences } from "#flows/steps/absences.ts";
import { lawfulStay } from "#flows/steps/freeMovement.ts";

const steps = { ...opening, lawfulStay, absences, ...cardClosing } as const;

const flow = defineFlow<TriageAnswers>()({
  id: "EU-GB",
  initial: "mrz",
  steps,
  guards: frameGuards,
  next: { ...openingArrows("lawfulStay"), lawfulStay: "absences", absences: toCardClosing, ...cardClosingArrows },
});

/** Residence document for British nationals who lived here before 2021 (§ 16 FreizügG/EU). */
export const withdrawalAgreementDocument: Service = {
  id: "EU-GB",
  version: "1.0.0",
  leika: leika.euFamilyCard,
  flow,
  situation: (facts) => {
    const answers = facts.answers as Answers<typeof steps> & TriageAnswers;
    const other = known<OtherSituation>({
      livesHereSince: answers.stayingSince,
      wasAway: answers.absences && answers.absences.length > 0,
    });
    return situationOf("EU-GB", answers, { other });
  },
};
