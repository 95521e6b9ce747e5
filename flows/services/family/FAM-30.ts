import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import { isSkilledTitle } from "#flows/law/situations/family.ts";
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
import { spouseLanguage } from "#flows/steps/language.ts";
import { healthInsurance } from "#flows/steps/living.ts";
import { currentJob, incomes, isOnBenefits } from "#flows/steps/means.ts";
import { housing, livingTogether, marriage } from "#flows/steps/reference.ts";

const steps = {
  ...opening,
  ...sponsor,
  marriage,
  livingTogether,
  furtherFamily: family,
  spouseLanguage,
  housing,
  healthInsurance,
  incomes,
  currentJob,
  ...closing,
} as const;

type SpouseAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "FAM-30",
  initial: "mrz",
  steps,
  guards: {
    ...frameGuards,
    ...sponsorGuards,
    ...jobGuards,
    // The page on the marriage asks for this date.
    isMarried: ({ answers }) => answers.maritalStatus === "married" || answers.maritalStatus === "civilPartnership",
    // Spouses of skilled workers need no German, and an extension does not ask again (§ 30 Abs. 1, 3 AufenthG).
    needsGerman: ({ answers }) => answers.request !== "extension" && !isSkilledTitle(answers.referenceTitle),
  },
  next: {
    ...openingArrows("referencePerson"),
    maritalStatus: [
      { guard: "hasNoDateOfStatus", target: "passport" },
      { guard: "isMarried", target: "passport" },
      "maritalSince",
    ],
    ...sponsorArrows("marriage"),
    marriage: "livingTogether",
    livingTogether: "furtherFamily",
    furtherFamily: [
      { guard: "needsGerman", target: "spouseLanguage" },
      { guard: "needsRoom", target: "housing" },
      "healthInsurance",
    ],
    // Whoever needs German is family of somebody for whom room counts as well.
    spouseLanguage: "housing",
    housing: "healthInsurance",
    healthInsurance: "incomes",
    incomes: [{ guard: "earnsFromJob", target: "currentJob" }, ...toClosing],
    currentJob: toClosing,
    ...closingArrows,
  },
});

/** Residence permit of the husband or wife of a foreigner (§ 30 AufenthG). */
export const foreignersSpouse: Service = {
  id: "FAM-30",
  version: "1.0.0",
  leika: leika.spouseOfForeigner,
  flow,
  situation: (facts) => {
    const answers = facts.answers as SpouseAnswers;
    const { germanLevel, languageException = "unsure" } = answers;
    return situationOf("FAM-30", answers, {
      onBenefits: isOnBenefits(answers.incomeSources),
      family: familyFacts({
        ...sponsorFacts(answers),
        relation: "spouse",
        separated: answers.separated,
        speaksGerman: germanLevel === undefined ? undefined : germanLevel !== "none",
        languageException: { yes: true, no: false, unsure: undefined }[languageException],
      }),
    });
  },
};
