import type { PayloadAnswers } from "#flows/delivery/answers.ts";
import { germanAddress } from "#flows/delivery/xauslaender2611/address.ts";
import { channels } from "#flows/delivery/xauslaender2611/channels.ts";
import { isPassportKnown, type SortedDocuments } from "#flows/delivery/xauslaender2611/documents.ts";
import { maritalOf } from "#flows/delivery/xauslaender2611/marital.ts";
import type { Notes } from "#flows/delivery/xauslaender2611/notes.ts";
import {
  birthDate,
  inlineDocument,
  nameOf,
  nationalities,
  partialDate,
  stateOf,
} from "#flows/delivery/xauslaender2611/parts.ts";
import type { Elements } from "#flows/delivery/xoev/content.ts";
import { titleKinds } from "#flows/law/situation.ts";
import { isGermanPaper } from "#flows/steps/titles.ts";

/** Birth of the applicant (`Geburt`); what the short path does not ask is unknown. */
export function birthOf(notes: Notes, answers: PayloadAnswers): Elements {
  const place = answers.text("placeOfBirth");
  const state = stateOf(answers.code("countryOfBirth"));
  if (state) notes.placed("countryOfBirth");
  return {
    geburtsort: place === undefined ? { unbekannt: true } : { ort: notes.plain("geburtsort", place) },
    geburtsortStaat: state,
    tagDerGeburt: birthDate(answers.text("dateOfBirth")),
  };
}

/** Where the applicant lives in Germany; undefined if that was not asked. */
export function residenceOf(notes: Notes, answers: PayloadAnswers): Elements | undefined {
  const street = answers.text("street");
  const postalCode = answers.text("postalCode");
  const city = answers.text("place");
  if (street === undefined || postalCode === undefined || city === undefined) return undefined;
  return germanAddress(notes, {
    street,
    number: answers.text("houseNo") ?? "",
    postalCode,
    city,
    suffix: answers.text("addressSuffix"),
    coName: answers.text("coName"),
  });
}

/** Codes of the list "artderaugenfarbe", version 1, by our answers. */
const eyeColours: Readonly<Record<string, string>> = {
  blue: "01",
  brown: "06",
  grey: "16",
  green: "22",
  black: "35",
};

function looksOf(answers: PayloadAnswers): Elements | undefined {
  const height = answers.number("heightCm");
  const colour = eyeColours[answers.code("eyeColour")?.code ?? ""];
  return height === undefined && colour === undefined ? undefined : { koerpergroesse: height, augenfarbe: colour };
}

/** Children born here, who never entered. */
const NEWBORN = "FAM-33";

/** The paper for the present stay: its pages, or that the person came without visa, or that there is a German one. */
function stayPaper(answers: PayloadAnswers, { title }: SortedDocuments, service: string): Elements | undefined {
  if (title.length > 0) return { aufenthaltsdokument: title.map(inlineDocument) };
  const code = answers.code("currentTitleType")?.code;
  if (code === "none") {
    if (service === NEWBORN) return undefined;
    return { visumsfreieEinreise: answers.isYes("fledUkraine") ? "UkraineAufenthÜV" : "nach eigenen Angaben" };
  }
  const isLost = answers.code("cardGoal")?.code === "lost";
  const isHeld = isGermanPaper(titleKinds.find((kind) => kind === code)) && !isLost;
  return isHeld ? { deutschesAufenthaltsdokumentVorhanden: true } : undefined;
}

function passportOf(notes: Notes, answers: PayloadAnswers, { passport }: SortedDocuments): Elements | undefined {
  if (passport.length === 0 || !isPassportKnown(answers)) return undefined;
  notes.placed("number", "issuedOn", "validUntil");
  return {
    ausweisseite: passport.map(inlineDocument),
    gueltigkeitszeitraum: { von: answers.text("issuedOn"), bis: answers.text("validUntil") },
    seriennummer: notes.plain("seriennummer", answers.text("number") ?? ""),
  };
}

/** The applicant (`OZG.Person`). Nobody has proved who they are, so that no statement has a level of trust. */
export function personOf(notes: Notes, answers: PayloadAnswers, documents: SortedDocuments, service: string): Elements {
  const { status, isApart, since } = maritalOf(notes, answers);
  const birth = birthOf(notes, answers);
  const states = answers.codes("nationalities");
  if (states.length > 0 && states.every((state) => stateOf(state))) notes.placed("nationalities");
  const nationality = nationalities(states);
  const address = residenceOf(notes, answers);
  const ways = channels(notes, { email: answers.text("email"), phone: answers.text("phone") });
  return {
    vorname: nameOf(notes, "vorname", answers.text("givenNames")),
    familienname: nameOf(notes, "familienname", answers.text("familyName")),
    weitererName: ["birthName", "otherNames"].flatMap((field) => {
      const name = answers.text(field);
      return name === undefined ? [] : [notes.plain("weitererName", name)];
    }),
    geschlecht: { geschlecht: answers.code("sex")?.code },
    geburt: birth,
    personenbeschreibung: looksOf(answers),
    familienstand: { familienstand: status, ...(isApart ? { getrenntLebend: true } : {}) },
    familienstandOderGetrenntlebendSeit: since === undefined ? undefined : partialDate(since),
    staatsangehoerigkeit: nationality,
    anschrift: address,
    kommunikation: ways,
    aufenthaltsdokument: stayPaper(answers, documents, service),
    ausweisdokument: passportOf(notes, answers, documents),
    vertrauensniveau: {
      vorname: false,
      familienname: false,
      geburt: {
        geburtsort: false,
        ...(birth["geburtsortStaat"] === undefined ? {} : { geburtsortStaat: false }),
        tagDerGeburt: false,
      },
      staatsangehoerigkeit: nationality.map(() => false),
      anschrift: address && false,
      kommunikation: ways.map(() => false),
    },
  };
}
