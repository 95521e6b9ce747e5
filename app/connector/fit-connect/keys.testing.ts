import { generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { CompactSign } from "jose";
import type { PublicJwk } from "./jwk.server.ts";

/** A key pair for tests: the private half, and the public half as a destination publishes it. */
export type TestKey = { kid: string; privateKey: KeyObject; publicKey: KeyObject; jwk: PublicJwk };

/** Makes a fresh RSA key pair of the given length. */
export async function makeKey(kid: string, use: "encrypt" | "verify", bits = 4096): Promise<TestKey> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)("rsa", { modulusLength: bits });
  const { n = "", e = "" } = publicKey.export({ format: "jwk" });
  const purpose =
    use === "encrypt" ? { alg: "RSA-OAEP-256", key_ops: ["wrapKey"] } : { alg: "PS512", key_ops: ["verify"] };
  return { kid, privateKey, publicKey, jwk: { kty: "RSA", kid, n, e, ...purpose } };
}

/** Signs claims as a Security Event Token; `header` replaces parts of a correct header. */
export function signSet(key: TestKey, claims: object, header: { typ?: string; kid?: string } = {}): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ typ: "secevent+jwt", alg: "PS512", kid: key.kid, ...header })
    .sign(key.privateKey);
}
