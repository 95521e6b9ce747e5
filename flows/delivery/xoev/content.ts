/**
 * The content of a message before it is written, or after it was read: elements by name. The order is the model's business. A
 * code is its bare code; its list and version come from the model. Absent elements are left out or `undefined`.
 */
export type Content = string | boolean | number | Elements;
export type Elements = { readonly [element: string]: Content | readonly Content[] | undefined };

/** The elements of that name, however many. */
export function all(content: Elements | undefined, name: string): readonly Content[] {
  const found = content?.[name];
  if (found === undefined) return [];
  return isList(found) ? found : [found];
}

/** The text of an element; undefined if it is absent or has elements. */
export function textOf(content: Elements | undefined, name: string): string | undefined {
  const [found] = all(content, name);
  return found === undefined || typeof found === "object" ? undefined : String(found);
}

/** The element's own elements; undefined if it is absent or has text. */
export function elementsOf(content: Elements | undefined, name: string): Elements | undefined {
  const [found] = all(content, name);
  return typeof found === "object" ? found : undefined;
}

function isList(value: Content | readonly Content[]): value is readonly Content[] {
  return Array.isArray(value);
}
