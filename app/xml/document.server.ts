import { isUtf8 } from "node:buffer";
import { ParseOption, XmlDocument, XmlLibError } from "libxml2-wasm";
import type { Model } from "#flows/delivery/xoev/model.ts";

/** No message is larger, in bytes: the letter of an authority, or an application, with its documents. */
export const MOST_BYTES = 25 * 1024 * 1024;

/**
 * What of it is no document, in bytes. A real message has some thousand; the memory and time of parser and validator grow with
 * these bytes, not with those of documents.
 */
const MOST_OTHER_BYTES = 512 * 1024;

/** The tag of a document has a name and hardly an attribute. */
const LONGEST_TAG = 100;

/** Why bytes are not read as a document. Stable words: operators look them up. */
export type DocumentFault = { ok: false; code: "tooLarge" | "encoding" | "doctype" | "malformed"; line?: number };

/**
 * Nothing is fetched, nothing replaced, nothing included; long texts are allowed, as documents stand inside messages. All of
 * them are flags of libxml2.
 */
const options = [
  ParseOption.XML_PARSE_NONET,
  ParseOption.XML_PARSE_NO_XXE,
  ParseOption.XML_PARSE_NO_SYS_CATALOG,
  ParseOption.XML_PARSE_NOCDATA,
  ParseOption.XML_PARSE_BIG_LINES,
  ParseOption.XML_PARSE_HUGE,
].reduce((all, option) => all | option, 0);

/**
 * Reads bytes of unknown origin as an XML document and hands it to `use`, which must not keep it: its memory is not that of
 * JavaScript and is given back here. What could make the parser work for others is refused before it sees a byte: size, any
 * encoding but UTF-8, and every document type, with which entities begin.
 */
export function withDocument<Result>(
  bytes: Uint8Array,
  model: Model,
  use: (document: XmlDocument) => Result,
): Result | DocumentFault {
  if (bytes.length > MOST_BYTES) return { ok: false, code: "tooLarge" };
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // A byte of zero is UTF-16 or no text at all.
  if (!isUtf8(text) || text.includes(0) || declaredEncoding(text) !== "utf-8") return { ok: false, code: "encoding" };
  if (text.includes("<!DOCTYPE")) return { ok: false, code: "doctype" };
  if (hasTooMuchElse(text, model)) return { ok: false, code: "tooLarge" };
  let document: XmlDocument;
  try {
    document = XmlDocument.fromBuffer(bytes, { encoding: "utf-8", option: options });
  } catch (error) {
    // Whatever the parser says quotes the message: only the line is kept.
    const line = error instanceof XmlLibError ? error.details.at(0)?.line : undefined;
    return { ok: false, code: "malformed", ...(line === undefined ? {} : { line }) };
  }
  try {
    return use(document);
  } finally {
    document.dispose();
  }
}

/** The encoding that the XML declaration names, in small letters; `utf-8` if it names none. */
function declaredEncoding(text: Buffer): string {
  const [head = ""] = /^(?:\xef\xbb\xbf)?<\?xml[^>]*/.exec(text.toString("latin1", 0, 1_000)) ?? [];
  return (/\sencoding\s*=\s*["']([^"']*)/.exec(head)?.[1] ?? "utf-8").toLowerCase();
}

/** Whether more of the message than allowed is something else than the texts that follow the tags of documents. */
function hasTooMuchElse(text: Buffer, { types, messages, simple }: Model): boolean {
  if (text.length <= MOST_OTHER_BYTES) return false;
  const own = [...messages.values()].map(({ type }) => type);
  const elements = [...types.values(), ...own].flatMap((type) => type.elements);
  const documents = new Set(
    elements.filter(({ type }) => simple[type]?.base === "base64Binary").map(({ name }) => name),
  );
  let open = 0;
  let other = 0;
  while (open < text.length && other <= MOST_OTHER_BYTES) {
    const next = text.indexOf("<", open + 1);
    const piece = text.subarray(open, next < 0 ? text.length : next);
    const tag = piece.toString("latin1", 0, LONGEST_TAG);
    const [whole = "", name = ""] = /^<(?:[^\s:>/]*:)?([^\s:>/]+)[^>]*>/.exec(tag) ?? [];
    other += documents.has(name) ? whole.length : piece.length;
    open += piece.length;
  }
  return other > MOST_OTHER_BYTES;
}
