import { XmlElement, type XmlDocument } from "libxml2-wasm";

/** Sender or receiver in the head of a message. */
export type Party = { identifier: string; name: string };

/** What the head of a message says, and what a clerk needs at once. `type` is its number in the standard. */
export type Head = {
  namespace: string;
  version: string;
  type: string;
  messageId: string;
  reference: string;
  answersTo?: string;
  author: Party;
  reader: Party;
  directoryVersion: string;
  applicant: string;
};

/** A part of a message for reading: its name, and a value or parts of its own. */
export type Part = { name: string; value?: string; parts: Part[] };

// Longer values are documents.
const LONGEST_VALUE = 2_000;

function childrenOf(element: XmlElement): XmlElement[] {
  const found: XmlElement[] = [];
  for (let node = element.firstChild; node; node = node.next) if (node instanceof XmlElement) found.push(node);
  return found;
}

function at(element: XmlElement, ...path: string[]): XmlElement | undefined {
  let place: XmlElement | undefined = element;
  for (const name of path) place = place && childrenOf(place).find((child) => child.name === name);
  return place;
}

const text = (element: XmlElement, ...path: string[]) => at(element, ...path)?.content.trim() ?? "";

function partyOf(head: XmlElement, role: "leser" | "autor"): Party {
  return { identifier: text(head, role, "kennung"), name: text(head, role, "name") };
}

/** Reads the head of a valid message; undefined if it has none. */
export function readHead({ root }: XmlDocument): Head | undefined {
  const head = at(root, "nachrichtenkopf.g2g");
  const [, type] = /\.(\d{6})$/.exec(root.name) ?? [];
  if (!head || type === undefined) return undefined;
  const directory = at(head, "leser", "verzeichnisdienst");
  const answersTo = text(root, "ausloeserUUID").toLowerCase();
  const names = ["familienname", "vorname"].map((name) => text(root, "angabenZurPerson", name, "name"));
  return {
    namespace: root.namespaceUri,
    version: root.attr("version")?.value ?? "",
    type,
    messageId: text(head, "identifikation.nachricht", "nachrichtenUUID").toLowerCase(),
    reference: text(root, "antragsidentifikation"),
    ...(answersTo === "" ? {} : { answersTo }),
    author: partyOf(head, "autor"),
    reader: partyOf(head, "leser"),
    directoryVersion: directory?.attr("listVersionID")?.value ?? "",
    applicant: names.filter(Boolean).join(", "),
  };
}

/** All of a message for reading; documents are named by their size. */
export function readParts({ root }: XmlDocument): Part[] {
  return partOf(root).parts;
}

function partOf(element: XmlElement): Part {
  const children = childrenOf(element);
  if (children.length > 0) {
    const parts = children.map(partOf);
    const [only] = parts;
    // A code, or a name in an element of its own, is the value itself.
    const isWrapped = parts.length === 1 && only && ["code", "name"].includes(only.name) && only.value !== undefined;
    return isWrapped ? { name: element.name, value: only.value ?? "", parts: [] } : { name: element.name, parts };
  }
  const value = element.content.trim();
  const shown = value.length > LONGEST_VALUE ? `Dokument, ${Math.round((value.length * 3) / 4_000)} KB` : value;
  return { name: element.name, value: shown, parts: [] };
}
