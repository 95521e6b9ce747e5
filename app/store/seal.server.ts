import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, type KeyObject } from "node:crypto";

/** First byte of every ciphertext: which scheme made it. Readers refuse what they do not know. */
const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
export const KEY_BYTES = 32;

/** A ciphertext cannot be opened: wrong key, wrong place or damaged. Says nothing about which. */
export class SealError extends Error {
  readonly code = "unreadable";
  constructor(options?: ErrorOptions) {
    super("Sealed data cannot be opened", options);
    this.name = "SealError";
  }
}

/** 256 bits; a key that is used again and again is cheaper as a key object. */
type SealKey = Uint8Array | KeyObject;

/** A fresh random 256-bit key. */
export function newKey(): Uint8Array {
  return randomBytes(KEY_BYTES);
}

/** Seals bytes with AES-256-GCM. `place` (row id and kind) is authenticated: a ciphertext moved elsewhere does not open. */
export function seal(key: SealKey, place: string, plain: Uint8Array): Uint8Array {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  cipher.setAAD(Buffer.from(`${VERSION}|${place}`));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION]), iv, cipher.getAuthTag(), body]);
}

/** Opens what `seal` made with the same key and place. @throws SealError */
export function unseal(key: SealKey, place: string, sealed: Uint8Array): Uint8Array {
  const bytes = Buffer.from(sealed);
  if (bytes.length < 1 + IV_BYTES + TAG_BYTES || bytes[0] !== VERSION) throw new SealError();
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(1, 1 + IV_BYTES));
    decipher.setAAD(Buffer.from(`${VERSION}|${place}`));
    decipher.setAuthTag(bytes.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(1 + IV_BYTES + TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new SealError({ cause });
  }
}

/** Seals a value as JSON. */
export function sealJson(key: SealKey, place: string, value: unknown): Uint8Array {
  return seal(key, place, Buffer.from(JSON.stringify(value)));
}

/** Opens a value sealed as JSON; the caller parses it. @throws SealError */
export function unsealJson(key: SealKey, place: string, sealed: Uint8Array): unknown {
  return JSON.parse(Buffer.from(unseal(key, place, sealed)).toString()) as unknown;
}

/** Derives a named key from secret bytes (HKDF-SHA-256, RFC 5869). */
export function derive(secret: Uint8Array, info: string, length = KEY_BYTES): Uint8Array {
  return Buffer.from(hkdfSync("sha256", secret, new Uint8Array(0), info, length));
}

/** Lower-case hex SHA-512, the hash of FIT-Connect metadata. */
export function sha512(bytes: Uint8Array): string {
  return createHash("sha512").update(bytes).digest("hex");
}
