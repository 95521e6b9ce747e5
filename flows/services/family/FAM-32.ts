import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { ageBand } from "#flows/law/age.ts";
import { lawValue } from "#flows/law/law.ts";
import { mayComeAlone } from "#flows/law/situations/family.ts";
import {
  custodyGuards,
  familyFacts,
  parentFacts,
  sponsor,
  sponsorArrows,
  sponsorFacts,
  sponsorGuards,
} from "#flows/services/family/frame.ts";
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
import { germanKnowledge } from "#flows/steps/language.ts";
import { healthInsurance } from "#flows/steps/living.ts";
import { incomes, isOnBenefits } from "#flows/steps/means.ts";
import { custody, housing } from "#flows/steps/reference.ts";
import { movedTogether, otherParent } from "#flows/steps/sponsor.ts";

const steps = {
  ...opening,
  ...sponsor,
  movedTogether,
  germanKnowledge,
  custody,
  otherParent,
  housing,
  healthInsurance,
  incomes,
  ...closing,
} as const;

type ChildAnswers = Answers<typeof steps> & TriageAnswers;

/** The way on from the parents: the flat, unless it does not count. */
const toHome = [{ guard: "needsRoom", target: "housing" }, "healthInsurance"] as const;

const flow = defineFlow<TriageAnswers>()({
  id: "FAM-32",
  initial: "mrz",
  steps,
  guards: {
    ...frameGuards,
    ...sponsorGuards,
    ...custodyGuards,
    isOlderChild: ({ answers, law, today }) => {
      const age = lawValue(law, "age.childJoining");
      const isExempt = answers.request === "extension" || mayComeAlone(answers.referenceTitle);
      return !isExempt && age !== undefined && ageBand(answers.dateOfBirth, today, age) !== "below";
    },
    cameAlone: ({ answers }) => answers.movedTogether === false,
  },
  next: {
    ...openingArrows("referencePerson"),
    ...sponsorArrows([{ guard: "isOlderChild", target: "movedTogether" }, "custody"]),
    movedTogether: [{ guard: "cameAlone", target: "germanKnowledge" }, "custody"],
    germanKnowledge: "custody",
    custody: [{ guard: "sharesCustody", target: "otherParent" }, ...toHome],
    otherParent: toHome,
    housing: "healthInsurance",
    healthInsurance: "incomes",
    incomes: toClosing,
    ...closingArrows,
  },
});

/** Residence permit of an unmarried child under 18 who joins its parents (§ 32 AufenthG). */
export const joiningChild: Service = {
  id: "FAM-32",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as ChildAnswers;
    return situationOf("FAM-32", answers, {
      onBenefits: isOnBenefits(answers.incomeSources),
      family: familyFacts({
        ...sponsorFacts(answers),
        ...parentFacts(answers),
        relation: "child",
        movedTogether: answers.movedTogether,
      }),
    });
  },
};
