import { german, sideJob } from "#tests/support/blocks/fields.ts";
import { named, shared, type Use } from "#tests/support/blocks/matrix.ts";
import { safeContact, safeDeclarations } from "#tests/support/blocks/safe.ts";

const decision = named("decisionDate decisionFileNo decisionFinal");
const benefits = { livelihood: ["onBenefits"] };
// The authority asks for the insurance with the benefits, and nothing depends on the answer here (domain 1.10).
const withoutInsurance = { healthInsurance: "–" } as const;

/** Blocks of these services (domain 2.8). */
export const protectionBlocks: Readonly<Record<string, Use>> = {
  "H-22": {
    column: "protection",
    own: { ownGrounds: named("admissionKind admissionDate admissionFileNo admissionDetails"), ...benefits },
    marks: withoutInsurance,
    personas: ["h-22", "h-22-resettlement"],
    away: ["representation", "formerNames"],
  },
  "H-24": {
    column: "ukraine",
    own: {
      // The pages for people with and without a paper in Latin letters ask for the same names.
      person: [
        ...(shared.person ?? []),
        ...named("latinDocument familyName noFamilyName givenNames noGivenNames familyNameOriginal givenNamesOriginal"),
        "nameChanged",
      ],
      passport: named("identityDocType number issuingState issuedBy issuedOn validUntil unlimited"),
      currentTitle: (shared.currentTitle ?? []).filter((field) => field !== "turkishAssociation"),
      housing: ["housingKind"],
      ownGrounds: named("ukrainePlace ukraineOblast leftUkraineOn enteredEuOn"),
      // Voluntary, and nothing depends on them here (domain 3.2, step 11).
      previousStays: [],
      healthInsurance: [],
    },
    personas: ["p9-mother", "p9-father", "p9-daughter", "p9-son", "h-24", "h-24-unlimited"],
    away: ["representation", "formerNames", "currentTitle"],
  },
  "H-25-12": {
    column: "protection",
    own: { ownGrounds: ["protectionKind", ...decision], ...benefits },
    marks: withoutInsurance,
    personas: ["h-25-12", "h-25-12-extension", "h-25-12-change"],
    away: ["representation", "formerNames", "livelihood"],
  },
  "H-25-3": {
    column: "protection",
    own: { ownGrounds: decision, ...benefits },
    marks: withoutInsurance,
    personas: ["h-25-3", "h-25-3-extension"],
    away: ["representation", "formerNames"],
  },
  "H-25-45": {
    column: "protection",
    own: {
      addressAndContact: safeContact,
      declarations: safeDeclarations,
      ownGrounds: named("stayGround stayReasons counsellingCentre"),
      ...benefits,
    },
    // People without any paper apply as well.
    marks: { ...withoutInsurance, currentTitle: "C" },
    personas: ["h-25-45", "h-25-45-victim"],
    away: ["representation", "formerNames"],
  },
  "H-25a": {
    column: "protection",
    own: {
      ownGrounds: named("stayingSince toleratedSince"),
      studyAndTraining: named("schoolState schoolSince"),
      ...benefits,
    },
    marks: { ...withoutInsurance, ownGrounds: "M" },
    personas: ["h-25a", "h-25a-opportunity", "h-25a-late"],
    away: ["representation", "formerNames"],
  },
  "H-25b": {
    column: "protection",
    own: {
      ownGrounds: named("stayingSince"),
      languageAndIntegration: german,
      employerAndJob: sideJob,
      livelihood: named("incomeSources ownNetMonthly livesMostlyFromWork"),
    },
    // Offences count whatever the authority's switch says (§ 25b Abs. 2 Nr. 2 AufenthG).
    marks: { ...withoutInsurance, ownGrounds: "M", offences: "M" },
    personas: ["h-25b", "h-25b-child", "h-25b-benefits"],
    away: ["representation", "formerNames"],
  },
};
