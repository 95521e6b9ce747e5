import letters from "#config/reference/mrzLetters.json" with { type: "json" };

const forms: Readonly<Record<string, string>> = letters;

/**
 * Sounds that transliterations write differently, the longest first: Ukrainian and Russian letters by KMU 55, ICAO 9303, English
 * and German habit come to the same.
 */
const sounds: readonly (readonly [RegExp, string])[] = [
  [/SHCH|SCHTSCH|SZCZ|STCH/g, "S"],
  [/TSCH|TCH/g, "C"],
  [/SCH|SH|SZ/g, "S"],
  [/CZ|CH/g, "C"],
  [/ZH|RZ/g, "Z"],
  [/KH/g, "H"],
  [/TS|TZ/g, "C"],
  [/PH/g, "F"],
  [/X/g, "KS"],
  [/CK|QU|Q/g, "K"],
  [/W/g, "V"],
  [/G/g, "H"],
];

/** Vowels, and letters that stand for them: how many there are, and which, is where spellings differ most. */
const VOWELS = /[AEIOUYJ]+/g;

/** Signs within words: passports leave them out, other spellings write them for a soft sign. */
const APOSTROPHES = /['"\u2018\u2019\u02b9\u02bc\u2032\u0060\u00b4]/g;

/** What is left of D’Angelo where somebody wrote it as two words. */
const LONE_LETTER = /\b([A-Z]) +(?=[A-Z])/g;

/**
 * A name as it sounds, in few letters: Oleksandr, Aleksandr and Alexander are the same, as are Müller and Mueller. Two different
 * names may be, too: it tells that somebody should look, never that two people are one.
 */
export function foldedName(name: string): string {
  const upper = name.normalize("NFC").toUpperCase();
  const latin = [...upper].map((letter) => forms[letter] ?? letter).join("");
  const bare = latin
    .normalize("NFD")
    .replace(APOSTROPHES, "")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Z ]/g, " ")
    .replace(LONE_LETTER, "$1");
  const words = bare.split(" ").filter(Boolean).map(foldedWord);
  return words.filter(Boolean).join(" ");
}

function foldedWord(word: string): string {
  const heard = sounds.reduce((text, [sound, letter]) => text.replace(sound, letter), word);
  const begin = /^[AEIOUYJ]/.test(heard) ? "A" : "";
  return (begin + heard.replace(VOWELS, "")).replace(/(.)\1+/g, "$1");
}
