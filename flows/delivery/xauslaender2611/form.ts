import type { PlacedDocument } from "#flows/delivery/standard.ts";

/**
 * A message that must hold the application as PDF cannot be written without it. Thrown while sending: the PDF is drawn anew
 * with the next attempt, and if that never works, the message is stuck and the operator is told.
 */
export class FormMissing extends Error {
  override readonly name = "FormMissing";
}

/** The application as PDF; undefined if it could not be drawn. */
export function formIn(documents: readonly PlacedDocument[]): PlacedDocument | undefined {
  return documents.find(({ code }) => code === "form");
}

/** The application as PDF. @throws FormMissing if it could not be drawn */
export function formNeeded(documents: readonly PlacedDocument[]): PlacedDocument {
  const form = formIn(documents);
  if (!form) throw new FormMissing();
  return form;
}

/** All documents but the application itself. */
export function evidenceIn(documents: readonly PlacedDocument[]): readonly PlacedDocument[] {
  return documents.filter(({ code }) => code !== "form");
}
