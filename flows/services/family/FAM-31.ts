import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { isShorterThan } from "#flows/law/duration.ts";
import { familyFacts } from "#flows/services/family/frame.ts";
import type { Service } from "#flows/services/service.ts";
import { closingArrows, frameGuards, toClosing } from "#flows/services/shared/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { safeClosing, safeOpening, safeOpeningArrows } from "#flows/services/shared/sensitive.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { family } from "#flows/steps/family.ts";
import { healthInsurance } from "#flows/steps/living.ts";
import { currentJob, isOnBenefits, ownIncome } from "#flows/steps/means.ts";
import { marriage } from "#flows/steps/reference.ts";
import { formerPartner, hardship, ownRightCause, sharedLife } from "#flows/steps/sponsor.ts";

const steps = {
  ...safeOpening,
  formerPartner,
  marriage,
  ownRightCause,
  sharedLife,
  hardship,
  furtherFamily: family,
  healthInsurance,
  ownIncome,
  currentJob,
  ...safeClosing,
} as const;

type OwnRightAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "FAM-31",
  initial: "mrz",
  steps,
  guards: {
    ...frameGuards,
    wasShort: ({ answers, law }) =>
      answers.ownRightCause === "separation" &&
      isShorterThan(answers.sharedLifeFrom, answers.sharedLifeTo, law, "period.sharedLife") === true,
    earnsFromJob: ({ answers }) => answers.incomeSources?.includes("job") ?? false,
  },
  next: {
    ...safeOpeningArrows("formerPartner"),
    formerPartner: "marriage",
    marriage: "ownRightCause",
    ownRightCause: "sharedLife",
    sharedLife: [{ guard: "wasShort", target: "hardship" }, "furtherFamily"],
    hardship: "furtherFamily",
    furtherFamily: "healthInsurance",
    healthInsurance: "ownIncome",
    ownIncome: [{ guard: "earnsFromJob", target: "currentJob" }, ...toClosing],
    currentJob: toClosing,
    ...closingArrows,
  },
});

/** A husband's or wife's own right to stay after separation or death (§ 31 AufenthG). */
export const ownRight: Service = {
  id: "FAM-31",
  version: "1.0.0",
  leika: leika.residencePermit,
  isSensitive: true,
  flow,
  situation: (facts) => {
    const answers = facts.answers as OwnRightAnswers;
    const { hardship: claimed } = answers;
    return situationOf("FAM-31", answers, {
      onBenefits: isOnBenefits(answers.incomeSources),
      family: familyFacts({
        ownRightCause: answers.ownRightCause,
        sharedFrom: answers.sharedLifeFrom,
        sharedUntil: answers.sharedLifeTo,
        hardship: claimed === undefined ? undefined : claimed !== "no",
      }),
    });
  },
};
