import type { KeyFault } from "../errors.ts";
import { bitsOf, type Certificate, type KeyUsageBit } from "./certificate.server.ts";
import { isSignedBy, signatureKind } from "./signature.server.ts";
import { CERTIFICATE_RULES } from "./unverified.ts";

/** From the certificate of a key up to a pinned root, which stands last. */
export type Chain = readonly [Certificate, ...Certificate[]];

/** The chain that holds, or the first fault of the chain that comes nearest. */
export type ChainCheck = { ok: true; chain: Chain } | { ok: false; reason: KeyFault };

// Leaf, intermediates and root of the V-PKI are three or four; the number of ways to try grows with the faculty.
const MAX_CERTIFICATES = 6;

/**
 * Finds and checks the chain of a certificate (RFC 5280 section 6, without policies): up to one of the pinned roots, every
 * certificate in its time, issuers that are CAs and may sign certificates, path lengths kept, the algorithms and lengths
 * of FIT-Connect, and a leaf that is for `use`. What stands in `x5c` helps to find the way and is never a root by itself.
 */
export function checkChain(
  [leaf, ...others]: Chain,
  roots: readonly Certificate[],
  use: KeyUsageBit,
  now: number,
): ChainCheck {
  if (others.length >= MAX_CERTIFICATES) return { ok: false, reason: "chain" };
  let nearest: KeyFault | undefined;
  for (const chain of pathsToRoot([leaf], others, roots)) {
    const fault = chainFault(chain, use, now);
    if (!fault) return { ok: true, chain };
    nearest ??= fault;
  }
  return { ok: false, reason: nearest ?? "chain" };
}

/** When the first certificate of a chain ends, in milliseconds since 1970. */
export function endOf(chain: Chain): number {
  return Math.min(...chain.map(({ notAfter }) => notAfter));
}

function* pathsToRoot(path: Chain, rest: readonly Certificate[], roots: readonly Certificate[]): Generator<Chain> {
  const top = path.at(-1) ?? path[0];
  for (const root of roots) if (isIssuedBy(top, root)) yield [...path, root];
  for (const next of rest) {
    const isUsed = path.some(({ der }) => der.equals(next.der));
    if (isUsed || !isIssuedBy(top, next)) continue;
    const others = rest.filter((other) => other !== next);
    yield* pathsToRoot([...path, next], others, roots);
  }
}

function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  return certificate.issuer.equals(issuer.subject) && isSignedBy(certificate.signed, issuer.key);
}

function chainFault(chain: Chain, use: KeyUsageBit, now: number): KeyFault | undefined {
  const [leaf, ...issuers] = chain;
  // The root is trusted because it is pinned, whatever its signature of itself is worth.
  const signed = chain.slice(0, -1);
  if (chain.some(({ notBefore, notAfter }) => now < notBefore || notAfter < now)) return "certificateDate";
  if (chain.some(({ modulus }) => bitsOf(modulus) < CERTIFICATE_RULES.bits)) return "tooShort";
  if (!signed.every(hasRequiredSignature)) return "algorithm";
  if (!leaf.keyUsage?.has(use)) return "keyUsage";
  if (issuers.some(({ keyUsage }) => !keyUsage?.has("keyCertSign"))) return "keyUsage";
  if (!issuers.every(mayStandAt) || chain.some(({ hasUnknownCritical }) => hasUnknownCritical)) return "chain";
  return undefined;
}

function hasRequiredSignature({ signed }: Certificate): boolean {
  const kind = signatureKind(signed.algorithm);
  const { padding, hash, shortestSalt } = CERTIFICATE_RULES;
  return kind?.padding === padding && kind.hash === hash && kind.saltLength >= shortestSalt;
}

/** `above` leaf: the number of CA certificates between an issuer and the leaf, those issued to itself not counted. */
function mayStandAt({ isCa, pathLength }: Certificate, above: number, issuers: readonly Certificate[]): boolean {
  const between = issuers.slice(0, above).filter(({ subject, issuer }) => !subject.equals(issuer)).length;
  return isCa && (pathLength === undefined || between <= pathLength);
}
