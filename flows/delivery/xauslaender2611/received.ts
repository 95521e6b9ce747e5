import type { LetterDocument, ReceivedDocument } from "#flows/delivery/standard.ts";
import { elementsOf, textOf, type Elements } from "#flows/delivery/xoev/content.ts";

/** The text of an element that says something; blanks alone say nothing. */
export function filled(content: Elements | undefined, name: string): string | undefined {
  const text = textOf(content, name)?.trim();
  return text === "" ? undefined : text;
}

/** Codes of the list "dokumentformat", version 2. */
const formats: Readonly<Record<string, ReceivedDocument["format"]>> = { "1": "pdf", "2": "jpg" };

/** The document in an element of type `OZG.Dokument`, as a list of one or none. */
export function documentsIn(content: Elements, name: string, title: LetterDocument): readonly ReceivedDocument[] {
  const element = elementsOf(content, name);
  // Base64 in XML may be broken into lines.
  const base64 = textOf(element, "dokument")?.replace(/\s+/g, "") ?? "";
  const format = formats[textOf(element, "dokumententyp") ?? ""];
  return format === undefined || base64 === "" ? [] : [{ title, format, base64 }];
}
