import type {
  AnswerInput,
  ApplicationInput,
  Envelope,
  Following,
  PlacedDocument,
  Written,
} from "#flows/delivery/standard.ts";
import { evidenceIn, formIn } from "#flows/delivery/xauslaender2611/form.ts";
import { headerToAuthority } from "#flows/delivery/xauslaender2611/header.ts";
import { addLine } from "#flows/delivery/xauslaender2611/lines.ts";
import { messageTypes } from "#flows/delivery/xauslaender2611/messageType.ts";
import { createNotes, type Notes } from "#flows/delivery/xauslaender2611/notes.ts";
import { deliveryOf, documentOrReference } from "#flows/delivery/xauslaender2611/parts.ts";
import { written } from "#flows/delivery/xauslaender2611/written.ts";

type Answer = {
  reference: string;
  answersTo: string;
  text: string;
  documents: readonly PlacedDocument[];
  following?: Following | undefined;
};

/** The PDF stands first; what the documents are stands in the text, for `unterlage` has no name for them. */
function writeBack(
  envelope: Envelope,
  notes: Notes,
  { reference, answersTo, text, documents, following }: Answer,
): Written {
  const type = messageTypes.answer;
  const evidence = evidenceIn(documents);
  const form = formIn(documents);
  const body = notes.plain("antworttext", text);
  addLine(
    notes,
    "Unterlagen",
    evidence.map(({ title, filename }) => `${title} (${filename})`),
  );
  const head = headerToAuthority(envelope, type, reference, notes);
  const papers = [...(form ? [form] : []), ...evidence].map((document) => documentOrReference(notes, document));
  const whole = [body, notes.text() ?? ""].filter((part) => part !== "").join("\n\n");
  return written(type, envelope, {
    ...head,
    ausloeserUUID: answersTo,
    unterlage: papers,
    antworttext: whole === "" ? undefined : whole,
    angabenDokumentenlieferung: deliveryOf(following),
  });
}

/** Answers a question of the authority (130103) in the words of the applicant. */
export function writeAnswer(input: AnswerInput): Written {
  const { reference, answersTo, text = "", documents, following } = input;
  return writeBack(input, createNotes(documents), { reference, answersTo, text, documents, following });
}

/** Adds to an application that was filed (130103): the standard has no other message for it. */
export function writeSupplement(input: ApplicationInput): Written {
  const { payload, documents, following } = input;
  const { reference, service, supplements = payload.messageId } = payload;
  const isDrawn = formIn(documents) !== undefined;
  const text = [
    `Ergänzung zum Antrag ${reference}: ${service.title} (${service.id}).`,
    ...(isDrawn ? ["Alle Angaben in der Fassung von heute stehen im PDF."] : []),
  ].join(" ");
  return writeBack(input, createNotes(documents), { reference, answersTo: supplements, text, documents, following });
}
