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
import { bamfDecision } from "#flows/steps/protection.ts";

const steps = { ...opening, family, bamfDecision, livelihood, ...closing } as const;

type BanAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "H-25-3",
  initial: "mrz",
  steps,
  guards: {
    ...frameGuards,
    // The authority has the decision that it extends the title by.
    hasNewDecision: ({ answers }) => answers.request !== "extension",
  },
  next: {
    ...openingArrows("family"),
    family: [{ guard: "hasNewDecision", target: "bamfDecision" }, "livelihood"],
    bamfDecision: "livelihood",
    livelihood: toClosing,
    ...closingArrows,
  },
});

/** Residence permit of people whom a ban on deportation protects (§ 25 Abs. 3 AufenthG). */
export const deportationBan: Service = {
  id: "H-25-3",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as BanAnswers;
    return situationOf("H-25-3", answers, {
      protection: protectionFacts(answers, { isDecisionFinal: toldBy(answers.decisionFinal) }),
    });
  },
};
