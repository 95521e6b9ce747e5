import type { Answers, Facts } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { protectionFacts } from "#flows/services/protection/frame.ts";
import type { Service } from "#flows/services/service.ts";
import { closing, closingArrows, frameGuards, opening, openingArrows } from "#flows/services/shared/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { family } from "#flows/steps/family.ts";
import { germanKnowledge } from "#flows/steps/language.ts";
import { currentJob, isOnBenefits, ownIncome } from "#flows/steps/means.ts";
import { unbrokenStay, workShare } from "#flows/steps/protection.ts";
import { isSurelyMinor } from "#flows/steps/rules.ts";

const steps = {
  ...opening,
  family,
  unbrokenStay,
  germanKnowledge,
  ownIncome,
  currentJob,
  workShare,
  ...closing,
} as const;

type IntegratedAnswers = Answers<typeof steps> & TriageAnswers;

// Offences are asked whatever the authority's switch says: some exclude this title (§ 25b Abs. 2 Nr. 2 AufenthG).
const flow = defineFlow<TriageAnswers>()({
  id: "H-25b",
  initial: "mrz",
  steps,
  guards: {
    ...frameGuards,
    earnsFromJob: ({ answers }) => answers.incomeSources?.includes("job") ?? false,
  },
  next: {
    ...openingArrows("family"),
    family: "unbrokenStay",
    unbrokenStay: "germanKnowledge",
    germanKnowledge: "ownIncome",
    ownIncome: [{ guard: "earnsFromJob", target: "currentJob" }, "workShare"],
    currentJob: "workShare",
    workShare: "offences",
    ...closingArrows,
  },
});

/** True if a child under 18 lives in the same home. */
function livesWithMinor({ family: relatives }: IntegratedAnswers, today: Facts["today"]): boolean | undefined {
  return relatives?.some(
    ({ relation, relativeDateOfBirth, relativeSameAddress }) =>
      relation === "child" && relativeSameAddress === true && isSurelyMinor(relativeDateOfBirth, today),
  );
}

/** Residence permit of people who have settled in for years (§ 25b AufenthG). */
export const sustainedIntegration: Service = {
  id: "H-25b",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as IntegratedAnswers;
    const { germanLevel } = answers;
    return situationOf("H-25b", answers, {
      onBenefits: isOnBenefits(answers.incomeSources),
      protection: protectionFacts(answers, {
        stayingSince: answers.stayingSince,
        hasMinorChild: livesWithMinor(answers, facts.today),
        speaksA2: germanLevel === undefined ? undefined : germanLevel !== "none" && germanLevel !== "a1",
        livesFromWork: answers.livesMostlyFromWork,
      }),
    });
  },
};
