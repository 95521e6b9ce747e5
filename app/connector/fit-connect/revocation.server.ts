import { createHash } from "node:crypto";
import type { Certificate } from "./certificate.server.ts";
import type { Chain } from "./chain.server.ts";
import { readCrl } from "./crl.server.ts";
import type { GuardedFetch } from "./guardedFetch.server.ts";
import { ocspRequest, readOcspResponse, type CertificateState } from "./ocsp.server.ts";

/** What is known about the revocation of a chain. */
export type Revocation = "good" | "revoked" | "unknown";

/** Asks for the revocation of a chain; never throws, an answer that cannot be had or believed is "unknown". */
export type CheckRevocation = (chain: Chain) => Promise<Revocation>;

const KEEP_MS = 60 * 60 * 1000;
const MOST_KEPT = 1000;
const MAX_OCSP_BYTES = 64 * 1024;
const MAX_CRL_BYTES = 2 * 1024 * 1024;
// More would let a certificate make us call as many addresses as its maker likes.
const MOST_ADDRESSES = 3;

/**
 * Asks for the state of the leaf and of every intermediate: the OCSP responder that the certificate names, and where that
 * does not help its revocation list. What was learned holds as long as the answer says, but an hour at most.
 */
export function createRevocation(fetch: GuardedFetch, now: () => number): CheckRevocation {
  const kept = new Map<string, CertificateState>();
  const pending = new Map<string, Promise<CertificateState | undefined>>();

  const ask = async (certificate: Certificate, issuer: Certificate): Promise<CertificateState | undefined> => {
    for (const url of certificate.ocspUrls.slice(0, MOST_ADDRESSES)) {
      const body = ocspRequest(certificate, issuer);
      const type = "application/ocsp-request";
      const answer = fetch({ url, body, type, maxBytes: MAX_OCSP_BYTES });
      const state = await answer
        .then((der) => readOcspResponse(der, { certificate, issuer, now: now() }, maySign))
        .catch(() => undefined);
      if (state) return state;
    }
    return lookUp(certificate, issuer);
  };

  const lookUp = async (certificate: Certificate, issuer: Certificate): Promise<CertificateState | undefined> => {
    for (const url of certificate.crlUrls.slice(0, MOST_ADDRESSES)) {
      const answer = fetch({ url, maxBytes: MAX_CRL_BYTES });
      const state = await answer
        .then((der) => readCrl(der, { certificate, issuer, url, now: now() }))
        .catch(() => undefined);
      if (state) return state;
    }
    return undefined;
  };

  // Lists only: a responder that is asked about itself could vouch for itself without end.
  const maySign = async (signer: Certificate, issuer: Certificate) =>
    signer.crlUrls.length === 0 || (await lookUp(signer, issuer))?.state === "good";

  const stateOf = async (certificate: Certificate, issuer: Certificate): Promise<Revocation> => {
    const name = nameOf(certificate, issuer);
    const held = kept.get(name);
    if (held && now() < held.until) return held.state;
    const running = pending.get(name) ?? ask(certificate, issuer).finally(() => pending.delete(name));
    pending.set(name, running);
    const found = await running;
    if (!found) return "unknown";
    for (const [old, { until }] of kept) if (until <= now() || kept.size >= MOST_KEPT) kept.delete(old);
    kept.set(name, { ...found, until: Math.min(found.until, now() + KEEP_MS) });
    return found.state;
  };

  return async (chain) => {
    const pairs = chain.flatMap((certificate, place) => {
      const issuer = chain[place + 1];
      return issuer ? [{ certificate, issuer }] : [];
    });
    const states = await Promise.all(pairs.map(({ certificate, issuer }) => stateOf(certificate, issuer)));
    if (states.includes("revoked")) return "revoked";
    return states.includes("unknown") ? "unknown" : "good";
  };
}

function nameOf(certificate: Certificate, issuer: Certificate): string {
  return createHash("sha256").update(certificate.der).update(issuer.keyBytes).digest("hex");
}
