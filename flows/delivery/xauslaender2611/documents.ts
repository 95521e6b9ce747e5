import { answersIn, type PayloadAnswers } from "#flows/delivery/answers.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import type { PlacedDocument } from "#flows/delivery/standard.ts";
import { evidenceIn, formIn } from "#flows/delivery/xauslaender2611/form.ts";

/** Documents by their place in a message; `evidence` is what has no place of its own, or had no room there and follows. */
export type SortedDocuments = {
  summary: PlacedDocument | undefined;
  passport: readonly PlacedDocument[];
  title: readonly PlacedDocument[];
  proof: readonly PlacedDocument[];
  evidence: readonly PlacedDocument[];
};

/** `ausweisdokument` needs number and both dates; of an unlimited paper, or on the short path, not all are known. */
export function isPassportKnown(answers: PayloadAnswers): boolean {
  return ["number", "issuedOn", "validUntil"].every((field) => answers.text(field) !== undefined);
}

/** Codes of evidence that have a place of their own, which only takes documents in the message itself. */
export function inlineCodesOf(answers: PayloadAnswers): ReadonlySet<string> {
  return new Set([
    "TITLE",
    ...(isPassportKnown(answers) ? ["PASS"] : []),
    ...(answers.code("representativeRole") ? ["REPR"] : []),
  ]);
}

/** Sorts the documents of an application or of a paper for free movement. */
export function sortDocuments(payload: Pick<Payload, "data">, documents: readonly PlacedDocument[]): SortedDocuments {
  const inline = inlineCodesOf(answersIn(payload));
  const hasPlace = ({ code, base64 }: PlacedDocument) => inline.has(code) && base64 !== undefined;
  const ofCode = (code: string) => documents.filter((document) => document.code === code && hasPlace(document));
  return {
    summary: formIn(documents),
    passport: ofCode("PASS"),
    title: ofCode("TITLE"),
    proof: ofCode("REPR"),
    evidence: evidenceIn(documents).filter((document) => !hasPlace(document)),
  };
}
