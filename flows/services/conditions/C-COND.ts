import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { conditionClosing, conditionOpening, conditionOpeningArrows } from "#flows/services/conditions/frame.ts";
import type { Service } from "#flows/services/service.ts";
import { frameGuards, shortClosingArrows, toShortClosing } from "#flows/services/shared/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { conditionWish } from "#flows/steps/conditions.ts";
import { livelihood } from "#flows/steps/living.ts";

const steps = { ...conditionOpening, conditionWish, livelihood, ...conditionClosing } as const;

const flow = defineFlow<TriageAnswers>()({
  id: "C-COND",
  initial: "mrz",
  steps,
  guards: frameGuards,
  next: {
    ...conditionOpeningArrows("conditionWish"),
    conditionWish: "livelihood",
    livelihood: toShortClosing,
    ...shortClosingArrows,
  },
});

/** Another condition of the title, for example on travel or study (§ 12 Abs. 2 AufenthG). */
export const otherCondition: Service = {
  id: "C-COND",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => situationOf("C-COND", facts.answers as Answers<typeof steps> & TriageAnswers),
};
