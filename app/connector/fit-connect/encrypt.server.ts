import { constants, createCipheriv, createHash, publicEncrypt, randomBytes, type KeyObject } from "node:crypto";

/** A key of a Zustellpunkt that passed the checks. */
export type EncryptionKey = { kid: string; key: KeyObject };

/** One encrypted part as ASCII bytes, and its authentication tag, by which statements refer to it. */
export type EncryptedPart = { jwe: Buffer; tag: string };

const CONTENT_KEY_BYTES = 32;
const VECTOR_BYTES = 12;
const TAG_CHARACTERS = 22;
// A multiple of three: each piece becomes whole characters, so that the pieces can be joined.
const PIECE_BYTES = 96 * 1024;

const text = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64url");

/**
 * Encrypts one part with its own content key (RFC 7516 compact, RSA-OAEP-256 and A256GCM, not compressed). Written out piece
 * by piece: a library that builds it as a whole takes ten times the memory of a large file.
 */
export function encryptPart(bytes: Uint8Array, contentType: string, { kid, key }: EncryptionKey): EncryptedPart {
  const header = text(Buffer.from(JSON.stringify({ alg: "RSA-OAEP-256", enc: "A256GCM", kid, cty: contentType })));
  const [contentKey, vector] = [randomBytes(CONTENT_KEY_BYTES), randomBytes(VECTOR_BYTES)];
  const wrapping = { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" };
  const head = `${header}.${text(publicEncrypt(wrapping, contentKey))}.${text(vector)}.`;
  const cipher = createCipheriv("aes-256-gcm", contentKey, vector).setAAD(Buffer.from(header, "ascii"));
  const whole = Buffer.allocUnsafe(head.length + Math.ceil((bytes.length * 4) / 3) + 1 + TAG_CHARACTERS);
  let end = whole.write(head, "latin1");
  for (let begun = 0; begun < bytes.length; begun += PIECE_BYTES) {
    const piece = cipher.update(bytes.subarray(begun, begun + PIECE_BYTES));
    end += whole.write(piece.toString("base64url"), end, "latin1");
  }
  cipher.final();
  const tag = text(cipher.getAuthTag());
  end += whole.write(`.${tag}`, end, "latin1");
  return { jwe: whole.subarray(0, end), tag };
}

/** SHA-512 of exactly these bytes in lower-case hex, as metadata carries it. */
export function sha512(bytes: Uint8Array): string {
  return createHash("sha512").update(bytes).digest("hex");
}
