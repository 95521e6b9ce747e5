import { all, type Content, type Elements } from "./content.ts";
import type { ElementModel, Model, TypeModel } from "./model.ts";

/** Attributes of the root: product, producer, version; `test` says that the message is not a real one. */
export type RootAttributes = {
  produkt: string;
  produkthersteller: string;
  produktversion: string;
  test?: string;
};

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
};
/** Text with the signs that XML keeps for itself as references. */
export const escaped = (text: string): string => text.replace(/[&<>"\r]/g, (sign) => escapes[sign] ?? sign);

/**
 * Writes a message as XML text: elements in the order of the model, names with its namespaces, codes with list and version.
 * @throws Error when the content has an element that the model lacks, or lacks one that must stand: a mistake of the mapping
 */
export function writeMessage(model: Model, id: string, attributes: RootAttributes, content: Elements): string {
  const message = model.messages.get(id);
  if (!message) throw new Error(`${model.standard} ${model.version} has no message ${id}`);
  const { prefix, standard, version } = model;
  const root = { ...attributes, standard, version };
  const own = Object.entries(root).flatMap(([name, value]) =>
    value === undefined ? [] : [` ${name}="${escaped(value)}"`],
  );
  const space = ` xmlns:${prefix}="${model.namespaces[prefix]?.uri ?? ""}"`;
  const parts: string[] = [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<${prefix}:${message.element}${space}`,
    ...own,
    ">",
  ];
  writeElements(model, message.type, content, message.element, parts);
  parts.push(`\n</${prefix}:${message.element}>\n`);
  return parts.join("");
}

function writeElements(model: Model, type: TypeModel, content: Elements, path: string, parts: string[]): void {
  const names = new Set(type.elements.map(({ name }) => name));
  const stray = Object.keys(content).find((name) => content[name] !== undefined && !names.has(name));
  if (stray !== undefined) throw new Error(`${path} has no element ${stray}`);
  let standing = 0;
  for (const element of type.elements) {
    const found = all(content, element.name);
    if (found.length > 0) standing += 1;
    const least = type.kind === "choice" ? 0 : element.min;
    if (found.length < least || found.length > element.max)
      throw new Error(`${path}/${element.name} stands ${found.length} times`);
    for (const value of found) writeElement(model, type, element, value, path, parts);
  }
  if (type.kind === "choice" && standing !== 1) throw new Error(`${path} has ${standing} of its elements`);
}

function writeElement(
  model: Model,
  owner: TypeModel,
  element: ElementModel,
  value: Content,
  path: string,
  parts: string[],
): void {
  const name = element.qualified ? `${owner.prefix}:${element.name}` : element.name;
  const list = model.codes[element.type];
  if (list) {
    const { list: uri, version } = list;
    const code = escaped(String(value));
    parts.push(`\n<${name} listURI="${uri}" listVersionID="${version}"><code>${code}</code></${name}>`);
    return;
  }
  const type = model.types.get(element.type);
  if (!type) {
    parts.push(`\n<${name}>${escaped(String(value))}</${name}>`);
    return;
  }
  if (typeof value !== "object") throw new Error(`${path}/${element.name} has text instead of elements`);
  parts.push(`\n<${name}>`);
  writeElements(model, type, value, `${path}/${element.name}`, parts);
  parts.push(`\n</${name}>`);
}
