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
import { cardClosing, cardClosingArrows, frameGuards } from "#flows/services/shared/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { oldPassport } from "#flows/steps/cards.ts";

const steps = { ...documentOpening, oldPassport, ...feeFacts, ...cardClosing } as const;

const flow = defineFlow<TriageAnswers>()({
  id: "D-CARD-P",
  initial: "mrz",
  steps,
  guards: { ...frameGuards, ...feeGuards },
  next: {
    ...documentOpeningArrows("oldPassport"),
    oldPassport: "livelihood",
    ...feeArrows,
    ...cardClosingArrows,
  },
});

/** New card after a new passport (§ 45c Abs. 1 Nr. 1 AufenthV). */
export const cardAfterPassport: Service = {
  id: "D-CARD-P",
  version: "1.0.0",
  leika: leika.residenceCard,
  flow,
  situation: (facts) => {
    const answers = facts.answers as Answers<typeof steps> & TriageAnswers;
    return situationOf("D-CARD-P", answers, { ...protectionFact(answers), card: { reason: "newPassport" } });
  },
};
