import { isUtf8 } from "node:buffer";
import { ParseOption, XmlDocument, XmlElement, XmlText } from "libxml2-wasm";

/** An element: local name, namespace, attributes without namespace, own elements, own text. */
export type XmlNode = {
  name: string;
  namespace: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly XmlNode[];
  text: string;
};

const options = [
  ParseOption.XML_PARSE_NONET,
  ParseOption.XML_PARSE_NO_XXE,
  ParseOption.XML_PARSE_BIG_LINES,
  ParseOption.XML_PARSE_HUGE,
].reduce((all, option) => all | option, 0);

/**
 * Opens XML from outside for `use`, which must not keep it; undefined if it is not well-formed UTF-8, or declares a document
 * type: with that entities begin.
 */
export function withXml<Result>(data: Buffer, use: (document: XmlDocument) => Result): Result | undefined {
  if (!isUtf8(data) || data.includes(0) || data.includes("<!DOCTYPE")) return undefined;
  let document: XmlDocument;
  try {
    document = XmlDocument.fromBuffer(data, { encoding: "utf-8", option: options });
  } catch {
    return undefined;
  }
  try {
    return use(document);
  } finally {
    document.dispose();
  }
}

/** The document as plain values; only for one that its schema allows, which is flat. */
export function treeOf(element: XmlElement): XmlNode {
  const children: XmlNode[] = [];
  let text = "";
  for (let node = element.firstChild; node; node = node.next) {
    if (node instanceof XmlElement) children.push(treeOf(node));
    else if (node instanceof XmlText) text += node.content;
  }
  const attributes = Object.fromEntries(element.attrs.map(({ name, value }) => [name, value]));
  return { name: element.name, namespace: element.namespaceUri, attributes, children, text };
}
