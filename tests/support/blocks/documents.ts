import { sideJob } from "#tests/support/blocks/fields.ts";
import { named, shared, type Use } from "#tests/support/blocks/matrix.ts";

const loss = named("lossKind lossDate lossPlace policeReported policeFileNumber");
const feeFacts = named("onBenefits protectionStatus");
const away = ["representation", "formerNames"] as const;

/** A host has no file as a foreigner, and the marital status decides nothing (§ 68 AufenthG). */
const notOfHosts = named("maritalStatus maritalStatusSince azrNumber foreignersFileNo");

/** Blocks of cards, certificates, travel documents and the declaration of a host (domain 2.8). */
export const documentBlocks: Readonly<Record<string, Use>> = {
  "D-CARD-P": {
    column: "card",
    own: {
      passport: [...(shared.passport ?? []), "oldPassportNumber", "oldPassportValidUntil"],
      livelihood: feeFacts,
    },
    personas: ["p11", "d-card-p"],
    away,
  },
  "D-CARD-D": {
    column: "card",
    own: { livelihood: feeFacts, ownGrounds: named("cardChanges cardChangeDetails") },
    marks: { ownGrounds: "C" },
    personas: ["d-card-d-address", "d-card-d", "d-card-d-limited"],
    away: [...away, "livelihood", "ownGrounds"],
  },
  "D-CARD-L": {
    column: "card",
    own: { lossDetails: [...loss, "eidBlocked"] },
    personas: ["d-card-l"],
    away,
  },
  "D-CARD-C": {
    column: "card",
    own: { ownGrounds: named("defectDetails ownFault") },
    marks: { ownGrounds: "M" },
    personas: ["d-card-c"],
    away,
  },
  "D-FIKT": {
    column: "card",
    own: {
      livelihood: feeFacts,
      postalDelivery: [],
      ownGrounds: named("pendingSince pendingFileNumber plansTravel travelDetails"),
    },
    // A sheet of paper, not a card.
    marks: { heightAndEyes: "–", ownGrounds: "M" },
    personas: ["d-fikt", "d-fikt-again", "d-fikt-late"],
    away,
  },
  "D-RA-F": {
    column: "travel document",
    own: { lossDetails: loss, ownGrounds: named("protectionStatus earlierDocument") },
    marks: { ownGrounds: "M" },
    personas: ["d-ra-f", "d-ra-f-young"],
    away: [...away, "lossDetails"],
  },
  "D-RA-A": {
    column: "travel document",
    own: {
      lossDetails: loss,
      ownGrounds: named("protectionStatus passportEfforts documentReason earlierDocument"),
    },
    marks: { ownGrounds: "M" },
    personas: ["d-ra-a"],
    away: [...away, "lossDetails"],
  },
  "D-RA-S": {
    column: "travel document",
    own: { lossDetails: loss, ownGrounds: named("statelessness earlierDocument") },
    marks: { ownGrounds: "M" },
    personas: ["d-ra-s"],
    away: [...away, "lossDetails"],
  },
  "D-AE": {
    column: "travel document",
    own: {
      lossDetails: loss,
      livelihood: ["onBenefits"],
      ownGrounds: named("passportEfforts substituteWish earlierDocument"),
    },
    marks: { ownGrounds: "M" },
    personas: ["d-ae", "d-ae-more"],
    away: [...away, "lossDetails"],
  },
  "D-VE": {
    column: "declaration",
    own: {
      person: (shared.person ?? []).filter((field) => !notOfHosts.includes(field)),
      currentTitle: named("hostStatus hostTitleValidUntil"),
      spouseAndChildren: [],
      referencePerson: named("guestFamilyName guestGivenNames guestDateOfBirth guestNationality"),
      employerAndJob: sideJob,
      livelihood: named("incomeSources ownNetMonthly dependants"),
      healthInsurance: [],
      housing: named("housingKind flatArea rooms rent householdSize"),
      ownGrounds: named("visitPurpose visitFrom visitTo declareLiability"),
    },
    // Hosts who are retired or self-employed have no employer.
    marks: { employerAndJob: "C", ownGrounds: "M" },
    personas: ["d-ve", "d-ve-title"],
    away: ["formerNames"],
  },
};
