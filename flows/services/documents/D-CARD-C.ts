import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { documentOpening, documentOpeningArrows } from "#flows/services/documents/frame.ts";
import type { Service } from "#flows/services/service.ts";
import { cardClosing, cardClosingArrows, frameGuards, toCardClosing } from "#flows/services/shared/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { chipDefect } from "#flows/steps/cards.ts";

const steps = { ...documentOpening, chipDefect, ...cardClosing } as const;

const flow = defineFlow<TriageAnswers>()({
  id: "D-CARD-C",
  initial: "mrz",
  steps,
  guards: frameGuards,
  next: { ...documentOpeningArrows("chipDefect"), chipDefect: toCardClosing, ...cardClosingArrows },
});

/** New card because the chip does not work (§ 45c Abs. 1 Nr. 4 AufenthV). */
export const cardAfterDefect: Service = {
  id: "D-CARD-C",
  version: "1.0.0",
  leika: leika.residenceCard,
  flow,
  situation: (facts) => {
    const answers = facts.answers as Answers<typeof steps> & TriageAnswers;
    const ownFault = { yes: true, no: false, unsure: undefined }[answers.ownFault ?? "unsure"];
    return situationOf("D-CARD-C", answers, {
      card: { reason: "defect", ...(ownFault === undefined ? {} : { ownFault }) },
    });
  },
};
