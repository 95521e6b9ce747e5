import { createHash } from "node:crypto";
import { CompactSign, compactVerify, importJWK, type JWK } from "jose";
import { z } from "zod";
import type { Keys } from "#app/keys.server.ts";

/** What a receipt states: no name, no secret. `hash` is the beginning of the SHA-512 of the filed payload. */
export const receiptClaims = z.strictObject({
  v: z.literal(1),
  reference: z.string(),
  authority: z.string(),
  service: z.string(),
  filedAt: z.iso.datetime(),
  files: z.number().int(),
  hash: z.string(),
});
export type ReceiptClaims = z.infer<typeof receiptClaims>;

const TYPE = "ao-receipt+jws";

/** Signs a receipt (JWS, EdDSA). */
export async function signReceipt(keys: Keys, claims: ReceiptClaims): Promise<string> {
  const { privateKey, kid } = keys.receipt;
  if (!privateKey) throw new Error("This process has no key to sign receipts");
  return new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: "EdDSA", kid, typ: TYPE })
    .sign(privateKey);
}

/** Reads a receipt and checks its signature against the published keys; `undefined` if it is not ours. */
export async function readReceipt(jwks: readonly JWK[], jws: string): Promise<ReceiptClaims | undefined> {
  try {
    const { payload } = await compactVerify(
      jws,
      async (header) => {
        const jwk = jwks.find((key) => key.kid === header.kid);
        if (!jwk || header.typ !== TYPE) throw new Error("unknown key");
        return importJWK(jwk, "EdDSA");
      },
      { algorithms: ["EdDSA"] },
    );
    return receiptClaims.safeParse(JSON.parse(Buffer.from(payload).toString())).data;
  } catch {
    return undefined;
  }
}

/** The first 256 bits of SHA-512 in hex, as receipts carry it: the beginning of what `sha512sum` prints. */
export function receiptHash(bytes: Uint8Array): string {
  return createHash("sha512").update(bytes).digest("hex").slice(0, 64);
}
