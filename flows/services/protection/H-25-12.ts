import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { protectionFacts, toldBy } from "#flows/services/protection/frame.ts";
import type { Service } from "#flows/services/service.ts";
import {
  closing,
  closingArrows,
  frameGuards,
  opening,
  openingArrows,
  toClosing,
} from "#flows/services/shared/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { family } from "#flows/steps/family.ts";
import { livelihood } from "#flows/steps/living.ts";
import { bamfDecision, protectionKind } from "#flows/steps/protection.ts";

const steps = { ...opening, family, protectionKind, bamfDecision, livelihood, ...closing } as const;

type ProtectedAnswers = Answers<typeof steps> & TriageAnswers;

/** The way on from the decision: benefits count for the fee of a change of purpose only (§ 52 Abs. 3 AufenthV). */
const toFee = [{ guard: "isChange", target: "livelihood" }, ...toClosing] as const;

const flow = defineFlow<TriageAnswers>()({
  id: "H-25-12",
  initial: "mrz",
  steps,
  guards: {
    ...frameGuards,
    // The authority has the decision that it extends the title by.
    hasNewDecision: ({ answers }) => answers.request !== "extension",
    isChange: ({ answers }) => answers.request === "change",
  },
  next: {
    ...openingArrows("family"),
    family: "protectionKind",
    protectionKind: [{ guard: "hasNewDecision", target: "bamfDecision" }, ...toClosing],
    bamfDecision: toFee,
    livelihood: toClosing,
    ...closingArrows,
  },
});

/** Residence permit of people granted asylum, refugee status or subsidiary protection (§ 25 Abs. 1, 2 AufenthG). */
export const recognised: Service = {
  id: "H-25-12",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as ProtectedAnswers;
    return situationOf("H-25-12", answers, {
      protectedStatus: true,
      protection: protectionFacts(answers, {
        kind: answers.protectionKind,
        isDecisionFinal: toldBy(answers.decisionFinal),
      }),
    });
  },
};
