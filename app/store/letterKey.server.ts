import { CompactEncrypt, compactDecrypt, exportJWK, generateKeyPair, importJWK } from "jose";
import { z } from "zod";
import { SealError } from "#app/store/seal.server.ts";

const coordinate = z.string().regex(/^[\w-]{43}$/);
const publicJwk = z.object({ kty: z.literal("EC"), crv: z.literal("P-256"), x: coordinate, y: coordinate });

/** Private key of a case's letters as JWK; it stands in the applicant's copy and nowhere else. */
export const letterKeyPrivate = publicJwk.extend({ d: coordinate });
export type LetterKeyPrivate = z.infer<typeof letterKeyPrivate>;

const ALGORITHM = "ECDH-ES";
const ENCRYPTION = "A256GCM";

/** New keys of a case: whoever has the public one (JWK as JSON) can write to the applicant, and only they can read it. */
export async function newLetterKeys(): Promise<{ publicKey: string; privateKey: LetterKeyPrivate }> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { crv: "P-256", extractable: true });
  const jwk = letterKeyPrivate.parse(await exportJWK(privateKey));
  return { publicKey: JSON.stringify(publicJwk.parse(jwk)), privateKey: jwk };
}

/** Seals a value for a case (JWE, RFC 7516). `place` stands inside: a text that is moved elsewhere does not open. */
export async function sealForCase(publicKey: string, place: string, value: unknown): Promise<string> {
  const key = await importJWK(publicJwk.parse(JSON.parse(publicKey)), ALGORITHM);
  return new CompactEncrypt(Buffer.from(JSON.stringify({ place, value })))
    .setProtectedHeader({ alg: ALGORITHM, enc: ENCRYPTION })
    .encrypt(key);
}

const content = z.object({ place: z.string(), value: z.unknown() });

/** Opens what was sealed for a case at the same place; the caller parses it. @throws SealError */
export async function openOfCase(privateKey: LetterKeyPrivate, place: string, sealed: string): Promise<unknown> {
  try {
    const key = await importJWK(privateKey, ALGORITHM);
    const { plaintext } = await compactDecrypt(sealed, key, {
      keyManagementAlgorithms: [ALGORITHM],
      contentEncryptionAlgorithms: [ENCRYPTION],
    });
    const opened = content.parse(JSON.parse(Buffer.from(plaintext).toString()));
    if (opened.place !== place) throw new SealError();
    return opened.value;
  } catch (cause) {
    throw new SealError({ cause });
  }
}
