import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import type { FamilySituation } from "#flows/law/situations/family.ts";
import {
  closing,
  closingArrows,
  frameGuards,
  opening,
  openingArrows,
  toClosing,
} from "#flows/services/shared/frame.ts";
import { known } from "#flows/services/shared/known.ts";
import { leika } from "#flows/services/shared/leika.ts";
import type { Service } from "#flows/services/service.ts";
import { situationOf } from "#flows/services/shared/situation.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { family } from "#flows/steps/family.ts";
import { spouseLanguage } from "#flows/steps/language.ts";
import { healthInsurance } from "#flows/steps/living.ts";
import { currentJob, incomes, isOnBenefits } from "#flows/steps/means.ts";
import {
  custody,
  housing,
  kinship,
  livingTogether,
  marriage,
  referenceAddress,
  referencePerson,
} from "#flows/steps/reference.ts";

const steps = {
  kinship,
  ...opening,
  referencePerson,
  referenceAddress,
  marriage,
  livingTogether,
  custody,
  furtherFamily: family,
  spouseLanguage,
  housing,
  healthInsurance,
  incomes,
  currentJob,
  ...closing,
} as const;

type FamilyAnswers = Answers<typeof steps> & TriageAnswers;

/** The way on from the reference person: the marriage, or for children and parents the custody. */
const toKinship = [{ guard: "isSpouse", target: "marriage" }, "custody"] as const;

const flow = defineFlow<TriageAnswers>()({
  id: "FAM-28",
  initial: "kinship",
  steps,
  guards: {
    ...frameGuards,
    isSpouse: ({ answers }) => answers.relationToGerman === "spouse",
    // The page on the marriage asks for this date.
    isMarriedToGerman: ({ answers }) =>
      answers.relationToGerman === "spouse" &&
      (answers.maritalStatus === "married" || answers.maritalStatus === "civilPartnership"),
    livesElsewhere: ({ answers }) => answers.referenceSameAddress === false,
    needsLanguage: ({ answers }) => answers.relationToGerman === "spouse" && answers.request !== "extension",
    earnsFromJob: ({ answers }) => answers.incomeSources?.includes("job") ?? false,
  },
  next: {
    kinship: "mrz",
    ...openingArrows("referencePerson"),
    maritalStatus: [
      { guard: "hasNoDateOfStatus", target: "passport" },
      { guard: "isMarriedToGerman", target: "passport" },
      "maritalSince",
    ],
    referencePerson: [{ guard: "livesElsewhere", target: "referenceAddress" }, ...toKinship],
    referenceAddress: toKinship,
    marriage: "livingTogether",
    livingTogether: "furtherFamily",
    custody: "furtherFamily",
    furtherFamily: [{ guard: "needsLanguage", target: "spouseLanguage" }, "housing"],
    spouseLanguage: "housing",
    housing: "healthInsurance",
    healthInsurance: "incomes",
    incomes: [{ guard: "earnsFromJob", target: "currentJob" }, ...toClosing],
    currentJob: toClosing,
    ...closingArrows,
  },
});

/** The family as the law looks at it; what is not answered yet stays out. */
function familySituation(answers: FamilyAnswers): FamilySituation {
  const { germanLevel, languageException = "unsure" } = answers;
  return known<FamilySituation>({
    relation: answers.relationToGerman,
    referenceBirth: answers.referenceDateOfBirth,
    isReferenceGerman: answers.referenceNationalities?.includes("DEU"),
    separated: answers.separated,
    speaksGerman: germanLevel === undefined ? undefined : germanLevel !== "none",
    languageException: { yes: true, no: false, unsure: undefined }[languageException],
  });
}

/** Residence permit of the husband or wife, child or parent of a German (§ 28 AufenthG). */
export const germanFamily: Service = {
  id: "FAM-28",
  version: "1.1.0",
  leika: leika.residencePermit,
  flow,
  situation: (facts) => {
    const answers = facts.answers as FamilyAnswers;
    return situationOf("FAM-28", answers, {
      onBenefits: isOnBenefits(answers.incomeSources),
      family: familySituation(answers),
    });
  },
};
