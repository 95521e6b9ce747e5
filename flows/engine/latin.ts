import letters from "#config/reference/din91379.json" with { type: "json" };

/**
 * Which letters a text may hold (DIN 91379): `person` are those of datatype A, names of natural persons; `name` those of
 * datatype B, names of places and firms and free text for registers, with digits and signs besides.
 */
export type LatinKind = "person" | "name";
/** What was typed instead of Latin letters: a script that has its own advice, or any other sign. */
export type LatinProblem = "latinCyrillic" | "latinArabic" | "latinCjk" | "latin";

const sign = (point: string): string => String.raw`\u{${point}}`;

const split = (text: string): string[] => text.split(" ").filter(Boolean);

function source(types: readonly { ranges: string; sequences: string }[]): string {
  const single = types.flatMap(({ ranges }) => split(ranges)).map((range) => range.split("-").map(sign).join("-"));
  const sequences = types.flatMap(({ sequences: list }) => split(list)).map((own) => own.split("+").map(sign).join(""));
  // Longer sequences first: of a letter with two marks the listed whole counts, not its beginning.
  const longest = sequences.toSorted((a, b) => b.length - a.length);
  return `^(?:${[...longest, `[${single.join("")}]`].join("|")})*$`;
}

const allowed: Readonly<Record<LatinKind, RegExp>> = {
  person: new RegExp(source([letters.A]), "u"),
  name: new RegExp(source([letters.A, letters.B]), "u"),
};

const scripts: readonly (readonly [LatinProblem, RegExp])[] = [
  ["latinCyrillic", /\p{Script=Cyrillic}/u],
  ["latinArabic", /\p{Script=Arabic}/u],
  ["latinCjk", /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u],
];

/**
 * Brings signs that telephones and word processors put in the place of others into those of the standard: blanks of all
 * kinds, hyphens and dashes, apostrophes. NFC, because the standard lists letters with their marks composed.
 */
export function plainLatin(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\p{Zs}/gu, " ")
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\u2018\u201b\u02bc]/g, "\u2019");
}

/** Why a text in NFC does not belong to a datatype; undefined if it does. */
export function latinProblem(text: string, kind: LatinKind): LatinProblem | undefined {
  if (allowed[kind].test(text)) return undefined;
  return scripts.find(([, script]) => script.test(text))?.[0] ?? "latin";
}
