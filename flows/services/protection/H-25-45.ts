import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { protectionFacts } from "#flows/services/protection/frame.ts";
import type { Service } from "#flows/services/service.ts";
import { closingArrows, frameGuards, toClosing } from "#flows/services/shared/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { safeClosing, safeOpening, safeOpeningArrows } from "#flows/services/shared/sensitive.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { family } from "#flows/steps/family.ts";
import { livelihood } from "#flows/steps/living.ts";
import { stayGround, stayReasons } from "#flows/steps/protection.ts";

const steps = { ...safeOpening, family, stayGround, stayReasons, livelihood, ...safeClosing } as const;

type StayAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "H-25-45",
  initial: "mrz",
  steps,
  guards: frameGuards,
  next: {
    ...safeOpeningArrows("family"),
    family: "stayGround",
    stayGround: "stayReasons",
    stayReasons: "livelihood",
    livelihood: toClosing,
    ...closingArrows,
  },
});

/** Residence permit for urgent reasons, for victims, or if leaving is impossible (§ 25 Abs. 4 to 5 AufenthG). */
export const urgentStay: Service = {
  id: "H-25-45",
  version: "1.0.0",
  leika: leika.residencePermit,
  isSensitive: true,
  flow,
  situation: (facts) => {
    const answers = facts.answers as StayAnswers;
    return situationOf("H-25-45", answers, {
      protection: protectionFacts(answers, { ground: answers.stayGround }),
    });
  },
};
