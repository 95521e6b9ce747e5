import type { KeyObject } from "node:crypto";
import { DeliveryError, type KeyFault } from "../errors.ts";
import { parseCertificate, type Certificate } from "./certificate.server.ts";
import { checkChain, endOf } from "./chain.server.ts";
import type { FitConnectConfig } from "./config.server.ts";
import { createGuardedFetch } from "./guardedFetch.server.ts";
import { checkJwk, type KeyUse, type PublicJwk } from "./jwk.server.ts";
import { createRevocation } from "./revocation.server.ts";
import { derOf } from "./roots.server.ts";
import { KEY_USAGE } from "./unverified.ts";

/** Which certificates of keys are believed. */
export type TrustConfig = {
  /** Pinned root certificates in PEM, one each. Without any (test environment, simulator) no chain is followed. */
  roots: readonly string[];
  /** `required`: a key whose revocation cannot be found out is not used; `preferred`: it is. */
  revocation: "required" | "preferred";
  /** Hosts of OCSP responders and revocation lists that may lie in private networks. */
  privateHosts: "any" | readonly string[];
};

/** A key that may be used; `expiresAt`: when the first certificate above it ends. */
export type TrustedKey =
  | { ok: true; key: KeyObject; expiresAt: number | undefined; isRevocationUnknown: boolean }
  | { ok: false; reason: KeyFault };

/** Decides whether a published key may be used: by its own members, its certificate, the chain and its revocation. */
export type Trust = (jwk: PublicJwk, expected: { kid: string; use: KeyUse }) => Promise<TrustedKey>;

// An answer of a responder is small; without one the list is fetched after this time.
const STATUS_TIMEOUT_MS = 10_000;

/** One trust per configuration, so that what was learned of revocations is shared. @throws DeliveryError misconfigured */
export function createTrust(config: FitConnectConfig): Trust {
  const { trust, allowKeyWithoutCertificate: allowWithoutCertificate, userAgent } = config;
  const now = config.now ?? Date.now;
  const roots = trust.roots.map(parseRoot);
  const privateHosts = trust.privateHosts === "any" ? "any" : new Set(trust.privateHosts);
  const timeoutMs = Math.min(config.timeoutMs, STATUS_TIMEOUT_MS);
  const checkRevocation = createRevocation(createGuardedFetch({ privateHosts, userAgent, timeoutMs }), now);

  return async (jwk, { kid, use }) => {
    const checked = checkJwk(jwk, { kid, use, allowWithoutCertificate, now: now() });
    if (!checked.ok) return checked;
    const { key, certificates } = checked;
    const [leaf, ...others] = certificates;
    if (!leaf || use === "service") return { ok: true, key, expiresAt: undefined, isRevocationUnknown: false };
    if (roots.length === 0 && allowWithoutCertificate) {
      return { ok: true, key, expiresAt: leaf.notAfter, isRevocationUnknown: false };
    }
    const found = checkChain([leaf, ...others], roots, KEY_USAGE[use], now());
    if (!found.ok) return found;
    const revocation = await checkRevocation(found.chain);
    if (revocation === "revoked") return { ok: false, reason: "revoked" };
    const isRevocationUnknown = revocation === "unknown";
    if (isRevocationUnknown && trust.revocation === "required") return { ok: false, reason: "revocationUnknown" };
    return { ok: true, key, expiresAt: endOf(found.chain), isRevocationUnknown };
  };
}

/** The failure for a key that must not be used; what cannot be found out now may be known later. */
export function refusedKey(detail: KeyFault): DeliveryError {
  const isPassing = detail === "revocationUnknown" || detail === "missing";
  return new DeliveryError("keyRefused", isPassing, { detail });
}

function parseRoot(pem: string): Certificate {
  const root = parseCertificate(derOf(pem));
  if (root?.isCa) return root;
  throw new DeliveryError("misconfigured", false, {
    cause: new Error("a root is no certificate of a CA with an RSA key"),
  });
}
