import type { ServiceId } from "#flows/services/registry.ts";

/** M: ask and require · C: ask where it matters · O: may be asked, answering is voluntary · –: do not ask. */
type Mark = "M" | "C" | "O" | "–";
/** Columns of domain 2.8 that residence services follow. */
type Column = "work" | "study" | "family";

/** The matrix of domain 2.8: block and its mark in the columns Work, Study and Family. */
const matrix = {
  person: ["M", "M", "M"],
  formerNames: ["C", "C", "C"],
  // The page comes to everybody; filling it is voluntary, because the authority measures at the appointment.
  heightAndEyes: ["M", "M", "M"],
  passport: ["M", "M", "M"],
  currentTitle: ["M", "M", "M"],
  addressAndContact: ["M", "M", "M"],
  entry: ["M", "M", "M"],
  previousStays: ["O", "O", "O"],
  spouseAndChildren: ["M", "O", "M"],
  parents: ["–", "C", "C"],
  referencePerson: ["–", "–", "M"],
  employerAndJob: ["M", "C", "C"],
  studyAndTraining: ["C", "M", "–"],
  qualification: ["M", "C", "–"],
  languageAndIntegration: ["C", "M", "C"],
  livelihood: ["C", "M", "M"],
  healthInsurance: ["M", "M", "M"],
  housing: ["–", "–", "M"],
  offences: ["C", "C", "C"],
  lossDetails: ["–", "–", "–"],
  postalDelivery: ["O", "O", "O"],
  // Not in the matrix: asked of those who file for somebody else (domain 1.1, T2).
  representation: ["C", "C", "C"],
  declarations: ["M", "M", "M"],
} as const satisfies Record<string, readonly [Mark, Mark, Mark]>;
type BlockName = keyof typeof matrix;
const blockNames = Object.keys(matrix) as BlockName[];

const columns: readonly Column[] = ["work", "study", "family"];
const named = (fields: string): string[] => fields.trim().split(/\s+/);

/** Fields that fill a block the same way in every service that asks it (domain 2.1 to 2.7). */
const shared: Partial<Record<BlockName, string[]>> = {
  person: named(`
    familyName noFamilyName givenNames noGivenNames doctorate nameChanged dateOfBirth dateOfBirthUnknown
    placeOfBirth countryOfBirth sex maritalStatus maritalStatusSince azrNumber foreignersFileNo
  `),
  formerNames: named("birthName otherNames"),
  heightAndEyes: named("heightCm eyeColour"),
  passport: named(`
    docType number issuingState issuedBy issuedOn validUntil unlimited noPassportReason noPassportDetails
  `),
  currentTitle: named(`
    visaNumber visaIssuedAt visaValidFrom visaPurpose legalBasisText cardNumber titleValidFrom
    issuingAuthority conditionsText
  `),
  addressAndContact: named(`
    street houseNo addressSuffix coName addressSince registered email emailRepeat phone preferredLanguage needs
  `),
  entry: named("entryDateCurrent entryDateFirst entryFrom"),
  previousStays: named("stayFrom stayTo stayPlace stayTitle"),
  spouseAndChildren: named(`
    relation relativeFamilyName relativeGivenNames relativeBirthName relativeDateOfBirth relativePlaceOfBirth
    relativeSex relativeNationality relativeResidence relativeSameAddress relativeTitle relativeTitleValidUntil
    relativeCountry relativeWillJoin
  `),
  healthInsurance: named("healthInsurance insuranceCompany"),
  offences: named("convicted pendingProceedings expelledOrRefused offenceDetails"),
  postalDelivery: named("postalDelivery"),
  representation: named(`
    representativeRole representativeFamilyName representativeGivenNames representativeDateOfBirth
    representativePhone declareAuthorised
  `),
  declarations: named("declareTrue declareDuties consentEmail"),
};

const jobFields = named(`
  employerChanged employerName employerStreet employerPostalCode employerPlace employerIndustry employerNumber
  ownShare employerContactName employerPhone employerEmail jobTitle jobDuties jobStart jobEnd weeklyHours workplace
  temporaryAgency regulatedProfession grossAnnual
`);
const degreeFields = named("degree fieldOfStudy degreeTitle university degreeCountry degreeDate recognitionStatus");
const sideJob = named("currentEmployer currentJobTitle currentWeeklyHours");
const funding = named("incomeSources monthlyMeans savings monthsCovered publicScholarship");
const german = named("germanLevel languageCertificate languageCertificateDate");

/** What a service fills the other blocks with, and the personas that come by its pages. */
type Use = {
  column: Column;
  own: Partial<Record<BlockName, string[]>>;
  /** Marks that the service's own row in domain 1.4 to 1.6 narrows. */
  marks?: Partial<Record<BlockName, Mark>>;
  personas: readonly string[];
  /** Conditional blocks that do not concern the first persona. */
  away: readonly BlockName[];
};

const uses: Readonly<Record<ServiceId, Use>> = {
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
    personas: ["p4"],
    away: ["representation", "formerNames", "employerAndJob"],
  },
  "A-16b": {
    column: "study",
    own: {
      employerAndJob: sideJob,
      studyAndTraining: named(`
        studyKind institution institutionPlace matriculationNumber studySubject degreeAimed studyStart studyEnd
        semester creditPoints studyOnTime studyInterrupted subjectChanged studyDelayDetails
      `),
      languageAndIntegration: german,
      livelihood: funding,
    },
    personas: ["a16b-first", "a16b"],
    away: ["representation", "formerNames", "employerAndJob"],
  },
  "FAM-28": {
    column: "family",
    own: {
      employerAndJob: sideJob,
      referencePerson: named(`
        relationToGerman referenceFamilyName referenceGivenNames referenceDateOfBirth referenceNationalities
        referenceSameAddress referenceStreet referenceHouseNo referencePostalCode referencePlace marriageDate
        marriagePlace marriageCountry earlierMarriages livingTogetherSince separated separatedSince
        declareSharedHome custody
      `),
      languageAndIntegration: [...german, "languageException"],
      livelihood: named("incomeSources ownNetMonthly referenceNetMonthly"),
      housing: named("housingKind flatArea rooms rent householdSize"),
    },
    personas: ["p5", "fam28-parent", "fam28-apart"],
    away: ["representation", "formerNames", "employerAndJob"],
  },
};

/** A block as a service uses it: its mark, and the fields that fill it. */
type Block = { name: BlockName; mark: Mark; fields: readonly string[] };

/** The blocks of a service by domain 2.8, with the personas that prove them. */
export function blocksOf(service: ServiceId): Pick<Use, "personas" | "away"> & { blocks: readonly Block[] } {
  const { column, own, marks = {}, personas, away } = uses[service];
  const blocks = blockNames.map((name) => ({
    name,
    mark: marks[name] ?? matrix[name][columns.indexOf(column)] ?? "–",
    fields: own[name] ?? shared[name] ?? [],
  }));
  return { blocks, personas, away };
}
