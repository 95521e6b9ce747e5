import table from "#config/reference/kmu55.json" with { type: "json" };

const letters: Readonly<Record<string, string>> = table.letters;
const atStart: Readonly<Record<string, string>> = table.atStart;
/** Signs that keyboards and papers use for the apostrophe of the table. */
const APOSTROPHES = /['\u02bc\u2032\u0060\u00b4\u2018]/g;

const capital = (text: string): string => text.slice(0, 1) + text.slice(1).toLowerCase();

/** One word in Latin letters; undefined if it has a letter that the table lacks. */
function spelledWord(word: string): string | undefined {
  const isAllUpper = word.length > 1 && word === word.toUpperCase();
  let spelled = "";
  for (let index = 0; index < word.length;) {
    const two = word.slice(index, index + 2);
    const sign = letters[two.toUpperCase()] !== undefined && two.length === 2 ? two : word.slice(index, index + 1);
    const upper = sign.toUpperCase();
    const latin = (index === 0 ? atStart[upper] : undefined) ?? letters[upper];
    if (latin === undefined) return undefined;
    const isLower = sign.slice(0, 1) !== upper.slice(0, 1);
    spelled += isLower ? latin.toLowerCase() : isAllUpper ? latin : capital(latin);
    index += sign.length;
  }
  return spelled;
}

/**
 * A Ukrainian name as passports spell it in Latin letters (resolution 55/2010 of the Cabinet of Ministers of Ukraine).
 * Undefined if a letter is not Ukrainian: the table says nothing about other languages.
 */
export function ukrainianInLatin(name: string): string | undefined {
  const parts = name
    .normalize("NFC")
    .replace(APOSTROPHES, "\u2019")
    .split(/([\s-]+)/);
  const spelled = parts.map((part) => (/^[\s-]*$/.test(part) ? part : spelledWord(part)));
  return spelled.includes(undefined) ? undefined : spelled.join("").trim();
}

/** Names of somebody without any paper in Latin letters, as the table spells them, by field. */
export function latinNames(answers: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  if (answers["latinDocument"] !== false) return {};
  const pairs = [
    ["familyName", answers["familyNameOriginal"]],
    ["givenNames", answers["givenNamesOriginal"]],
  ] as const;
  return Object.fromEntries(
    pairs.flatMap(([field, original]) => {
      const latin = typeof original === "string" ? ukrainianInLatin(original) : undefined;
      return latin ? [[field, latin]] : [];
    }),
  );
}
