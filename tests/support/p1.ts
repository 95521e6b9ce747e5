import { readFileSync } from "node:fs";
import type { EvidenceCode } from "#flows/engine/evidence.ts";

/** Persona P1 of the domain study as the wizard stores it; all data is invented. Every answer is one of a kind. */
export const p1: Readonly<Record<string, unknown>> = {
  postalCode: "14467",
  place: "Potsdam",
  applicantIs: "self",
  nationalities: ["IND"],
  familyOf: "none",
  currentTitleType: "nationalVisa",
  titleValidUntil: "2027-01-15",
  request: "first",
  purpose: "work",
  workGoal: "blueCard",
  documentChanges: ["none"],
  familyName: "MUSTERKAR",
  givenNames: "Anika Zoë",
  nameChanged: false,
  dateOfBirth: "1996-03-14",
  placeOfBirth: "Pune",
  countryOfBirth: "IND",
  sex: "w",
  heightCm: 168,
  eyeColour: "brown",
  maritalStatus: "single",
  docType: "passport",
  number: "X0000001",
  issuingState: "IND",
  issuedBy: "Passport Office Pune",
  issuedOn: "2021-03-02",
  validUntil: "2031-03-01",
  visaNumber: "V00000001",
  visaIssuedAt: "Generalkonsulat Mumbai",
  visaValidFrom: "2026-10-15",
  foreignersFileNo: "ABH 4711/26",
  street: "Müsterallee",
  houseNo: "1",
  coName: "Wohngemeinschaft Testmann",
  addressSince: "2026-10-20",
  registered: true,
  email: "p1@example.org",
  emailRepeat: "p1@example.org",
  phone: "+49 30 23125001",
  preferredLanguage: "en",
  entryDateCurrent: "2026-10-18",
  entryFrom: "IND",
  previousStays: [],
  family: [],
  employerName: "Beispielsoftware & Töchter GmbH",
  employerStreet: "Prüfstraße 12",
  employerPostalCode: "10117",
  employerPlace: "Berlin",
  jobTitle: "Softwareentwicklerin",
  jobDuties: "Entwickelt und prüft Programme für <Fahrpläne> im Nahverkehr",
  jobStart: "2026-12-01",
  weeklyHours: 40,
  workplace: "Potsdam-Babelsberg",
  temporaryAgency: false,
  regulatedProfession: false,
  grossAnnual: 5_800_000,
  shortageOccupation: "yes",
  degree: "foreign",
  fieldOfStudy: "Informatik",
  degreeTitle: "Master of Science",
  university: "Savitribai Phule Pune University",
  degreeCountry: "IND",
  degreeDate: "2020-07-31",
  recognitionStatus: "comparable",
  holdsOtherBlueCard: false,
  germanLevel: "B1",
  healthInsurance: "statutory",
  insuranceCompany: "Musterkrankenkasse",
  incomeSources: ["job"],
  convicted: false,
  pendingProceedings: false,
  expelledOrRefused: false,
  postalDelivery: true,
  declareTrue: true,
  declareDuties: true,
};

const FILES = new URL("../personas/files/", import.meta.url);

/** A file to hand in. */
export type TestFile = { name: string; bytes: Buffer };

/** A file of the personas by its name, e.g. `passport.pdf`. */
export function personaFile(name: string): TestFile {
  return { name, bytes: readFileSync(new URL(name, FILES)) };
}

/** What P1 hands in; everything else that is asked comes later. */
export const p1Files: Readonly<Partial<Record<EvidenceCode, readonly TestFile[]>>> = {
  PASS: [personaFile("passport.pdf"), personaFile("scan.png")],
  TITLE: [personaFile("photo.jpg")],
  CONTR: [personaFile("contract.pdf")],
};
