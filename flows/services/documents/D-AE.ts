import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { documentOpening, documentOpeningArrows } from "#flows/services/documents/frame.ts";
import { earlierPages, travelGuards, travelSituation } from "#flows/services/documents/travel.ts";
import type { Service } from "#flows/services/service.ts";
import { frameGuards, shortClosing, shortClosingArrows, toShortClosing } from "#flows/services/shared/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { livelihood } from "#flows/steps/living.ts";
import { passportEfforts, substituteWish } from "#flows/steps/travelDocuments.ts";

const steps = {
  ...documentOpening,
  passportEfforts,
  substituteWish,
  ...earlierPages,
  livelihood,
  ...shortClosing,
} as const;

const flow = defineFlow<TriageAnswers>()({
  id: "D-AE",
  initial: "mrz",
  steps,
  guards: { ...frameGuards, ...travelGuards, wantsMoreTime: ({ answers }) => answers.substituteWish === "moreTime" },
  next: {
    ...documentOpeningArrows("passportEfforts"),
    passportEfforts: "substituteWish",
    substituteWish: [{ guard: "wantsMoreTime", target: "livelihood" }, "earlierDocument"],
    earlierDocument: [{ guard: "hasLostDocument", target: "documentLoss" }, "livelihood"],
    documentLoss: "livelihood",
    livelihood: toShortClosing,
    ...shortClosingArrows,
  },
});

/** Substitute for the identity card of people without a passport (§ 48 Abs. 2 AufenthG). */
export const identitySubstitute: Service = {
  id: "D-AE",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as Answers<typeof steps> & TriageAnswers;
    const { substituteWish: wanted } = answers;
    const own = wanted === undefined ? {} : { renewal: wanted === "moreTime" };
    return situationOf("D-AE", answers, travelSituation(answers, facts.today, own));
  },
};
