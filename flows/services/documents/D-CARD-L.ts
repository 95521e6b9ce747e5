import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import type { OtherSituation } from "#flows/law/situations/other.ts";
import { documentOpening, documentOpeningArrows } from "#flows/services/documents/frame.ts";
import type { Service } from "#flows/services/service.ts";
import { cardClosing, cardClosingArrows, frameGuards, toCardClosing } from "#flows/services/shared/frame.ts";
import { known } from "#flows/services/shared/known.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { cardLoss } from "#flows/steps/cards.ts";

const steps = { ...documentOpening, cardLoss, ...cardClosing } as const;

const flow = defineFlow<TriageAnswers>()({
  id: "D-CARD-L",
  initial: "mrz",
  steps,
  guards: frameGuards,
  next: { ...documentOpeningArrows("cardLoss"), cardLoss: toCardClosing, ...cardClosingArrows },
});

/** New card for a lost or stolen one; no exemption names it, so nothing is asked for the fee (§ 45c Abs. 1 Nr. 3 AufenthV). */
export const cardAfterLoss: Service = {
  id: "D-CARD-L",
  version: "1.0.0",
  leika: leika.residenceCard,
  flow,
  situation: (facts) => {
    const answers = facts.answers as Answers<typeof steps> & TriageAnswers;
    const other = known<OtherSituation>({
      lossKind: answers.lossKind,
      policeReported: answers.policeReported,
      eidBlocked: answers.eidBlocked,
    });
    return situationOf("D-CARD-L", answers, { card: { reason: "lost" }, other });
  },
};
