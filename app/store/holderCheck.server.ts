import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Keys } from "#app/keys.server.ts";
import { derive } from "#app/store/seal.server.ts";

/** First byte of every stored check: how it was made. */
const VERSION = 1;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

// Letters with a stroke and double letters, which Unicode does not take apart.
const LETTERS: Readonly<Record<string, string>> = {
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ħ: "h",
  ł: "l",
  ŧ: "t",
  þ: "th",
};

const MOST_ROUNDS = 4;

function fold(text: string): string {
  const plain = text.normalize("NFKD").toLowerCase().toUpperCase().toLowerCase().normalize("NFKD");
  return plain.replace(/[^\p{Ll}\p{Lu}\p{Lt}\p{Lo}]/gu, "").replace(/[^a-z]/gu, (letter) => LETTERS[letter] ?? letter);
}

/**
 * The letters of a name as they compare: without marks, case, blanks, hyphens and the signs of transcriptions. Some rare
 * letters fold to others that fold again, so it is repeated until nothing changes.
 */
function lettersOf(name: unknown): string {
  if (typeof name !== "string") return "";
  let letters = fold(name);
  for (let round = 0; round < MOST_ROUNDS && fold(letters) !== letters; round += 1) letters = fold(letters);
  return letters;
}

/**
 * Family name, given names in their order and birth date in one comparable text; `undefined` without any name. A single
 * name is the same whichever of both it was given as, and a partial or unknown birth date stays what it is.
 */
export function normalisedHolder(answers: Readonly<Record<string, unknown>>): string | undefined {
  const names = [lettersOf(answers["familyName"]), lettersOf(answers["givenNames"])].filter(Boolean);
  const born = answers["dateOfBirth"];
  if (names.length === 0) return undefined;
  return [names[0], names[1] ?? "", typeof born === "string" ? born : ""].join("|");
}

function hashOf({ index }: Pick<Keys, "index">, salt: Uint8Array, holder: string): Uint8Array {
  return createHmac("sha256", derive(index.bytes, "holder check")).update(salt).update(holder).digest();
}

/**
 * What is stored with a filed case, so that whoever knows name and birth date can check whose receipt it is: a fresh salt
 * and a keyed hash (HMAC-SHA-256). Without the key of the service nobody can try names against it.
 * @param answers of the filed application: `familyName`, `givenNames`, `dateOfBirth`
 */
export function holderCheckOf(
  keys: Pick<Keys, "index">,
  answers: Readonly<Record<string, unknown>>,
): Uint8Array | undefined {
  const holder = normalisedHolder(answers);
  if (holder === undefined) return undefined;
  const salt = randomBytes(SALT_BYTES);
  return Buffer.concat([Buffer.from([VERSION]), salt, hashOf(keys, salt, holder)]);
}

/**
 * True if a typed name and birth date are those of a stored check. A case without one, and one of a later version, never
 * match; they take as long as others.
 */
export function matchesHolder(
  keys: Pick<Keys, "index">,
  check: Uint8Array | undefined,
  typed: Readonly<Record<string, unknown>>,
): boolean {
  const isKnown = check !== undefined && check[0] === VERSION && check.length === 1 + SALT_BYTES + HASH_BYTES;
  const bytes = isKnown ? check : new Uint8Array(1 + SALT_BYTES + HASH_BYTES);
  const holder = normalisedHolder(typed);
  const hash = hashOf(keys, bytes.subarray(1, 1 + SALT_BYTES), holder ?? "");
  return timingSafeEqual(hash, bytes.subarray(1 + SALT_BYTES)) && isKnown && holder !== undefined;
}
