/** M: ask and require · C: ask where it matters · O: may be asked, answering is voluntary · –: do not ask. */
export type Mark = "M" | "C" | "O" | "–";

/** Columns of domain 2.8 that services follow. */
export const columns = [
  "work",
  "study",
  "family",
  "protection",
  "permanent",
  "work condition",
  "residence condition",
  "card",
  "travel document",
  "free movement",
  "declaration",
  "toleration",
  "ukraine",
] as const;
export type Column = (typeof columns)[number];

const marks = (row: string): readonly Mark[] => row.split(" ") as Mark[];

/** The matrix of domain 2.8: a block and its marks in the order of the columns. */
export const matrix = {
  person: marks("M M M M M M M M M M M M M"),
  formerNames: marks("C C C C C – – C C C C C C"),
  // The page comes to everybody; filling it is voluntary, because the authority measures at the appointment.
  heightAndEyes: marks("M M M M M C C M M M – – M"),
  passport: marks("M M M C M M O M C M M C M"),
  currentTitle: marks("M M M M M M M M M C C M C"),
  addressAndContact: marks("M M M M M M M M M M M M M"),
  entry: marks("M M M M C – – – – M – O M"),
  previousStays: marks("O O O O C – – – – M – O O"),
  spouseAndChildren: marks("M O M M M – C – – M C C M"),
  parents: marks("– C C C C – – C C C – C C"),
  referencePerson: marks("– – M C C – C – – M M – –"),
  employerAndJob: marks("M C C C M M C – – M M C O"),
  studyAndTraining: marks("C M – C – – C – – C – C –"),
  qualification: marks("M C – C – C – – – – – O –"),
  languageAndIntegration: marks("C M C C M – C – – – – O O"),
  livelihood: marks("C M M C M – C C C C M C C"),
  healthInsurance: marks("M M M O M – O – – C C – O"),
  housing: marks("– – M – M – C – – – M – O"),
  offences: marks("C C C C M – – – – – – C –"),
  lossDetails: marks("– – – – – – – C C – – – –"),
  postalDelivery: marks("O O O O O O – O – O – – O"),
  // Not in the matrix: asked of those who file for somebody else (domain 1.1, T2).
  representation: marks("C C C C C C C C C C – C C"),
  // Not in the matrix: decision, admission or reasons that the service's own row of domain 1.7 or 1.9 names.
  ownGrounds: marks("– – – C – – – – – – – – M"),
  declarations: marks("M M M M M M M M M M M M M"),
} as const satisfies Record<string, readonly Mark[]>;
export type BlockName = keyof typeof matrix;
export const blockNames = Object.keys(matrix) as BlockName[];

/** Names of fields as a list that is easy to read. */
export const named = (fields: string): string[] => fields.trim().split(/\s+/);

/** Fields that fill a block the same way in every service that asks it (domain 2.1 to 2.7). */
export const shared: Partial<Record<BlockName, string[]>> = {
  person: named(`
    mrz familyName noFamilyName givenNames noGivenNames familyNameOriginal givenNamesOriginal doctorate nameChanged
    dateOfBirth dateOfBirthUnknown placeOfBirth countryOfBirth sex maritalStatus maritalStatusSince azrNumber foreignersFileNo
  `),
  formerNames: named("birthName otherNames"),
  heightAndEyes: named("heightCm eyeColour photoCode"),
  passport: named(`
    docType number issuingState issuedBy issuedOn validUntil unlimited noPassportReason noPassportDetails
  `),
  currentTitle: named(`
    visaNumber visaIssuedAt visaValidFrom visaPurpose legalBasisText cardNumber titleValidFrom
    issuingAuthority conditionsText turkishAssociation
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

/** What a service fills the other blocks with, and the personas that come by its pages. */
export type Use = {
  column: Column;
  own: Partial<Record<BlockName, string[]>>;
  /** Marks that the service's own row in domain 1.4 to 1.9 narrows. */
  marks?: Partial<Record<BlockName, Mark>>;
  personas: readonly string[];
  /** Conditional blocks that do not concern the first persona. */
  away: readonly BlockName[];
};
