import { german, sideJob } from "#tests/support/blocks/fields.ts";
import { named, shared, type BlockName, type Use } from "#tests/support/blocks/matrix.ts";

/** Fields that every permanent title fills the same way; of the stay only times abroad count. */
const own: Partial<Record<BlockName, string[]>> = {
  currentTitle: [...(shared.currentTitle ?? []), "permitSince"],
  entry: [],
  previousStays: named("absenceFrom absenceTo absenceReason"),
  employerAndJob: sideJob,
  languageAndIntegration: [...german, "lifeInGermany"],
  livelihood: named("incomeSources ownNetMonthly pensionMonths"),
  housing: named("housingKind flatArea rooms rent householdSize"),
};
const livelihood = named("incomeSources ownNetMonthly");
const reference = named(`
  referenceFamilyName referenceGivenNames referenceDateOfBirth referenceNationalities referenceSameAddress
  livingTogetherSince separated separatedSince declareSharedHome
`);
const away: readonly BlockName[] = ["representation", "formerNames"];

/** Blocks of these services (domain 2.8). */
export const permanentBlocks: Readonly<Record<string, Use>> = {
  "N-9": {
    column: "permanent",
    own: { ...own, livelihood: [...livelihood, "pensionMonths", "spousePension"] },
    personas: ["n-9"],
    away,
  },
  "N-9-3a": {
    column: "permanent",
    own: { ...own, livelihood, referencePerson: reference },
    personas: ["n-9-3a"],
    away,
  },
  "N-9a": { column: "permanent", own, personas: ["n-9a"], away },
  "N-18c1": {
    column: "permanent",
    own: { ...own, qualification: ["completedInGermany"] },
    // A degree from Germany shortens the time (§ 18c Abs. 1 S. 2 AufenthG, domain 1.8).
    marks: { qualification: "C" },
    personas: ["n-18c1"],
    away,
  },
  "N-18c2": { column: "permanent", own, personas: ["n-18c2"], away },
  "N-18c3": {
    column: "permanent",
    own: { ...own, livelihood, languageAndIntegration: german },
    personas: ["n-18c3"],
    away,
  },
  "N-21-4": {
    column: "permanent",
    own: {
      ...own,
      livelihood,
      languageAndIntegration: german,
      employerAndJob: [...sideJob, "businessActivity", "businessSince"],
    },
    personas: ["n-21-4"],
    away,
  },
  "N-26": {
    column: "permanent",
    own: {
      ...own,
      currentTitle: [...(shared.currentTitle ?? []), "protectionStatus", "permitSince", "asylumSince"],
      livelihood: [...livelihood, "pensionMonths", "spousePension"],
    },
    personas: ["n-26", "n-26-subsidiary"],
    away,
  },
  "N-28": {
    column: "permanent",
    own: { ...own, livelihood, referencePerson: ["relationToGerman", ...reference] },
    // Not everybody in the family works, and the spouse's or parents' income may be enough.
    marks: { employerAndJob: "C" },
    personas: ["n-28", "n-28-parent"],
    away: [...away, "employerAndJob"],
  },
  "N-35": {
    column: "permanent",
    own: { ...own, livelihood, languageAndIntegration: german },
    // Many are still at school (§ 35 AufenthG).
    marks: { employerAndJob: "C" },
    personas: ["n-35", "n-35-minor"],
    away: [...away, "employerAndJob"],
  },
};
