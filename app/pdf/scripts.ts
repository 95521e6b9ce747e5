/** ISO 15924 codes, which are also the OpenType script tags that HarfBuzz takes, of the scripts that the fonts know. */
const scripts: readonly (readonly [string, RegExp])[] = [
  ["Latn", /\p{Script=Latin}/u],
  ["Cyrl", /\p{Script=Cyrillic}/u],
  ["Grek", /\p{Script=Greek}/u],
  ["Arab", /\p{Script=Arabic}/u],
  ["Hebr", /\p{Script=Hebrew}/u],
  ["Deva", /\p{Script=Devanagari}/u],
  ["Thai", /\p{Script=Thai}/u],
  ["Geor", /\p{Script=Georgian}/u],
  ["Armn", /\p{Script=Armenian}/u],
  ["Ethi", /\p{Script=Ethiopic}/u],
  ["Hani", /\p{Script=Han}/u],
  ["Hira", /\p{Script=Hiragana}/u],
  ["Kana", /\p{Script=Katakana}/u],
  ["Hang", /\p{Script=Hangul}/u],
  ["Bopo", /\p{Script=Bopomofo}/u],
];
const NEUTRAL = /[\p{Script=Common}\p{Script=Inherited}]/u;

/** The code of a text whose characters belong to all scripts or to none that the fonts know. */
export const NO_SCRIPT = "Zyyy";

/** The script of a character. */
export function scriptOf(character: string): string {
  return scripts.find(([, test]) => test.test(character))?.[0] ?? NO_SCRIPT;
}

/** Whether a character (space, digit, mark, punctuation) belongs to the script of its neighbours. */
export function isNeutral(character: string): boolean {
  return NEUTRAL.test(character);
}

/** Whether letters and their marks are few enough signs to stay as typed: one glyph for one precomposed letter. */
export function isAlphabetic(script: string): boolean {
  return ["Latn", "Cyrl", "Grek", NO_SCRIPT].includes(script);
}
