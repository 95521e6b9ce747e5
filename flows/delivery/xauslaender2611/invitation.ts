import { answersIn } from "#flows/delivery/answers.ts";
import type { ApplicationInput } from "#flows/delivery/standard.ts";
import { evidenceIn, formNeeded } from "#flows/delivery/xauslaender2611/form.ts";
import { guestsContent } from "#flows/delivery/xauslaender2611/guests.ts";
import { headerToAuthority } from "#flows/delivery/xauslaender2611/header.ts";
import { hostContent } from "#flows/delivery/xauslaender2611/host.ts";
import { addLater, addLinks, addService } from "#flows/delivery/xauslaender2611/lines.ts";
import { messageTypes } from "#flows/delivery/xauslaender2611/messageType.ts";
import { createNotes } from "#flows/delivery/xauslaender2611/notes.ts";
import { hostRemarks } from "#flows/delivery/xauslaender2611/ownRemarks.ts";
import { inlineDocument, namedDocument } from "#flows/delivery/xauslaender2611/parts.ts";
import { addRemarks } from "#flows/delivery/xauslaender2611/remarks.ts";
import type { Elements } from "#flows/delivery/xoev/content.ts";

/**
 * Message 130201 from service D-VE: a host in Germany answers for guests (§ 66 Abs. 2 AufenthG). `rechtsverbindlicheVE` never
 * stands: the declaration is made in writing at the authority. All documents stand in the message.
 * @throws FormMissing without the summary as PDF, which the standard demands; no time limit hangs on filing a declaration
 * @throws Error if a document stands elsewhere
 */
export function invitationContent(input: ApplicationInput): Elements {
  const { payload, documents } = input;
  const answers = answersIn(payload);
  const notes = createNotes(documents);
  const header = headerToAuthority(input, messageTypes.invitation, payload.reference, notes);
  addService(notes, payload);
  notes.add("Noch keine verbindliche Erklärung: sie wird bei der Behörde unterschrieben.");
  const host = hostContent(notes, answers);
  const evidence = evidenceIn(documents).map((document) => namedDocument(notes, document));
  addRemarks(notes, answers);
  addRemarks(notes, answers, hostRemarks);
  addLater(notes, payload);
  addLinks(notes, payload);
  return {
    ...header,
    gastgeber: { privat: { ...host, sonstigeAnmerkungen: notes.text(), nachweis: evidence } },
    gast: guestsContent(answers, documents),
    zusammenfassungBelehrung: inlineDocument(formNeeded(documents)),
  };
}
