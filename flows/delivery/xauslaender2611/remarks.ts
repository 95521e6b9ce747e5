import type { Answers } from "#flows/delivery/answers.ts";
import { germanDate } from "#flows/delivery/xauslaender2611/german.ts";
import type { Notes } from "#flows/delivery/xauslaender2611/notes.ts";

/** Fields with their labels, by the heading of their row. */
export type Remarks = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Answers that a clerk needs at once and that no element holds, with their labels, one line a row. Those that stand in an element of
 * this message are left out of it.
 */
export const remarks: Remarks = {
  Anliegen: {
    request: "Wunsch",
    settlementGoal: "Grundlage",
    cardGoal: "Anlass",
    certificateGoal: "Bescheinigung",
    documentGoal: "Dokument",
    employmentWish: "Wunsch zur Arbeit",
    substituteWish: "Ausweisersatz",
    tolerationReason: "Grund der Duldung",
    fledUkraine: "Flucht aus der Ukraine",
  },
  "Schutz der Anschrift": {
    addressBlocked: "Anschrift geheim halten",
    contactWay: "Kontakt nur durch",
    trustedAddress: "Zustellanschrift",
    phoneTimes: "sichere Anrufzeiten",
  },
  Aufenthalt: {
    currentTitleType: "Papier",
    otherTitleState: "ausgestellt von",
    titleValidFrom: "gültig ab",
    titleValidUntil: "gültig bis",
    cardNumber: "Kartennummer",
    legalBasisText: "Rechtsgrundlage laut Papier",
    issuingAuthority: "Behörde",
    conditionsText: "Nebenbestimmungen",
    visaNumber: "Nummer des Visums",
    visaValidFrom: "Visum gültig ab",
    visaIssuedAt: "Visum ausgestellt in",
    visaPurpose: "Zweck des Visums",
    turkishAssociation: "Assoziationsrecht EWG/Türkei",
  },
  Ausweis: {
    docType: "Art",
    identityDocType: "Art",
    issuingState: "Ausstellerstaat",
    issuedBy: "ausgestellt von",
    number: "Nummer",
    issuedOn: "ausgestellt am",
    validUntil: "gültig bis",
    unlimited: "unbefristet",
    noPassportReason: "Grund ohne Pass",
  },
  Kennungen: {
    azrNumber: "AZR-Nummer",
    foreignersFileNo: "Aktenzeichen",
    asylumFileNumber: "Aktenzeichen Asyl",
    pendingFileNumber: "Aktenzeichen offener Antrag",
  },
  Ukraine: {
    ukraineRight: "Recht in der Ukraine",
    ukraineKinship: "verwandt als",
    arrivalRegistered: "als geflüchtet registriert",
    protectionElsewhere: "Schutz anderswo",
    protectionState: "Staat",
    careOfMinor: "Betreuung",
    ukrainePlace: "zuletzt in",
    ukraineOblast: "Gebiet",
    leftUkraineOn: "verlassen am",
  },
  Name: {
    latinDocument: "Dokument in lateinischer Schrift",
    familyNameOriginal: "Familienname in eigener Schrift",
    givenNamesOriginal: "Vornamen in eigener Schrift",
    doctorate: "Doktorgrad",
  },
  Person: {
    countryOfBirth: "Geburtsstaat",
    nationalities: "Staatsangehörigkeiten",
    maritalStatusSince: "Familienstand seit",
    marriageDate: "Eheschließung",
    sharedLifeFrom: "Zusammenleben von",
    sharedLifeTo: "Zusammenleben bis",
    registered: "unter der Anschrift gemeldet",
  },
  Einreise: { entryDateCurrent: "zuletzt", entryDateFirst: "zuerst" },
  Verständigung: { preferredLanguage: "Sprache", needs: "Bedarf beim Termin" },
  Bezugsperson: {
    relationToGerman: "antragstellende Person ist",
    relationToProtected: "antragstellende Person ist",
    otherKinship: "antragstellende Person ist",
    unionKinship: "antragstellende Person ist",
    closeKinship: "Verbindung",
    referenceNationalities: "Staatsangehörigkeiten",
    referenceTitle: "Titel",
    referenceTitleValidUntil: "Titel gültig bis",
    unionPersonStatus: "Tätigkeit",
  },
};

const isDate = /^\d{4}(-\d{2}){1,2}$/;

const numbers = new Intl.NumberFormat("de-DE", { maximumFractionDigits: 2 });

/** An answer as short German text; undefined if it was not given. */
function shown(answers: Answers, field: string): string | undefined {
  const text = answers.text(field);
  if (text !== undefined) return isDate.test(text) ? germanDate(text) : text;
  const single = answers.code(field)?.text;
  if (single !== undefined) return single;
  const several = answers.codes(field);
  if (several.length > 0) return several.map((one) => one.text).join(", ");
  const number = answers.number(field);
  if (number !== undefined) return numbers.format(number);
  if (!answers.names.includes(field)) return undefined;
  return answers.isYes(field) ? "ja" : "nein";
}

/** Adds a line for each row of the table of which something was answered that stands nowhere else. */
export function addRemarks(notes: Notes, answers: Answers, table: Remarks = remarks): void {
  for (const [heading, labels] of Object.entries(table)) {
    const parts = Object.entries(labels).flatMap(([field, label]) => {
      const text = notes.isPlaced(field) ? undefined : shown(answers, field);
      return text === undefined ? [] : [`${label}: ${notes.short(text)}`];
    });
    if (parts.length > 0) notes.add(`${heading} - ${parts.join("; ")}.`);
  }
}
