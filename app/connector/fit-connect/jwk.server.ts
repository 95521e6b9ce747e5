import { createPublicKey, X509Certificate, type KeyObject } from "node:crypto";
import { z } from "zod";

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

/** A usable key, or the reason why it must not be used. */
export type CheckedKey = { ok: true; key: KeyObject } | { ok: false; reason: KeyFault };

/** Why a key is refused; stable words for the operator. */
export type KeyFault =
  "kind" | "kid" | "purpose" | "tooShort" | "noCertificate" | "foreignCertificate" | "certificateDate";

/** What a key must be good for. `service`: keys in the Zustelldienst's own set, whose `alg` and `key_ops` may be left out. */
export type KeyUse = "encrypt" | "verify" | "service";

const SHORTEST_BITS = 4096;

/**
 * Checks a key by the rules for FIT-Connect: RSA, exponent 65537, 4096 bits without leading zeros, one purpose only, and
 * a certificate for the same key unless the test environment does without. The certificate's chain is not followed.
 */
export function checkJwk(
  jwk: PublicJwk,
  expected: { kid: string; use: KeyUse; allowWithoutCertificate: boolean; now: number },
): CheckedKey {
  if (jwk.kty !== "RSA" || jwk.e !== "AQAB" || !/^[A-Za-z0-9_-]+$/.test(jwk.n)) return { ok: false, reason: "kind" };
  if (jwk.kid !== expected.kid) return { ok: false, reason: "kid" };
  if (!servesFor(jwk, expected.use)) return { ok: false, reason: "purpose" };
  if (bitLength(jwk.n) < SHORTEST_BITS) return { ok: false, reason: "tooShort" };
  const fault = certificateFault(jwk, expected);
  if (fault) return { ok: false, reason: fault };
  // Only kty, n and e: with `key_ops: ["wrapKey"]` the JOSE library would refuse to encrypt.
  return { ok: true, key: createPublicKey({ key: { kty: jwk.kty, n: jwk.n, e: jwk.e }, format: "jwk" }) };
}

function servesFor({ alg, key_ops: ops }: PublicJwk, use: KeyUse): boolean {
  if (use === "encrypt") return alg === "RSA-OAEP-256" && ops?.includes("wrapKey") === true && !ops.includes("verify");
  if (use === "verify") return alg === "PS512" && ops?.includes("verify") === true && !ops.includes("wrapKey");
  return (alg === undefined || alg === "PS512") && (ops === undefined || ops.includes("verify"));
}

function bitLength(n: string): number {
  const bytes = Buffer.from(n, "base64url");
  const first = bytes.findIndex((byte) => byte !== 0);
  const top = bytes[first];
  return top === undefined ? 0 : (bytes.length - first - 1) * 8 + (32 - Math.clz32(top));
}

function certificateFault(
  { n, x5c }: PublicJwk,
  { use, allowWithoutCertificate, now }: { use: KeyUse; allowWithoutCertificate: boolean; now: number },
): KeyFault | undefined {
  // The Zustelldienst's own set is fetched from its configured address and trusted by that.
  if (use === "service") return undefined;
  const leaf = x5c?.[0];
  if (leaf === undefined) return allowWithoutCertificate ? undefined : "noCertificate";
  const certificate = parseCertificate(leaf);
  const inside = certificate?.publicKey.export({ format: "jwk" });
  const sameModulus = typeof inside?.n === "string" && withoutZeros(inside.n) === withoutZeros(n);
  if (!certificate || !sameModulus || inside.e !== "AQAB") return "foreignCertificate";
  const isInTime = certificate.validFromDate.getTime() <= now && now <= certificate.validToDate.getTime();
  return isInTime ? undefined : "certificateDate";
}

function parseCertificate(base64: string): X509Certificate | undefined {
  try {
    const certificate = new X509Certificate(Buffer.from(base64, "base64"));
    return certificate.publicKey.asymmetricKeyType === "rsa" ? certificate : undefined;
  } catch {
    return undefined;
  }
}

function withoutZeros(n: string): string {
  return Buffer.from(n, "base64url")
    .toString("hex")
    .replace(/^(00)+/, "");
}
