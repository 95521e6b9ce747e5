import type { Answers } from "#flows/engine/facts.ts";
import { defineFlow } from "#flows/engine/flow.ts";
import {
  permanentClosing,
  permanentClosingArrows,
  permanentGuards,
  permanentOpening,
  permanentOpeningArrows,
  permanentSituation,
} from "#flows/services/permanent/frame.ts";
import { leika } from "#flows/services/shared/leika.ts";
import type { Service } from "#flows/services/service.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import type { FamilySituation } from "#flows/law/situations/family.ts";
import { family } from "#flows/steps/family.ts";
import { germanAndLife, permitSince } from "#flows/steps/permanent.ts";
import { kinship, livingTogether, referencePerson } from "#flows/steps/reference.ts";

const steps = {
  ...permanentOpening,
  kinship,
  permitSince,
  referencePerson,
  livingTogether,
  furtherFamily: family,
  germanAndLife,
  ...permanentClosing,
} as const;

type FamilyAnswers = Answers<typeof steps> & TriageAnswers;

const flow = defineFlow<TriageAnswers>()({
  id: "N-28",
  initial: "kinship",
  steps,
  guards: {
    ...permanentGuards,
    isSpouse: ({ answers }) => answers.relationToGerman === "spouse",
  },
  next: {
    kinship: "mrz",
    ...permanentOpeningArrows("permitSince", "referencePerson"),
    permitSince: "absences",
    referencePerson: [{ guard: "isSpouse", target: "livingTogether" }, "furtherFamily"],
    livingTogether: "furtherFamily",
    furtherFamily: "germanAndLife",
    germanAndLife: "housing",
    housing: "healthInsurance",
    ...permanentClosingArrows,
  },
});

/** The German member of the family as the law looks at it; what is not answered yet stays out. */
function familyOf({ relationToGerman, referenceNationalities, separated }: FamilyAnswers): FamilySituation {
  return {
    ...(relationToGerman === undefined ? {} : { relation: relationToGerman }),
    ...(referenceNationalities === undefined ? {} : { isReferenceGerman: referenceNationalities.includes("DEU") }),
    ...(separated === undefined ? {} : { separated }),
  };
}

/** Settlement permit of the family of Germans (§ 28 Abs. 2 AufenthG). */
export const germanFamilySettlement: Service = {
  id: "N-28",
  version: "1.0.0",
  leika: leika.residenceCard,
  flow,
  situation: (facts) => {
    const answers = facts.answers as FamilyAnswers;
    return permanentSituation("N-28", answers, {}, { family: familyOf(answers) });
  },
};
