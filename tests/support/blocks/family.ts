import { german, sideJob } from "#tests/support/blocks/fields.ts";
import { named, type Use } from "#tests/support/blocks/matrix.ts";
import { safeContact, safeDeclarations } from "#tests/support/blocks/safe.ts";

const sponsor = named(`
  referenceFamilyName referenceGivenNames referenceDateOfBirth referenceNationalities referenceSameAddress
  referenceStreet referenceHouseNo referencePostalCode referencePlace
`);
const sponsorTitle = named("referenceTitle referenceTitleValidUntil");
const marriage = named("marriageDate marriagePlace marriageCountry earlierMarriages");
const livingTogether = named("livingTogetherSince separated separatedSince declareSharedHome");
const otherParent = named("otherParentFamilyName otherParentGivenNames otherParentResidence otherParentTitle");
const incomes = named("incomeSources ownNetMonthly referenceNetMonthly");
const housing = named("housingKind flatArea rooms rent householdSize");

/** Blocks of these services (domain 2.8). */
export const familyBlocks: Readonly<Record<string, Use>> = {
  "FAM-28": {
    column: "family",
    own: {
      employerAndJob: sideJob,
      referencePerson: ["relationToGerman", ...sponsor, ...marriage, ...livingTogether, "custody"],
      languageAndIntegration: [...german, "languageException"],
      livelihood: incomes,
      housing,
    },
    personas: ["p5", "fam28-parent", "fam28-apart", "fam28-child"],
    away: ["representation", "formerNames", "employerAndJob"],
  },
  "FAM-30": {
    column: "family",
    own: {
      employerAndJob: sideJob,
      referencePerson: [...sponsor, ...sponsorTitle, ...marriage, ...livingTogether],
      languageAndIntegration: [...german, "languageException"],
      livelihood: incomes,
      housing,
    },
    // Families of skilled workers need no room of a certain size (§ 29 Abs. 5 AufenthG).
    marks: { housing: "C" },
    personas: ["fam-30", "fam-30-skilled", "fam-30-apart", "fam-30-refugee"],
    away: ["representation", "formerNames", "employerAndJob"],
  },
  "FAM-31": {
    column: "family",
    own: {
      addressAndContact: safeContact,
      declarations: safeDeclarations,
      employerAndJob: sideJob,
      referencePerson: [
        ...named("referenceFamilyName referenceGivenNames referenceDateOfBirth referenceNationalities"),
        ...marriage,
        ...named("ownRightCause sharedLifeFrom sharedLifeTo hardship hardshipReasons"),
      ],
      livelihood: named("incomeSources ownNetMonthly"),
    },
    // The own right has no condition of room, which belongs to joining somebody (§ 29 Abs. 1 Nr. 2 AufenthG).
    marks: { housing: "–" },
    personas: ["fam-31-widowed", "fam-31", "fam-31-short", "fam-31-open"],
    away: ["representation", "formerNames", "employerAndJob"],
  },
  "FAM-32": {
    column: "family",
    own: {
      parents: [...otherParent, "custody"],
      referencePerson: [...sponsor, ...sponsorTitle, "movedTogether"],
      languageAndIntegration: german,
      livelihood: incomes,
      housing,
    },
    // The child is unmarried and under 18.
    marks: { housing: "C", spouseAndChildren: "–" },
    personas: ["fam-32", "fam-32-alone", "fam-32-together", "fam-32-skilled", "fam-32-sole"],
    away: ["formerNames", "languageAndIntegration"],
  },
  "FAM-33": {
    column: "family",
    own: {
      parents: [...otherParent, "custody"],
      referencePerson: [...sponsor, ...sponsorTitle],
      livelihood: ["onBenefits"],
    },
    // A newborn holds nothing yet and has not entered, and neither room nor means are a condition (§ 33 AufenthG).
    marks: {
      currentTitle: "C",
      entry: "–",
      previousStays: "–",
      spouseAndChildren: "–",
      offences: "–",
      housing: "–",
      livelihood: "C",
    },
    personas: ["fam-33", "fam-33-mother", "fam-33-late"],
    away: ["formerNames"],
  },
  "FAM-34": {
    column: "family",
    own: {
      parents: ["custody"],
      referencePerson: [...sponsor, ...sponsorTitle],
      languageAndIntegration: german,
      livelihood: incomes,
    },
    // Room is no condition of the extension (§ 34 Abs. 1 AufenthG).
    marks: { housing: "–", spouseAndChildren: "–" },
    personas: ["fam-34", "fam-34-adult"],
    away: ["formerNames", "languageAndIntegration"],
  },
  "FAM-36": {
    column: "family",
    own: {
      employerAndJob: sideJob,
      referencePerson: [
        ...sponsor,
        ...sponsorTitle,
        ...named("otherKinship relationToProtected referenceFirstTitleOn dependencyDetails"),
      ],
      livelihood: incomes,
      housing,
    },
    // Parents of protected minors need no room of a certain size (§ 36 Abs. 1 AufenthG).
    marks: { housing: "C" },
    personas: ["fam-36", "fam-36-inlaw", "fam-36-minor", "fam-36-hardship", "fam-36-subsidiary"],
    away: ["representation", "formerNames", "employerAndJob"],
  },
};
