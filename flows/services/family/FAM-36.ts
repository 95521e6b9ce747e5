import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import {
  familyFacts,
  jobGuards,
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
import { family } from "#flows/steps/family.ts";
import { healthInsurance } from "#flows/steps/living.ts";
import { currentJob, incomes, isOnBenefits } from "#flows/steps/means.ts";
import { housing } from "#flows/steps/reference.ts";
import { otherKinship, protectedKinship, relativesNeed, workerSince } from "#flows/steps/sponsor.ts";

const steps = {
  ...opening,
  ...sponsor,
  otherKinship,
  protectedKinship,
  workerSince,
  relativesNeed,
  furtherFamily: family,
  housing,
  healthInsurance,
  incomes,
  currentJob,
  ...closing,
} as const;

type RelativeAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "FAM-36",
  initial: "mrz",
  steps,
  guards: {
    ...frameGuards,
    livesElsewhere: sponsorGuards.livesElsewhere,
    ...jobGuards,
    isSubsidiaryFamily: ({ answers }) => answers.familyGoal === "subsidiaryFamily",
    isParentOfWorker: ({ answers }) =>
      answers.otherKinship === "parentOfWorker" || answers.otherKinship === "parentInLawOfWorker",
    isOtherKin: ({ answers }) => answers.otherKinship === "otherKin",
    // Neither means nor room are a condition for parents of protected minors (§ 36 Abs. 1 AufenthG).
    isParentOfMinor: ({ answers }) => answers.otherKinship === "parentOfMinor",
  },
  next: {
    ...openingArrows("referencePerson"),
    ...sponsorArrows([{ guard: "isSubsidiaryFamily", target: "protectedKinship" }, "otherKinship"]),
    otherKinship: [
      { guard: "isParentOfWorker", target: "workerSince" },
      { guard: "isOtherKin", target: "relativesNeed" },
      "furtherFamily",
    ],
    protectedKinship: "furtherFamily",
    workerSince: "furtherFamily",
    relativesNeed: "furtherFamily",
    furtherFamily: [{ guard: "isParentOfMinor", target: "healthInsurance" }, "housing"],
    housing: "healthInsurance",
    healthInsurance: "incomes",
    incomes: [{ guard: "earnsFromJob", target: "currentJob" }, ...toClosing],
    currentJob: toClosing,
    ...closingArrows,
  },
});

/** Residence permit of parents and other relatives (§ 36 AufenthG), extension for the family of § 36a AufenthG. */
export const otherRelatives: Service = {
  id: "FAM-36",
  version: "1.0.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as RelativeAnswers;
    return situationOf("FAM-36", answers, {
      onBenefits: isOnBenefits(answers.incomeSources),
      family: familyFacts({
        ...sponsorFacts(answers),
        relation: answers.relationToProtected,
        otherKinship: answers.otherKinship,
        firstSkilledTitleOn: answers.referenceFirstTitleOn,
        isSubsidiaryFamily: answers.familyGoal === "subsidiaryFamily" ? true : undefined,
      }),
    });
  },
};
