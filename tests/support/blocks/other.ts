import { documentBlocks } from "#tests/support/blocks/documents.ts";
import { sideJob } from "#tests/support/blocks/fields.ts";
import { named, shared, type Use } from "#tests/support/blocks/matrix.ts";

/** A condition brings no new card: nothing of former names, height or post. */
const conditionPerson = {
  person: (shared.person ?? []).filter((field) => field !== "nameChanged"),
  heightAndEyes: [],
  postalDelivery: [],
};
const union = named(`
  referenceFamilyName referenceGivenNames referenceDateOfBirth referenceNationalities referenceSameAddress
`);
const lawfulStay = named("stayingSince absenceFrom absenceTo absenceReason");

const conditions: Readonly<Record<string, Use>> = {
  "C-WORK": {
    column: "work condition",
    own: {
      ...conditionPerson,
      employerAndJob: named(`
        employmentWish employerName employerStreet employerPostalCode employerPlace employerIndustry employerNumber
        ownShare employerContactName employerPhone employerEmail jobTitle jobDuties jobStart jobEnd weeklyHours
        workplace temporaryAgency regulatedProfession
      `),
    },
    personas: ["c-work", "c-work-duldung"],
    away: ["representation"],
  },
  "C-COND": {
    column: "residence condition",
    own: {
      ...conditionPerson,
      spouseAndChildren: [],
      healthInsurance: [],
      livelihood: ["onBenefits"],
      ownGrounds: named("conditionSubject conditionReason"),
    },
    marks: { ownGrounds: "M" },
    personas: ["c-cond"],
    away: ["representation"],
  },
  "C-RES": {
    column: "residence condition",
    own: {
      ...conditionPerson,
      spouseAndChildren: [],
      healthInsurance: [],
      referencePerson: named("movingRelation movingRelativeName"),
      employerAndJob: named("movingEmployer movingWeeklyHours movingNetMonthly"),
      studyAndTraining: named("movingInstitution movingCourseStart"),
      livelihood: ["onBenefits"],
      housing: named("hasNewFlat flatArea householdSize"),
      ownGrounds: named("obligationArea targetPostalCode targetPlace residenceReason movingHardship"),
    },
    marks: { ownGrounds: "M" },
    personas: ["c-res", "c-res-course", "c-res-family", "c-res-hardship"],
    away: ["representation", "referencePerson", "studyAndTraining"],
  },
};

const freeMovement: Readonly<Record<string, Use>> = {
  "EU-CARD": {
    column: "free movement",
    own: {
      referencePerson: [...union, "unionKinship"],
      employerAndJob: ["unionPersonStatus"],
      livelihood: ["jointMonthlyMeans"],
    },
    personas: ["eu-card", "eu-card-mother"],
    away: ["representation", "formerNames", "livelihood", "healthInsurance"],
  },
  "EU-CARD3a": {
    column: "free movement",
    own: {
      referencePerson: [...union, "closeKinship", "dependencyDetails"],
      employerAndJob: ["unionPersonStatus"],
      livelihood: ["jointMonthlyMeans"],
    },
    personas: ["eu-card3a", "eu-card3a-health"],
    away: ["representation", "formerNames", "livelihood", "healthInsurance"],
  },
  "EU-PERM": {
    column: "free movement",
    own: { referencePerson: [...union, "unionKinship"], healthInsurance: [], ownGrounds: lawfulStay },
    // Five years and absences are all that counts; a Union citizen shows nobody else (domain 1.9).
    marks: { referencePerson: "C", employerAndJob: "–", spouseAndChildren: "–", ownGrounds: "M" },
    personas: ["eu-perm-union", "eu-perm"],
    away: ["representation", "formerNames", "referencePerson"],
  },
  "EU-GB": {
    column: "free movement",
    own: { healthInsurance: [], ownGrounds: lawfulStay },
    marks: { referencePerson: "–", employerAndJob: "–", spouseAndChildren: "–", ownGrounds: "M" },
    personas: ["eu-gb"],
    away: ["representation", "formerNames"],
  },
};

const toleration: Readonly<Record<string, Use>> = {
  "G-DULD": {
    column: "toleration",
    own: {
      previousStays: [],
      spouseAndChildren: [],
      employerAndJob: sideJob,
      studyAndTraining: named("toleratedTrainingOccupation toleratedTrainingPlace toleratedTrainingStart"),
      livelihood: ["onBenefits"],
      offences: [],
      ownGrounds: named("tolerationReason passportEfforts tolerationHealth tolerationDetails"),
    },
    marks: { ownGrounds: "M" },
    personas: ["g-duld", "e1", "g-duld-training", "g-duld-job", "g-duld-health"],
    away: ["representation", "formerNames", "employerAndJob", "studyAndTraining"],
  },
  "G-GEST": {
    column: "toleration",
    own: {
      entry: [],
      previousStays: [],
      spouseAndChildren: [],
      offences: [],
      ownGrounds: named("inReceptionCentre asylumFileNumber"),
    },
    marks: { ownGrounds: "M" },
    personas: ["g-gest"],
    away: ["representation", "formerNames"],
  },
};

/** Blocks of these services (domain 2.8). */
export const otherBlocks: Readonly<Record<string, Use>> = {
  ...conditions,
  ...documentBlocks,
  ...freeMovement,
  ...toleration,
};
