import { XmlElement, XmlXPath } from "libxml2-wasm";
import { type DocumentFault, withDocument } from "#app/xml/document.server.ts";
import { validatorFor } from "#app/xml/validate.server.ts";
import type { Standard } from "#flows/delivery/standard.ts";
import { type ReadMessage, readMessage, type XmlTree } from "#flows/delivery/xoev/read.ts";

/** Why a message is not read. Stable words: they are kept with it as evidence and stand in what operators see. */
export type RefusalCode = DocumentFault["code"] | "unknownMessage" | "invalid";

type Read = { ok: true; message: ReadMessage } | { ok: false; code: RefusalCode; line?: number };

/**
 * Reads a message of unknown origin: safe to parse, of this standard, and valid by its schema, checked in this order. `line`
 * begins at 1, where one can be named. Never throws for anything that the bytes hold.
 */
export function readXml(bytes: Uint8Array, standard: Pick<Standard, "model">): Read {
  const { model } = standard;
  const elements = new Set([...model.messages.values()].map(({ element }) => element));
  return withDocument<Read>(bytes, model, (document) => {
    const { root } = document;
    const isKnown = root.namespaceUri === model.namespaces[model.prefix]?.uri && elements.has(root.name);
    if (!isKnown) return { ok: false, code: "unknownMessage", line: root.line };
    const validity = validatorFor(standard).check(document);
    if (!validity.ok) return { ok: false, code: "invalid", line: validity.line };
    const message = readMessage(model, treeOf(root));
    return message ? { ok: true, message } : { ok: false, code: "unknownMessage", line: root.line };
  });
}

/** Elements of an element; going from node to node would end at the first processing instruction. */
const elementsBelow = XmlXPath.compile("*");

/** The schema keeps documents flat, and text where no elements are: only a valid one becomes a tree. */
function treeOf(element: XmlElement): XmlTree {
  const children = element.find(elementsBelow).flatMap((node) => (node instanceof XmlElement ? [treeOf(node)] : []));
  const text = children.length > 0 ? "" : element.content;
  return { name: element.name, namespace: element.namespaceUri, children, text };
}
