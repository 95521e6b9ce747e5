/** Marks without ink that steer how neighbours join or which way they run; HarfBuzz and bidi need them in the text. */
const STEERING = /[\u200c-\u200f\u061c]/;
/** Control, unassigned, private and lone surrogate characters, and those that turn the direction of following text. */
const UNSAFE = /[\p{C}\u2028\u2029]/u;

/** Brings line ends, tabs and soft hyphens into the forms that a page can show. */
export function plainText(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029/g, "\n")
    .replace(/\t/g, " ")
    .replace(/\u00ad/g, "");
}

/**
 * Writes every character that cannot be drawn as `[U+XXXX]`, so that a clerk sees that something stood there.
 * @param unknown characters that no font has
 */
export function spellUnknown(text: string, unknown: ReadonlySet<string>): string {
  return Array.from(text, (character) => {
    if (character === "\n" || STEERING.test(character)) return character;
    if (!unknown.has(character) && !UNSAFE.test(character)) return character;
    return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;
  }).join("");
}

/**
 * The characters of a text and those into which shaping turns them: letters typed in parts are joined, and Thai am (ำ)
 * is taken apart into its ring and its a.
 */
export function shapedCharacters(text: string): ReadonlySet<string> {
  return new Set(text + text.normalize("NFC") + (text.includes("\u0e33") ? "\u0e4d\u0e32" : ""));
}
