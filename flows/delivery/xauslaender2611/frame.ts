import { answersIn, type PayloadAnswers } from "#flows/delivery/answers.ts";
import type { ApplicationInput } from "#flows/delivery/standard.ts";
import { inBerlin } from "#flows/delivery/xauslaender2611/berlin.ts";
import { sortDocuments } from "#flows/delivery/xauslaender2611/documents.ts";
import { requestGround, type Ground } from "#flows/delivery/xauslaender2611/grounds.ts";
import { headerToAuthority } from "#flows/delivery/xauslaender2611/header.ts";
import { addLater, addPossibleDuplicates, addService, addSpelling } from "#flows/delivery/xauslaender2611/lines.ts";
import type { MessageType } from "#flows/delivery/xauslaender2611/messageType.ts";
import { createNotes, type Notes } from "#flows/delivery/xauslaender2611/notes.ts";
import { deliveryOf, documentOrReference, namedReference } from "#flows/delivery/xauslaender2611/parts.ts";
import { personOf } from "#flows/delivery/xauslaender2611/person.ts";
import { referencesOf } from "#flows/delivery/xauslaender2611/references.ts";
import { addRemarks } from "#flows/delivery/xauslaender2611/remarks.ts";
import { representativeOf } from "#flows/delivery/xauslaender2611/representative.ts";
import type { Elements } from "#flows/delivery/xoev/content.ts";
import type { IsoDate } from "#flows/engine/dates.ts";

/** What the own part of a message is made from. `day` is that of filing in Germany. */
export type Frame = { answers: PayloadAnswers; notes: Notes; day: IsoDate };

/** What 130101 and 130301 add to what both have: elements, and codes that only come near. */
export type OwnPart = { elements: Elements; grounds: readonly Ground[] };

/** Notes that come first: what is applied for, and whether the codes say it. */
function addHead({ payload }: ApplicationInput, notes: Notes, grounds: readonly Ground[]): void {
  addService(notes, payload);
  if (grounds.some(({ isExact }) => !isExact)) notes.add("Das Anliegen hat keinen eigenen Schlüssel.");
  if (payload.completeness === "minimal") notes.add("Kurzer Antrag: Weitere Angaben und Unterlagen folgen.");
}

/**
 * Content of the two messages about a person (130101, 130301): head, person, representative, family member, documents and
 * notes; `own` adds what only one of them has.
 */
export function personMessage(input: ApplicationInput, type: MessageType, own: (frame: Frame) => OwnPart): Elements {
  const { payload, documents, following } = input;
  const notes = createNotes(documents);
  const answers = answersIn(payload);
  const { day } = inBerlin(payload.filedAt);
  const sorted = sortDocuments(payload, documents);
  const request = requestGround(payload.service.id, answers);
  const { elements, grounds } = own({ answers, notes, day });
  addHead(input, notes, [request, ...grounds]);
  const head = headerToAuthority(input, type, payload.reference, notes);
  const person = personOf(notes, answers, sorted, payload.service.id);
  const representative = representativeOf(notes, answers, sorted, day);
  const references = referencesOf(notes, answers, payload.service.id, day);
  const evidence = sorted.evidence.map((document) => namedReference(notes, document));
  addSpelling(notes, answers);
  addRemarks(notes, answers);
  addLater(notes, payload);
  addPossibleDuplicates(notes, payload);
  return {
    ...head,
    antragsdatum: day,
    grundDesAntrags: request.code,
    ...elements,
    angabenZurPerson: person,
    antragstellerVertreter: representative,
    referenzperson: references,
    antragszusammenfassung: sorted.summary && documentOrReference(notes, sorted.summary),
    nachweis: evidence,
    sonstigeAnmerkung: notes.text(),
    verbundenerAntrag: (payload.links ?? []).map(({ reference }) => reference),
    angabenDokumentenlieferung: deliveryOf(following),
  };
}
