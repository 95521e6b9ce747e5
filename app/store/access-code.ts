import { asciiDigits } from "#flows/engine/forms.ts";

/** Crockford's base 32: no I, L, O, U. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHECK_CHARACTERS = 2;
const CHECK_PRIME = 1021;

/** A typed code as canonical characters: upper case, look-alikes and Arabic digits mapped, separators dropped. */
export function canonical(typed: string): string {
  return asciiDigits(typed)
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[IL]/g, "1")
    .replace(/O/g, "0")
    .replace(/U/g, "V")
    .replace(/[^0-9A-Z]/g, "");
}

/** Two check characters over a text of the alphabet: every single wrong character and every swap of neighbours shows. */
export function checkCharacters(text: string): string {
  let sum = 0;
  for (const char of text) sum = (sum * 32 + ALPHABET.indexOf(char) + 1) % CHECK_PRIME;
  return `${ALPHABET[Math.floor(sum / 32)] ?? ""}${ALPHABET[sum % 32] ?? ""}`;
}

/** Bytes as characters of the alphabet, five bits each. */
export function encode(bytes: Uint8Array): string {
  let bits = 0;
  let held = 0;
  let text = "";
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(held >> bits) & 31] ?? "";
      held &= (1 << bits) - 1;
    }
  }
  return bits > 0 ? text + (ALPHABET[(held << (5 - bits)) & 31] ?? "") : text;
}

function decode(text: string, length: number): Uint8Array {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const char of text) {
    held = (held << 5) | ALPHABET.indexOf(char);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
      held &= (1 << bits) - 1;
    }
  }
  return Uint8Array.from(bytes.slice(0, length));
}

/** Bytes as groups of 4 characters, the last two of which check the rest. */
function formatCode(secret: Uint8Array): string {
  const text = encode(secret);
  return (text + checkCharacters(text)).match(/.{4}/g)?.join("-") ?? "";
}

/** The secret bytes of a typed code, or why it cannot be one. */
export type ParsedCode = { ok: true; secret: Uint8Array } | { ok: false; reason: "length" | "mistyped" };

/** Reads a code of so many bytes. Case, look-alikes and separators do not matter. */
function parseCode(typed: string, bytes: number): ParsedCode {
  const text = canonical(typed);
  const characters = Math.ceil((bytes * 8) / 5);
  if (text.length !== characters + CHECK_CHARACTERS) return { ok: false, reason: "length" };
  const data = text.slice(0, characters);
  if (checkCharacters(data) !== text.slice(characters)) return { ok: false, reason: "mistyped" };
  return { ok: true, secret: decode(data, bytes) };
}

/** Random bytes of an access code: nobody finds one by trying, however long. */
export const ACCESS_BYTES = 16;

/** 16 random bytes as 7 groups of 4 characters: `7K4M-Q2XN-…`. */
export function formatAccessCode(secret: Uint8Array): string {
  return formatCode(secret);
}

/** Reads a typed access code. */
export function parseAccessCode(typed: string): ParsedCode {
  return parseCode(typed, ACCESS_BYTES);
}

/** Random bytes of an invitation: enough that nobody finds one by trying. */
export const JOIN_BYTES = 11;

/** 11 random bytes as 5 groups of 4 characters, in the style of an access code and never taken for one. */
export function formatJoinCode(secret: Uint8Array): string {
  return formatCode(secret);
}

/** Reads the typed code of an invitation. */
export function parseJoinCode(typed: string): ParsedCode {
  return parseCode(typed, JOIN_BYTES);
}

/** Random bytes of a ticket that hands over an application: enough for its ten minutes, short enough to type from a screen. */
export const TICKET_BYTES = 5;

/** 5 random bytes as 2 groups of 5 characters, two of which check the rest: `7K4MQ-2XNPD`. */
export function formatTicket(secret: Uint8Array): string {
  const text = encode(secret);
  return (text + checkCharacters(text)).match(/.{5}/g)?.join("-") ?? "";
}

/** Reads a typed ticket. */
export function parseTicket(typed: string): ParsedCode {
  return parseCode(typed, TICKET_BYTES);
}

/** A case reference from 7 random bytes: `ABCD-EFGH-JKMN`, ten random characters and two check characters. */
export function formatReference(random: Uint8Array): string {
  const text = encode(random).slice(0, 10);
  return (text + checkCharacters(text)).match(/.{4}/g)?.join("-") ?? "";
}

/** A typed reference in its written form, or `undefined` if its check characters are wrong. */
export function parseReference(typed: string): string | undefined {
  const text = canonical(typed);
  if (text.length !== 12 || checkCharacters(text.slice(0, 10)) !== text.slice(10)) return undefined;
  return text.match(/.{4}/g)?.join("-");
}
