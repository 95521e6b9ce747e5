import { degreeFields, funding, german, jobFields, sideJob } from "#tests/support/blocks/fields.ts";
import { named, shared, type Use } from "#tests/support/blocks/matrix.ts";

/** Means of people for whom a scholarship makes no difference. */
const withoutScholarship = funding.filter((field) => field !== "publicScholarship");

/** Blocks of these services (domain 2.8). */
export const workBlocks: Readonly<Record<string, Use>> = {
  "W-18a": {
    column: "work",
    own: {
      employerAndJob: jobFields,
      qualification: named(`
        trainingOrigin trainingOccupation trainingSchool trainingCountry trainingDate equivalenceStatus
        firstSkilledTitle
      `),
      livelihood: ["onBenefits"],
    },
    personas: ["p2", "w18a-first"],
    away: ["representation", "formerNames"],
  },
  "W-18b": {
    column: "work",
    own: {
      employerAndJob: jobFields,
      qualification: [...degreeFields, "degreeLevel", "firstSkilledTitle"],
      livelihood: ["onBenefits"],
    },
    personas: ["w18b"],
    away: ["representation", "formerNames"],
  },
  "W-18g": {
    column: "work",
    own: {
      employerAndJob: [...jobFields, "employerChangedFirstYear", "shortageOccupation", "holdsOtherBlueCard"],
      qualification: [...degreeFields, "isItJob", "itExperienceYears"],
      livelihood: ["onBenefits"],
    },
    personas: ["p1", "family", "represented", "child", "expired", "unknown", "w18g-extension", "w18g-change"],
    away: ["representation", "formerNames"],
  },
  "W-20": {
    column: "work",
    own: {
      employerAndJob: sideJob,
      studyAndTraining: ["searchAfter"],
      qualification: named("completedTitle completedAt completedOn"),
      livelihood: funding,
    },
    // Whoever looks for work has no employer yet; a job for the time between is asked of those who live on one.
    marks: { employerAndJob: "C" },
    personas: ["p4", "w20-research", "w20-training", "w20-care"],
    away: ["representation", "formerNames", "employerAndJob"],
  },
  "W-18d": {
    column: "work",
    own: {
      employerAndJob: jobFields,
      qualification: named("institutionRecognised costsCovered mobilityProgramme researchPaid"),
      livelihood: ["onBenefits", ...funding],
    },
    personas: ["w18d", "w18d-scholarship", "w18d-extension"],
    away: ["representation", "formerNames"],
  },
  "W-19c1": {
    column: "work",
    own: { employerAndJob: jobFields, qualification: ["listedJob"], livelihood: ["onBenefits"] },
    personas: ["w19c1", "w19c1-extension"],
    away: ["representation", "formerNames"],
  },
  "W-19c2": {
    column: "work",
    own: {
      employerAndJob: [...jobFields, "tariffBound"],
      qualification: named("isItJob yearsOfFive homeQualification"),
      livelihood: ["onBenefits"],
    },
    personas: ["w19c2", "w19c2-it", "w19c2-extension"],
    away: ["representation", "formerNames"],
  },
  "W-19d": {
    column: "work",
    own: {
      currentTitle: [...(shared.currentTitle ?? []), "toleratedSince", "identityClarified"],
      employerAndJob: jobFields,
      qualification: ["toleratedWay"],
      languageAndIntegration: german,
      livelihood: ["onBenefits"],
      housing: named("housingKind flatArea rooms rent householdSize"),
    },
    // The row of the service names the flat and German (§ 19d Abs. 1 Nr. 2, 3 AufenthG).
    marks: { languageAndIntegration: "M", housing: "M" },
    personas: ["w19d", "w19d-years", "w19d-extension"],
    away: ["representation", "formerNames"],
  },
  "W-19e": {
    column: "work",
    own: {
      employerAndJob: named(`
        employerName employerStreet employerPostalCode employerPlace employerContactName employerPhone employerEmail
        jobDuties jobStart jobEnd weeklyHours
      `),
      livelihood: ["onBenefits"],
    },
    // Volunteers need no qualification.
    marks: { qualification: "–" },
    personas: ["w19e"],
    away: ["representation", "formerNames"],
  },
  "W-20a": {
    column: "work",
    own: {
      currentTitle: [...(shared.currentTitle ?? []), "presentTitlePurpose"],
      previousStays: [...(shared.previousStays ?? []), "lawfulHalfYear"],
      spouseAndChildren: [...(shared.spouseAndChildren ?? []), "partnerApplies"],
      employerAndJob: jobFields.filter((field) => field !== "employerChanged"),
      qualification: named(`
        opportunityCardKind skilledStatus completedTitle completedAt completedOn homeQualification partialRecognition
        yearsOfFive yearsOfSeven shortageOccupation
      `),
      languageAndIntegration: [...german, "englishLevel"],
      livelihood: [...withoutScholarship, "onBenefits"],
    },
    // Only the second card builds on a job.
    marks: { employerAndJob: "C" },
    personas: ["w20a", "w20a-few", "w20a-skilled", "w20a-followup"],
    away: ["representation", "formerNames", "employerAndJob"],
  },
  "W-21": {
    column: "work",
    own: {
      employerAndJob: named(`
        selfEmployment legalForm businessCapital businessJobs freelanceClients
        businessIndustry businessStart businessTurnover regulatedProfession
        businessIndustry businessStart businessTurnover regulatedProfession
      `),
      qualification: named("completedTitle completedAt completedOn"),
      livelihood: withoutScholarship,
    },
    // Only graduates name what they have learned.
    marks: { qualification: "C" },
    personas: ["w21", "w21-graduate", "w21-freelance", "w21-extension"],
    away: ["representation", "formerNames", "qualification"],
  },
  "W-FAST": {
    column: "work",
    // The employer files: of the workers abroad only what the authority needs to begin (domain 1.4).
    own: {
      person: named("workerFamilyName workerGivenNames workerDateOfBirth workerNationality workerCountry"),
      addressAndContact: named("email emailRepeat"),
      employerAndJob: [
        ...jobFields.filter(
          (field) => field !== "employerChanged" && field !== "ownShare" && field !== "employerEmail",
        ),
        "fastTrackAgreement",
      ],
      qualification: named("workerQualification workerRecognition"),
      representation: ["powerOfAttorney"],
    },
    marks: {
      formerNames: "–",
      heightAndEyes: "–",
      passport: "–",
      currentTitle: "–",
      entry: "–",
      previousStays: "–",
      spouseAndChildren: "–",
      studyAndTraining: "–",
      languageAndIntegration: "–",
      livelihood: "–",
      healthInsurance: "–",
      offences: "–",
      postalDelivery: "–",
      representation: "M",
    },
    personas: ["wfast"],
    away: [],
  },
};
