import { createPublicKey, type KeyObject } from "node:crypto";
import { z } from "zod";
import type { KeyFault } from "../errors.ts";
import { bitsOf, hexOf, parseCertificate, type Certificate } from "./certificate.server.ts";

/** A public key as the service hands it out; everything else about it is checked by `checkJwk`. */
export const publicJwk = z.object({
  kty: z.string(),
  kid: z.string(),
  n: z.string(),
  e: z.string(),
  alg: z.string().optional(),
  key_ops: z.array(z.string()).optional(),
  x5c: z.array(z.string()).optional(),
});

/** An RSA public key in JSON (RFC 7517), not yet trusted. */
export type PublicJwk = z.infer<typeof publicJwk>;

/** A key with its certificates as they stand beside it (its own first), or the reason why it must not be used. */
export type CheckedKey =
  { ok: true; key: KeyObject; certificates: readonly Certificate[] } | { ok: false; reason: KeyFault };

/** What a key must be good for. `service`: keys in the Zustelldienst's own set, whose `alg` and `key_ops` may be left out. */
export type KeyUse = "encrypt" | "verify" | "service";

const SHORTEST_BITS = 4096;
const EXPONENT_HEX = "010001";
const MOST_CERTIFICATES = 10;

/**
 * Checks a key by what it says of itself: RSA, exponent 65537, 4096 bits without leading zeros, one purpose only, and a
 * certificate for the same key unless the test environment does without. Who made the certificate is not checked here.
 */
export function checkJwk(
  jwk: PublicJwk,
  expected: { kid: string; use: KeyUse; allowWithoutCertificate: boolean; now: number },
): CheckedKey {
  if (jwk.kty !== "RSA" || jwk.e !== "AQAB" || !/^[A-Za-z0-9_-]+$/.test(jwk.n)) return { ok: false, reason: "kind" };
  if (jwk.kid !== expected.kid) return { ok: false, reason: "kid" };
  if (!servesFor(jwk, expected.use)) return { ok: false, reason: "purpose" };
  if (bitsOf(modulusOf(jwk)) < SHORTEST_BITS) return { ok: false, reason: "tooShort" };
  const certificates = certificatesOf(jwk, expected);
  if (typeof certificates === "string") return { ok: false, reason: certificates };
  // Only kty, n and e: with `key_ops: ["wrapKey"]` the JOSE library would refuse to encrypt.
  const key = createPublicKey({ key: { kty: jwk.kty, n: jwk.n, e: jwk.e }, format: "jwk" });
  return { ok: true, key, certificates };
}

function servesFor({ alg, key_ops: ops }: PublicJwk, use: KeyUse): boolean {
  if (use === "encrypt") return alg === "RSA-OAEP-256" && ops?.includes("wrapKey") === true && !ops.includes("verify");
  if (use === "verify") return alg === "PS512" && ops?.includes("verify") === true && !ops.includes("wrapKey");
  return (alg === undefined || alg === "PS512") && (ops === undefined || ops.includes("verify"));
}

function certificatesOf(
  jwk: PublicJwk,
  { use, allowWithoutCertificate, now }: { use: KeyUse; allowWithoutCertificate: boolean; now: number },
): readonly Certificate[] | KeyFault {
  // The Zustelldienst's own set is fetched from its configured address and trusted by that.
  if (use === "service") return [];
  const { x5c = [] } = jwk;
  if (x5c.length === 0) return allowWithoutCertificate ? [] : "noCertificate";
  if (x5c.length > MOST_CERTIFICATES) return "chain";
  const parsed = x5c.map((text) => parseCertificate(Buffer.from(text, "base64")));
  const [leaf] = parsed;
  const isSame = leaf?.modulus === modulusOf(jwk) && leaf.exponent === EXPONENT_HEX;
  if (!leaf || !isSame) return "foreignCertificate";
  if (now < leaf.notBefore || leaf.notAfter < now) return "certificateDate";
  // An odd certificate further up only makes the way to a root harder to find.
  return parsed.filter((certificate) => certificate !== undefined);
}

function modulusOf({ n }: PublicJwk): string {
  return hexOf(Buffer.from(n, "base64url"));
}
