import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import {
  documentOpening,
  documentOpeningArrows,
  feeArrows,
  feeFacts,
  feeGuards,
  protectionFact,
} from "#flows/services/documents/frame.ts";
import type { Service } from "#flows/services/service.ts";
import { cardClosing, cardClosingArrows, frameGuards, toShortClosing } from "#flows/services/shared/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { cardChange } from "#flows/steps/cards.ts";

const steps = { ...documentOpening, cardChange, ...feeFacts, ...cardClosing } as const;

const flow = defineFlow<TriageAnswers>()({
  id: "D-CARD-D",
  initial: "mrz",
  steps,
  guards: {
    ...frameGuards,
    ...feeGuards,
    cardHasEnded: ({ answers }) => answers.cardGoal === "expired",
    changesData: ({ answers }) => answers.cardGoal !== "addressOnly",
    // The sticker with a new address goes on the present card: there is nothing to send.
    offersPost: ({ answers, settings }) => settings.postalDelivery && answers.cardGoal !== "addressOnly",
  },
  next: {
    ...documentOpeningArrows("cardChange"),
    contact: [
      { guard: "cardHasEnded", target: "livelihood" },
      { guard: "changesData", target: "cardChange" },
      ...toShortClosing,
    ],
    cardChange: "livelihood",
    ...feeArrows,
    ...cardClosingArrows,
  },
});

/** New card because data have changed or the card has ended; the address alone is a sticker (§ 45c Abs. 1 Nr. 2 AufenthV). */
export const cardAfterChange: Service = {
  id: "D-CARD-D",
  version: "1.0.0",
  leika: leika.residenceCard,
  flow,
  situation: (facts) => {
    const answers = facts.answers as Answers<typeof steps> & TriageAnswers;
    const { cardGoal } = answers;
    return situationOf("D-CARD-D", answers, {
      ...protectionFact(answers),
      ...(cardGoal === undefined ? {} : { card: { reason: cardGoal } }),
    });
  },
};
