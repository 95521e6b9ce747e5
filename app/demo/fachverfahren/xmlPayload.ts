import { createHash } from "node:crypto";
import { payloadSchema, type Payload } from "./payload.ts";
import type { XmlNode } from "./xmlDocument.ts";

/** A document that stands in the message itself. */
export type InlineDocument = { attachmentId: string; filename: string; mimeType: string; bytes: Buffer };

/** A message as the inbox shows it, and the documents that it holds. */
export type XmlContent = { payload: Payload; documents: readonly InlineDocument[] };

/** Kinds of message by the number in the name of the root element; all others are applications. */
const kinds: Readonly<Record<string, string>> = { "130103": "answer", "130111": "withdrawal", "000040": "package" };
/** Elements of the frame, which are shown elsewhere. */
const frame = new Set(["nachrichtenkopf.g2g", "anschrift.leser", "anschrift.autor"]);
const formats: Readonly<Record<string, readonly [type: string, ending: string]>> = {
  "1": ["application/pdf", "pdf"],
  "2": ["image/jpeg", "jpg"],
};
/** Elements that hold the person whom an application is about, the first that there is. */
const persons = ["angabenZurPerson", "fachkraft", "privat", "gast"];

const child = (node: XmlNode | undefined, name: string) => node?.children.find((one) => one.name === name);
const at = (node: XmlNode, ...path: string[]) => path.reduce<XmlNode | undefined>(child, node);
const textAt = (node: XmlNode, ...path: string[]) => at(node, ...path)?.text.trim();

function firstOf(node: XmlNode, name: string): XmlNode | undefined {
  return child(node, name) ?? node.children.map((one) => firstOf(one, name)).find((found) => found !== undefined);
}

/** `angabenZurPerson` as `Angaben Zur Person`. */
function label(name: string): string {
  const spaced = name.replaceAll(/([a-zäöü])([A-Z])/g, "$1 $2");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

const isDocument = (node: XmlNode) => child(node, "dokumententyp") !== undefined;

/** What is written at the ends of an element, by the way there; documents are listed as evidence instead. */
function leaves(node: XmlNode, way: string): [string, string][] {
  if (isDocument(node)) return [];
  const code = child(node, "code");
  const isCode = code !== undefined && node.children.every(({ name }) => name === "code" || name === "name");
  if (isCode || node.children.length === 0) return [[way, (code ?? node).text.trim()]];
  const counts = Map.groupBy(node.children, ({ name }) => name);
  return [...counts].flatMap(([name, same]) =>
    same.flatMap((one, index) => {
      const step = same.length > 1 ? `${label(name)} ${index + 1}` : label(name);
      return leaves(one, way === "" ? step : `${way} › ${step}`);
    }),
  );
}

const written = (value: string): string | boolean => (value === "true" || value === "false" ? value === "true" : value);

function sectionsOf(root: XmlNode): Record<string, Record<string, unknown>> {
  const body = root.children.filter(({ name }) => !frame.has(name) && name !== "archiv");
  const sections: Record<string, Record<string, unknown>> = {};
  for (const node of body) {
    const isPart = node.children.length > 0 && child(node, "code") === undefined;
    const title = isPart ? label(node.name) : "Angaben zum Antrag";
    const own = isPart ? leaves(node, "") : leaves(node, label(node.name));
    if (own.length === 0) continue;
    const values = Object.fromEntries(own.map(([name, value]) => [name, written(value)]));
    const free = sections[title] && isPart ? `${title} ${Object.keys(sections).length}` : title;
    sections[free] = { ...sections[free], ...values };
  }
  return sections;
}

/** All documents of a message with the element that names them, inline or by their id. */
function documentsIn(node: XmlNode): XmlNode[] {
  return node.children.flatMap((one) => (isDocument(one) ? [one] : documentsIn(one)));
}

const uuidOf = (seed: string) =>
  createHash("sha256")
    .update(seed)
    .digest("hex")
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");

function evidenceOf(root: XmlNode, messageId: string) {
  const inline: InlineDocument[] = [];
  const evidence = documentsIn(root).map((node, index) => {
    const [mimeType, ending] = formats[textAt(node, "dokumententyp", "code") ?? ""] ?? [
      "application/octet-stream",
      "bin",
    ];
    const holder = child(node, "dokumentOderReferenz") ?? node;
    const title = textAt(node, "bezeichnung") ?? label(node.name);
    const filename = textAt(node, "dateiname") ?? `${node.name}-${index + 1}.${ending}`;
    const named = textAt(holder, "dokumentuuid")?.toLowerCase();
    const attachmentId = named ?? uuidOf(`${messageId} ${index}`);
    const base64 = textAt(holder, "dokument");
    if (base64 !== undefined) inline.push({ attachmentId, filename, mimeType, bytes: Buffer.from(base64, "base64") });
    return { code: node.name, title, files: [{ attachmentId, filename, mimeType, sha512: "" }] };
  });
  return { inline, evidence };
}

function nameOf(root: XmlNode) {
  const person = persons.map((name) => firstOf(root, name)).find((found) => found !== undefined);
  if (!person) return [];
  const [familyName = "", givenNames = ""] = ["familienname", "vorname"].map((name) => textAt(person, name, "name"));
  return [{ familyName, givenNames }];
}

/**
 * Reads a valid message of XAusländer for the inbox. `service` is the service that the sender names; the message has none.
 * @throws ZodError when parts are missing that every message has
 */
export function readXmlMessage(root: XmlNode, service: { id: string; title: string }): XmlContent {
  const header = (...path: string[]) => textAt(root, "nachrichtenkopf.g2g", ...path);
  const number = /\d{6}$/.exec(root.name)?.[0] ?? "";
  const messageId = header("identifikation.nachricht", "nachrichtenUUID")?.toLowerCase() ?? "";
  const answersTo = textAt(root, "ausloeserUUID")?.toLowerCase();
  const { inline, evidence } = evidenceOf(root, messageId);
  const sender = { Name: header("autor", "name"), Kennung: header("autor", "kennung") };
  const reader = { Name: header("leser", "name"), Kennung: header("leser", "kennung") };
  const payload = payloadSchema.parse({
    messageId,
    kind: kinds[number] ?? "application",
    ...(answersTo === undefined ? {} : { supplements: answersTo }),
    ...(root.attributes["test"] === undefined ? {} : { demo: "Testnachricht, kein echter Antrag" }),
    reference: textAt(root, "antragsidentifikation"),
    filedAt: header("identifikation.nachricht", "erstellungszeitpunkt"),
    service,
    authority: { name: reader.Name },
    subjects: nameOf(root),
    data: { ...sectionsOf(root), Absender: sender, Empfänger: reader, Nachrichtentyp: { Nummer: number } },
    evidence,
  });
  return { payload, documents: inline };
}
