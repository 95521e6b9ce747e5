import type { Remarks } from "#flows/delivery/xauslaender2611/remarks.ts";

/**
 * Where the answers of a message stand, by field (of lists `group/field`): one or more paths of elements below the message's own,
 * for an answer may be parted, or stand in the second if the first has no room for it. Fields that are missing stand in the PDF.
 */
export type Targets = Readonly<Record<string, readonly string[]>>;

/** Parts of a house number, as addresses of XInneres have it. */
export const houseNumber = (address: string): readonly string[] =>
  ["hausnummer", "hausnummerBuchstabeZusatzziffer", "teilnummerDerHausnummer"].map((part) => `${address}/${part}`);

/** The same paths below an element. */
export function below(element: string, targets: Targets): Targets {
  return Object.fromEntries(
    Object.entries(targets).map(([field, paths]) => [field, paths.map((path) => `${element}/${path}`)]),
  );
}

/** Joins tables; a field of several stands in all the places that they name, in this order. */
export function joined(...tables: readonly Targets[]): Targets {
  const fields = new Set(tables.flatMap((table) => Object.keys(table)));
  return Object.fromEntries([...fields].map((field) => [field, tables.flatMap((table) => table[field] ?? [])]));
}

/** Fields of remarks, which stand as notes in an element. */
export function notedIn(element: string, remarks: Remarks): Targets {
  return Object.fromEntries(
    Object.values(remarks).flatMap((labels) => Object.keys(labels).map((field) => [field, [element]])),
  );
}
