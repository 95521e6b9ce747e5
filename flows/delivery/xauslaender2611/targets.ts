import { messageTypes } from "#flows/delivery/xauslaender2611/messageType.ts";
import { fastTrackTargets, invitationTargets } from "#flows/delivery/xauslaender2611/ownTargets.ts";
import { remarks } from "#flows/delivery/xauslaender2611/remarks.ts";
import { below, houseNumber, joined, notedIn, type Targets } from "#flows/delivery/xauslaender2611/targetTable.ts";

/** Element for what has none. */
const NOTE = "sonstigeAnmerkung";

const PERSON = "angabenZurPerson";
const MARITAL_SINCE = `${PERSON}/familienstandOderGetrenntlebendSeit`;
const NATIONALITY = "staatsangehoerigkeit/staatsangehoerigkeit";
const CONDITION = "grundAenderungNebenbestimmung";

const person: Targets = {
  familyName: ["familienname/name"],
  noFamilyName: ["familienname/nichtVorhanden"],
  givenNames: ["vorname/name"],
  noGivenNames: ["vorname/nichtVorhanden"],
  birthName: ["weitererName"],
  otherNames: ["weitererName"],
  sex: ["geschlecht/geschlecht"],
  dateOfBirth: ["geburt/tagDerGeburt/teilbekanntesDatum"],
  dateOfBirthUnknown: ["geburt/tagDerGeburt/unbekannt"],
  placeOfBirth: ["geburt/geburtsort/ort"],
  countryOfBirth: ["geburt/geburtsortStaat/staatsangehoerigkeit"],
  heightCm: ["personenbeschreibung/koerpergroesse"],
  eyeColour: ["personenbeschreibung/augenfarbe"],
  maritalStatus: ["familienstand/familienstand"],
  nationalities: [NATIONALITY],
  street: ["anschrift/strasse"],
  houseNo: houseNumber("anschrift"),
  postalCode: ["anschrift/postleitzahl"],
  place: ["anschrift/wohnort"],
  addressSuffix: ["anschrift/zusatzangaben"],
  coName: ["anschrift/wohnungsinhaber"],
  email: ["kommunikation/kennung"],
  phone: ["kommunikation/kennung"],
  number: ["ausweisdokument/seriennummer"],
  issuedOn: ["ausweisdokument/gueltigkeitszeitraum/von"],
  validUntil: ["ausweisdokument/gueltigkeitszeitraum/bis"],
};

const representative: Targets = {
  representativeRole: ["vertretungsart"],
  representativeFamilyName: ["familienname/name"],
  representativeGivenNames: ["vorname/name"],
  representativeDateOfBirth: ["tagDerGeburt"],
  representativePhone: ["kommunikation/kennung"],
};

const reference: Targets = {
  referenceFamilyName: ["familienname/name"],
  referenceGivenNames: ["vorname/name"],
  referenceDateOfBirth: ["geburt/tagDerGeburt/teilbekanntesDatum"],
  referenceNationalities: [NATIONALITY],
  referenceStreet: ["anschrift/strasse"],
  referenceHouseNo: houseNumber("anschrift"),
  referencePostalCode: ["anschrift/postleitzahl"],
  referencePlace: ["anschrift/wohnort"],
  relationToGerman: ["familiaereBeziehung"],
  relationToProtected: ["familiaereBeziehung"],
  otherKinship: ["familiaereBeziehung"],
  unionKinship: ["familiaereBeziehung"],
  closeKinship: ["familiaereBeziehung"],
};

const noted = notedIn(NOTE, remarks);

const aboutPerson: readonly Targets[] = [
  below(PERSON, person),
  below("antragstellerVertreter", representative),
  below("referenzperson", reference),
  {
    request: ["grundDesAntrags"],
    separated: [`${PERSON}/familienstand/getrenntLebend`],
    separatedSince: [MARITAL_SINCE],
    maritalStatusSince: [MARITAL_SINCE],
    marriageDate: [MARITAL_SINCE],
    sharedLifeTo: [MARITAL_SINCE],
    currentTitleType: [`${PERSON}/aufenthaltsdokument/visumsfreieEinreise`],
  },
];

const residence: Targets = {
  entryDateFirst: ["ersteinreisedatum"],
  entryDateCurrent: ["ersteinreisedatum"],
  tolerationReason: ["grundDesAntrags", "grundDesAufenthalts"],
  employmentWish: ["grundDesAntrags", CONDITION],
  conditionSubject: [CONDITION],
  conditionReason: [CONDITION],
  residenceReason: [CONDITION],
  obligationArea: [CONDITION],
  targetPostalCode: [CONDITION],
  targetPlace: [CONDITION],
};

const freeMovement: Targets = {
  entryDateCurrent: ["einreisedatum"],
  "absences/absenceFrom": ["auslandsaufenthalt/von"],
  "absences/absenceTo": ["auslandsaufenthalt/bis"],
  "absences/absenceReason": ["auslandsaufenthalt/grund"],
};

/** Where the answers of a message stand, by the number of the message. */
export const targets: Readonly<Record<string, Targets>> = {
  [messageTypes.application]: joined(...aboutPerson, residence, noted),
  [messageTypes.freeMovement]: joined(...aboutPerson, freeMovement, noted),
  [messageTypes.invitation]: invitationTargets,
  [messageTypes.fastTrack]: fastTrackTargets,
};
