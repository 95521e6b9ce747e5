import type { KeyObject } from "node:crypto";
import { compactDecrypt, decodeProtectedHeader } from "jose";

/** Most bytes that a compressed plaintext may unpack to; larger ones are refused as a zip bomb. */
export const MAX_INFLATED_BYTES = 32 * 1024 * 1024;

/** Private key of a destination with the `kid` that senders must name. */
export type DecryptionKey = { kid: string; privateKey: KeyObject };

/** Authentication tag of a compact JWE (its fifth part), or nothing if it has not five parts. */
export function authenticationTag(jwe: string): string | undefined {
  const parts = jwe.split(".");
  return parts.length === 5 ? parts[4] : undefined;
}

/** Opens a compact JWE (RSA-OAEP-256, A256GCM); nothing when no key fits or algorithm, tag or size is wrong. */
export async function decryptJwe(
  jwe: string,
  keys: readonly DecryptionKey[],
  maxDecompressedLength = MAX_INFLATED_BYTES,
): Promise<Buffer | undefined> {
  try {
    const { kid } = decodeProtectedHeader(jwe);
    const key = keys.find((candidate) => candidate.kid === kid);
    if (!key) return undefined;
    const { plaintext } = await compactDecrypt(jwe, key.privateKey, {
      keyManagementAlgorithms: ["RSA-OAEP-256"],
      contentEncryptionAlgorithms: ["A256GCM"],
      maxDecompressedLength,
    });
    return Buffer.from(plaintext);
  } catch {
    return undefined;
  }
}
