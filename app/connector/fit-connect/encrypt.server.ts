import { createHash, type KeyObject } from "node:crypto";
import { CompactEncrypt } from "jose";

/** A key of a Zustellpunkt that passed the checks. */
export type EncryptionKey = { kid: string; key: KeyObject };

/** One encrypted part and its authentication tag, by which statements refer to it. */
export type EncryptedPart = { jwe: string; tag: string };

/** Encrypts one part with its own content key (RFC 7516 compact, RSA-OAEP-256 and A256GCM, not compressed). */
export async function encryptPart(
  bytes: Uint8Array,
  contentType: string,
  { kid, key }: EncryptionKey,
): Promise<EncryptedPart> {
  const jwe = await new CompactEncrypt(bytes)
    .setProtectedHeader({ alg: "RSA-OAEP-256", enc: "A256GCM", kid, cty: contentType })
    .encrypt(key);
  return { jwe, tag: jwe.slice(jwe.lastIndexOf(".") + 1) };
}

/** SHA-512 of exactly these bytes in lower-case hex, as metadata carries it. */
export function sha512(bytes: Uint8Array): string {
  return createHash("sha512").update(bytes).digest("hex");
}
