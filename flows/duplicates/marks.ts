import { foldedName } from "#flows/duplicates/fold.ts";

/** By what two applications look like those of one person. */
export const markKinds = ["document", "person"] as const;
export type MarkKind = (typeof markKinds)[number];

/**
 * Something that hardly two people share, as plain text: number and issuing state of a paper, or name and day of birth. It
 * must be keyed before it is kept anywhere.
 */
export type Mark = { kind: MarkKind; text: string };

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** What of a name is on every form: second names and second parts of double names are often left out. */
const firstWord = (name: unknown): string => foldedName(textOf(name)).split(" ")[0] ?? "";

/**
 * The marks of an applicant; none where the answers are not enough. A year of birth alone, or a name alone, is not. Which name
 * was typed as the family name does not matter: the two are easily swapped.
 */
export function marksOf(answers: Readonly<Record<string, unknown>>): readonly Mark[] {
  const number = textOf(answers["number"])
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "");
  const state = textOf(answers["issuingState"]);
  const names = [answers["familyName"], answers["givenNames"]].map(firstWord).toSorted();
  const born = textOf(answers["dateOfBirth"]);
  const isWhole = /^\d{4}-\d{2}-\d{2}$/.test(born);
  return [
    ...(number.length >= 5 && state !== "" ? [{ kind: "document", text: `${number}|${state}` } as const] : []),
    ...(isWhole && names.join("").length >= 2 ? [{ kind: "person", text: [...names, born].join("|") } as const] : []),
  ];
}
