import {
  fastTrackRemarks,
  hostRemarks,
  stayRemarks,
  workerRemarks,
} from "#flows/delivery/xauslaender2611/ownRemarks.ts";
import { remarks } from "#flows/delivery/xauslaender2611/remarks.ts";
import { below, houseNumber, joined, notedIn, type Targets } from "#flows/delivery/xauslaender2611/targetTable.ts";

const GERMAN_PAPER = "deutscheIdentifikation";
const FOREIGN_PAPER = "auslaendischeIdentifikation";
const BORN = "tagDerGeburt/teilbekanntesDatum";
const NATIONALITY = "staatsangehoerigkeit/staatsangehoerigkeit";

const host: Targets = {
  familyName: ["familienname/name"],
  noFamilyName: ["familienname/nichtVorhanden"],
  givenNames: ["vorname/name"],
  noGivenNames: ["vorname/nichtVorhanden"],
  sex: ["geschlecht/geschlecht"],
  dateOfBirth: [`geburtsangaben/${BORN}`],
  dateOfBirthUnknown: ["geburtsangaben/tagDerGeburt/unbekannt"],
  placeOfBirth: ["geburtsangaben/geburtsort/ort"],
  countryOfBirth: ["geburtsangaben/geburtsortStaat/staatsangehoerigkeit"],
  hostStatus: [`${FOREIGN_PAPER}/artDesAufenthaltstitels`, `${FOREIGN_PAPER}/vomAufenthaltstitelBefreit`, NATIONALITY],
  docType: [
    `${GERMAN_PAPER}/artDesIdentifikationsdokuments`,
    `${FOREIGN_PAPER}/artDesAuslaendischenIdentifikationsdokuments`,
  ],
  number: [
    `${GERMAN_PAPER}/nummerDesDeutschenIdentifikationsdokuments`,
    `${FOREIGN_PAPER}/nummerDesAuslaendischenIdentifikationsdokuments`,
  ],
  issuingState: [`${FOREIGN_PAPER}/ausstellenderStaat`],
  issuedBy: [`${GERMAN_PAPER}/ausstellendeBehoerde`],
  street: ["anschrift/strasse"],
  houseNo: houseNumber("anschrift"),
  postalCode: ["anschrift/postleitzahl"],
  place: ["anschrift/wohnort"],
  addressSuffix: ["anschrift/zusatzangaben"],
  coName: ["anschrift/wohnungsinhaber"],
  email: ["kommunikation/kennung"],
  phone: ["kommunikation/kennung"],
  currentJobTitle: ["beruf"],
  currentEmployer: ["arbeitgeber"],
  ownNetMonthly: ["arbeitnehmerverhaeltnis/einkuenfte", "sonstigeEinkuenfte"],
  rent: ["regelmaessigeAusgaben"],
  dependants: ["finanzielleVerantwortung"],
};

const guest: Targets = {
  "guests/guestFamilyName": ["familienname/name"],
  "guests/guestGivenNames": ["vorname/name"],
  "guests/guestDateOfBirth": [`geburt/${BORN}`],
  "guests/guestNationality": [NATIONALITY],
};

const stay: Targets = {
  visitPurpose: ["cVisum/cVisum", "dVisum/dVisum", "dVisum/ausbildungszweck", "sonstiges"].map(
    (element) => `aufenthaltVisum/${element}`,
  ),
  visitFrom: ["voraussichtlichesEinreisedatum"],
  visitTo: ["aufenthaltVisum/cVisum/aufenthaltsdauer"],
};

const employer: Targets = {
  employerName: ["firma"],
  employerStreet: ["anschriftBetriebsstaette/gebaeude/strasse", ...houseNumber("anschriftBetriebsstaette/gebaeude")],
  employerPostalCode: [
    "anschriftBetriebsstaette/gebaeude/postleitzahl",
    "anschriftBetriebsstaette/gebaeude/zusatzangaben",
  ],
  employerPlace: ["anschriftBetriebsstaette/gebaeude/wohnort"],
  employerContactName: ["vertreter/vorname/name", "vertreter/familienname/name"],
  email: ["vertreter/kommunikation/kennung"],
  employerPhone: ["vertreter/kommunikation/kennung"],
};

const NOTE = "sonstigeAnmerkung";
const worker: Targets = {
  "workers/workerFamilyName": ["fachkraft/familienname/name"],
  "workers/workerGivenNames": ["fachkraft/vorname/name"],
  "workers/workerDateOfBirth": [`fachkraft/geburt/${BORN}`],
  "workers/workerNationality": [`fachkraft/${NATIONALITY}`],
  "workers/workerCountry": ["fachkraft/auslandsanschrift/staat"],
  "workers/workerQualification": ["grundDesAufenthalts81a"],
  "workers/workerRecognition": ["grundDesAufenthalts81a"],
};
const workersNoted: Targets = Object.fromEntries(
  Object.keys(workerRemarks).map((field) => [`workers/${field}`, [NOTE]]),
);

const HOST = "gastgeber/privat";

/** Targets of 130201. */
export const invitationTargets: Targets = joined(
  below(HOST, joined(host, notedIn("sonstigeAnmerkungen", remarks), notedIn("sonstigeAnmerkungen", hostRemarks))),
  below("gast", joined(stay, guest, below("weitereGaeste", guest), notedIn("sonstigeAnmerkungen", stayRemarks))),
);

/** Targets of 130401; all workers but the first stand in the notes. */
export const fastTrackTargets: Targets = joined(
  below("arbeitgeber", employer),
  worker,
  workersNoted,
  notedIn(NOTE, remarks),
  notedIn(NOTE, fastTrackRemarks),
);
