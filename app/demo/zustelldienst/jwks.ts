import { X509Certificate } from "node:crypto";
import { z } from "zod";
import { destinationKey, type DestinationKey } from "./model.ts";
import { pass, refuse, type Outcome } from "./problems.ts";

const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
const MINIMUM_BITS = 4096;

const anyJwk = z.looseObject({ kid: z.string().min(8).max(64) });

/**
 * Checks one public key of a destination: RSA of at least 4096 bit, exponent 65537, algorithm and `key_ops` that belong
 * together, and a certificate (when given) for this very key. Private members are refused: they have no place here.
 */
export function checkDestinationKey(input: unknown): Outcome<DestinationKey> {
  const jwk = anyJwk.safeParse(input);
  if (!jwk.success) return refuse("key-invalid", "kid of 8 to 64 characters required");
  if (PRIVATE_MEMBERS.some((member) => member in jwk.data)) return refuse("key-invalid", "private key members found");
  const parsed = destinationKey.safeParse(jwk.data);
  if (!parsed.success) return refuse("key-invalid", "RSA key with alg RSA-OAEP-256 or PS512 required");
  const key = parsed.data;
  const operation = key.alg === "PS512" ? "verify" : "wrapKey";
  if (key.key_ops.length !== 1 || key.key_ops[0] !== operation) {
    return refuse("key-invalid", `key_ops of ${key.alg} must be ["${operation}"]`);
  }
  if (key.e !== "AQAB") return refuse("key-invalid", "exponent must be AQAB");
  if (modulusBits(key.n) < MINIMUM_BITS) return refuse("key-invalid", `modulus must have ${MINIMUM_BITS} bit`);
  if (key.x5c && !certifies(key.x5c, key)) return refuse("key-invalid", "x5c does not certify this key");
  return pass(key);
}

/** Number of significant bits of a base64url modulus; leading zero bytes do not count. */
function modulusBits(n: string): number {
  const bytes = Buffer.from(n, "base64url");
  const first = bytes.findIndex((byte) => byte !== 0);
  if (first < 0) return 0;
  return (bytes.length - first) * 8 - (Math.clz32(bytes[first] ?? 0) - 24);
}

function certifies(chain: readonly string[], key: DestinationKey): boolean {
  try {
    const leaf = new X509Certificate(Buffer.from(chain[0] ?? "", "base64"));
    const { n, e } = leaf.publicKey.export({ format: "jwk" });
    return n === key.n && e === key.e;
  } catch {
    return false;
  }
}
