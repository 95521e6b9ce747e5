import type { Content, Elements } from "./content.ts";
import type { Model, TypeModel } from "./model.ts";

/** An element as a parser gives it: local name, namespace (empty for none), its elements, and its own text. */
export type XmlTree = { name: string; namespace: string; children: readonly XmlTree[]; text: string };

/** A message that was read: its number in the standard and what it holds. */
export type ReadMessage = { id: string; content: Elements };

/**
 * Reads a tree that was validated by the schema as a message of the model; undefined if it is none of its messages. Elements
 * that the model does not know are left out: validation is the schema's business, not that of reading.
 */
export function readMessage(model: Model, tree: XmlTree): ReadMessage | undefined {
  if (tree.namespace !== model.namespaces[model.prefix]?.uri) return undefined;
  const message = [...model.messages.values()].find(({ element }) => element === tree.name);
  return message && { id: message.id, content: readElements(model, message.type, tree) };
}

function readElements(model: Model, type: TypeModel, tree: XmlTree): Elements {
  const found: Record<string, Content | Content[]> = {};
  for (const { name, max, type: own } of type.elements) {
    const values = tree.children.filter((child) => child.name === name).map((child) => readValue(model, own, child));
    const [first] = values;
    if (first !== undefined) found[name] = max > 1 ? values : first;
  }
  return found;
}

function readValue(model: Model, typeName: string, tree: XmlTree): Content {
  if (model.codes[typeName]) return tree.children.find(({ name }) => name === "code")?.text ?? "";
  const type = model.types.get(typeName);
  return type ? readElements(model, type, tree) : tree.text;
}
