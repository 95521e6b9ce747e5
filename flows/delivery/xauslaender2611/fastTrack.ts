import { answersIn, type Answers, type PayloadAnswers } from "#flows/delivery/answers.ts";
import type { ApplicationInput, PlacedDocument } from "#flows/delivery/standard.ts";
import { germanAddress } from "#flows/delivery/xauslaender2611/address.ts";
import { inBerlin } from "#flows/delivery/xauslaender2611/berlin.ts";
import { channels } from "#flows/delivery/xauslaender2611/channels.ts";
import { evidenceIn, formIn, formNeeded } from "#flows/delivery/xauslaender2611/form.ts";
import { headerToAuthority } from "#flows/delivery/xauslaender2611/header.ts";
import { addLater, addLinks, addService } from "#flows/delivery/xauslaender2611/lines.ts";
import { messageTypes } from "#flows/delivery/xauslaender2611/messageType.ts";
import { createNotes, type Notes } from "#flows/delivery/xauslaender2611/notes.ts";
import { fastTrackRemarks, openRemarks, workerRemarks } from "#flows/delivery/xauslaender2611/ownRemarks.ts";
import {
  birthDate,
  deliveryOf,
  documentOrReference,
  nameOf,
  namedReference,
  nationalities,
} from "#flows/delivery/xauslaender2611/parts.ts";
import { addRemarks } from "#flows/delivery/xauslaender2611/remarks.ts";
import type { Elements } from "#flows/delivery/xoev/content.ts";

/** Codes of "ozg.grunddesaufenthalts81a". */
const grounds = { training: "01", recognised: "02", notRecognised: "03", recognitionMeasure: "09" } as const;
const GERMANY = "000";
const UNKNOWN_STATUS = "NB";

/** Why the first worker is to come; which title follows only the authority decides. */
function groundOf(worker: Answers | undefined): string {
  if (worker?.code("workerQualification")?.code === "none") return grounds.training;
  const recognition = worker?.code("workerRecognition")?.code;
  if (recognition === "recognised" || recognition === "comparable") return grounds.recognised;
  return recognition === "partial" ? grounds.recognitionMeasure : grounds.notRecognised;
}

/**
 * A name as typed into one field, in two: the last word is the family name, with the small words before it ("von der").
 * Nobody is asked to split it; a single word is a family name.
 */
export function partedName(name: string): { given: string | undefined; family: string } {
  const [, given, family = name] = /^(.+?)\s+((?:\p{Ll}[\p{L}'’]*\s+)*\S+)$/u.exec(name.trim()) ?? [];
  return { given, family };
}

function employerOf(notes: Notes, answers: PayloadAnswers, proofs: readonly Elements[]): Elements {
  const contact = partedName(answers.text("employerContactName") ?? "");
  const isNamed = contact.family !== "";
  const reach = { email: answers.text("email"), phone: answers.text("employerPhone") };
  return {
    firma: notes.plain("firma", answers.text("employerName") ?? ""),
    anschriftBetriebsstaette: {
      gebaeude: germanAddress(notes, {
        street: answers.text("employerStreet") ?? "",
        postalCode: answers.text("employerPostalCode") ?? "",
        city: answers.text("employerPlace") ?? "",
      }),
    },
    vertreter: {
      vorname: nameOf(notes, "vertreter/vorname", contact.given),
      familienname: nameOf(notes, "vertreter/familienname", isNamed ? contact.family : undefined),
      geschlecht: {},
      kommunikation: channels(notes, reach),
      anlageVertreter: proofs,
    },
  };
}

/** Where the worker lives abroad, by the key of the list of states. */
function countryOf(worker: Answers | undefined): string | undefined {
  const country = worker?.code("workerCountry");
  const isAbroad = country?.list?.endsWith(":schluessel:staat") === true && country.code !== GERMANY;
  return isAbroad ? country.code : undefined;
}

/** What is asked of a worker; the rest the authority asks of the worker or the mission abroad. */
function workerOf(notes: Notes, worker: Answers | undefined): Elements {
  const nationality = worker?.code("workerNationality");
  const country = countryOf(worker);
  return {
    vorname: nameOf(notes, "fachkraft/vorname", worker?.text("workerGivenNames")),
    familienname: nameOf(notes, "fachkraft/familienname", worker?.text("workerFamilyName")),
    geschlecht: {},
    geburt: { geburtsort: { unbekannt: true }, tagDerGeburt: birthDate(worker?.text("workerDateOfBirth")) },
    familienstand: { familienstand: UNKNOWN_STATUS },
    staatsangehoerigkeit: nationalities(nationality ? [nationality] : []),
    // Nobody proves who they are yet.
    vertrauensniveau: {
      vorname: false,
      familienname: false,
      geburt: { geburtsort: false, tagDerGeburt: false },
      staatsangehoerigkeit: false,
    },
    auslandsanschrift: country === undefined ? undefined : { staat: country },
  };
}

/** Of the first worker what elements leave open, of all others everything. */
function addWorkers(notes: Notes, workers: readonly Answers[]): void {
  if (workers.length === 0) notes.add("Noch keine Fachkraft benannt.");
  workers.forEach((worker, index) => {
    const { workerCountry, ...open } = openRemarks;
    const labels = index > 0 ? workerRemarks : countryOf(worker) === undefined ? { workerCountry, ...open } : open;
    addRemarks(notes, worker, { [`Fachkraft ${index + 1}`]: labels });
  });
}

/** Documents by their place; where the standard demands one that comes later, the application as PDF stands. */
function placed(notes: Notes, documents: readonly PlacedDocument[]): Record<"proofs" | "evidence", Elements[]> {
  const all = evidenceIn(documents);
  const orForm = (some: readonly PlacedDocument[]): Elements[] =>
    (some.length > 0 ? some : [formNeeded(documents)]).map((document) => namedReference(notes, document));
  return {
    proofs: orForm(all.filter(({ code }) => code === "REPR")),
    evidence: orForm(all.filter(({ code }) => code !== "REPR")),
  };
}

/**
 * Message 130401 from service W-FAST: an employer asks for the fast track for skilled workers abroad (§ 81a AufenthG). A message
 * holds one worker: the first one is named, all others stand in the notes and in the PDF, as they were filed together.
 * @throws FormMissing if the standard demands a document that is promised for later and there is no PDF to stand for it
 */
export function fastTrackContent(input: ApplicationInput): Elements {
  const { payload, documents, following } = input;
  const answers = answersIn(payload);
  const notes = createNotes(documents);
  const header = headerToAuthority(input, messageTypes.fastTrack, payload.reference, notes);
  const workers = answers.list("workers");
  const { proofs, evidence } = placed(notes, documents);
  const form = formIn(documents);
  const summary = form && documentOrReference(notes, form);
  const employer = employerOf(notes, answers, proofs);
  const worker = workerOf(notes, workers[0]);
  addService(notes, payload);
  addWorkers(notes, workers);
  addRemarks(notes, answers);
  addRemarks(notes, answers, fastTrackRemarks);
  addLater(notes, payload);
  addLinks(notes, payload);
  return {
    ...header,
    antragsdatum: inBerlin(payload.filedAt).day,
    grundDesAufenthalts81a: groundOf(workers[0]),
    arbeitgeber: employer,
    fachkraft: worker,
    antragszusammenfassung: summary,
    nachweis: evidence,
    sonstigeAnmerkung: notes.text(),
    angabenDokumentenlieferung: deliveryOf(following),
  };
}
