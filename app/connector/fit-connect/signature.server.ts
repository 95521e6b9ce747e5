import { constants, verify, type KeyObject } from "node:crypto";
import { AlgorithmIdentifier, RSASSAPSSParams } from "pkijs";

/** Something signed: the bytes that the signature covers, its algorithm as it is named beside it, and the signature. */
export type Signed = { bytes: Uint8Array; algorithm: AlgorithmIdentifier; signature: Uint8Array };

/** An RSA signature scheme (RFC 8017) with its hash; lengths in bytes. */
export type SignatureKind =
  { padding: "pss"; hash: SignatureHash; saltLength: number } | { padding: "pkcs1"; hash: SignatureHash };

/** Hashes that are long enough. */
export type SignatureHash = "sha256" | "sha384" | "sha512";

const hashes: Readonly<Record<string, SignatureHash>> = {
  "2.16.840.1.101.3.4.2.1": "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
};

const pkcs1: Readonly<Record<string, SignatureHash>> = {
  "1.2.840.113549.1.1.11": "sha256",
  "1.2.840.113549.1.1.12": "sha384",
  "1.2.840.113549.1.1.13": "sha512",
};

const RSASSA_PSS = "1.2.840.113549.1.1.10";
const MGF1 = "1.2.840.113549.1.1.8";

/** Reads the scheme of a signature; undefined for everything but RSA with SHA-2 and for broken parameters. */
export function signatureKind({ algorithmId, algorithmParams }: AlgorithmIdentifier): SignatureKind | undefined {
  const hash = Object.hasOwn(pkcs1, algorithmId) ? pkcs1[algorithmId] : undefined;
  if (hash) return { padding: "pkcs1", hash };
  if (algorithmId !== RSASSA_PSS || algorithmParams === undefined) return undefined;
  try {
    return pssKind(new RSASSAPSSParams({ schema: algorithmParams }));
  } catch {
    return undefined;
  }
}

/** Whether the key made this signature, by any scheme that `signatureKind` knows. */
export function isSignedBy({ bytes, algorithm, signature }: Signed, key: KeyObject): boolean {
  const kind = signatureKind(algorithm);
  if (!kind) return false;
  const { RSA_PKCS1_PADDING, RSA_PKCS1_PSS_PADDING } = constants;
  const scheme =
    kind.padding === "pss"
      ? { padding: RSA_PKCS1_PSS_PADDING, saltLength: kind.saltLength }
      : { padding: RSA_PKCS1_PADDING };
  try {
    return verify(kind.hash, bytes, { key, ...scheme }, signature);
  } catch {
    // A key that is only for the other scheme.
    return false;
  }
}

/** Whether two names of an algorithm are the same, parameters included. */
export function isSameAlgorithm(one: AlgorithmIdentifier, other: AlgorithmIdentifier): boolean {
  return Buffer.from(one.toSchema().toBER()).equals(Buffer.from(other.toSchema().toBER()));
}

function pssKind({
  hashAlgorithm,
  maskGenAlgorithm,
  saltLength,
  trailerField,
}: RSASSAPSSParams): SignatureKind | undefined {
  const hash = hashOf(hashAlgorithm.algorithmId);
  const isMgf1 = maskGenAlgorithm.algorithmId === MGF1 && trailerField === 1;
  if (!hash || !isMgf1) return undefined;
  const mask = new AlgorithmIdentifier({ schema: maskGenAlgorithm.algorithmParams });
  return hashOf(mask.algorithmId) === hash ? { padding: "pss", hash, saltLength } : undefined;
}

function hashOf(id: string): SignatureHash | undefined {
  return Object.hasOwn(hashes, id) ? hashes[id] : undefined;
}
