import {
  answerOcsp,
  issue,
  makeCrl,
  makePair,
  NOW,
  startStatusServer,
  type Issued,
  type Pair,
  type Wish,
} from "./certificates.testing.ts";
import type { FitConnectConfig } from "./config.server.ts";
import type { PublicJwk } from "./jwk.server.ts";
import { createTrust, type Trust, type TrustConfig, type TrustedKey } from "./trust.server.ts";

type Judging = { config?: Partial<TrustConfig>; use?: "encrypt" | "verify" };

const caUsage = ["keyCertSign", "cRLSign"] as const;

/** A small PKI: pinned root, intermediate and the certificate of a key, with a server for OCSP and revocation lists. */
export async function startPki() {
  const status = await startStatusServer();
  // Long keys take seconds, so each serves for several purposes.
  const [rootPair, issuer, leafPair, short] = await Promise.all([makePair(), makePair(), makePair(), makePair(2048)]);
  const pairs: Record<"root" | "issuer" | "leaf" | "short", Pair> = { root: rootPair, issuer, leaf: leafPair, short };
  const clock = { now: NOW };

  const makeRoot = (change: Partial<Wish> = {}) =>
    issue({ name: "Wurzel", pair: pairs.root, ca: true, usage: caUsage, ...change });
  const root = await makeRoot();
  const makeIntermediate = (change: Partial<Wish> = {}) => {
    const own = { name: "Zwischenstelle", pair: pairs.issuer, issuer: root, ca: true, pathLength: 0, usage: caUsage };
    return issue({ ...own, crl: `${status.url}/root.crl`, ...change });
  };
  const intermediate = await makeIntermediate();
  const makeLeaf = (change: Partial<Wish> = {}) => {
    const places = { ocsp: `${status.url}/ocsp`, crl: `${status.url}/crl` };
    const own = {
      name: "Ausländerbehörde",
      pair: pairs.leaf,
      issuer: intermediate,
      usage: ["keyEncipherment"],
    } as const;
    return issue({ ...own, ...places, ...change });
  };
  const leaf = await makeLeaf();

  /** A published key of the leaf's with these certificates beside it. */
  const jwkOf = (x5c: readonly Issued[], use: "encrypt" | "verify" = "encrypt"): PublicJwk => {
    const { n = "", e = "" } = pairs.leaf.publicKey.export({ format: "jwk" });
    const purpose =
      use === "encrypt" ? { alg: "RSA-OAEP-256", key_ops: ["wrapKey"] } : { alg: "PS512", key_ops: ["verify"] };
    return { kty: "RSA", kid: "kid", n, e, ...purpose, x5c: x5c.map((certificate) => certificate.x5c) };
  };

  const trust = (change: Partial<TrustConfig> = {}, more: Partial<FitConnectConfig> = {}): Trust =>
    createTrust({
      tokenUrl: "http://localhost/token",
      submissionUrl: "http://localhost/submission-api",
      destinationUrl: "http://localhost/destination-api",
      issuer: "http://localhost/submission-api",
      clientId: "id",
      clientSecret: "secret",
      allowKeyWithoutCertificate: false,
      trust: { roots: [root.pem], revocation: "required", privateHosts: "any", ...change },
      userAgent: "Aufenthalt-Online/1.0 (Test)",
      author: { name: "Amt", product: { name: "P", version: "1", manufacturer: "Amt" } },
      timeoutMs: 5_000,
      now: () => clock.now,
      ...more,
    });

  return {
    status,
    pairs,
    clock,
    caUsage,
    root,
    intermediate,
    leaf,
    makeRoot,
    makeIntermediate,
    makeLeaf,
    jwkOf,
    trust,
    /** Judges the leaf's key with these certificates beside it. */
    judge: (x5c: readonly Issued[], { config = {}, use = "encrypt" }: Judging = {}): Promise<TrustedKey> =>
      trust(config)(jwkOf(x5c, use), { kid: "kid", use }),
    /** Everything is good again, and nobody asked anything. */
    reset: async () => {
      clock.now = NOW;
      status.asked.length = 0;
      status.behaviour.ocsp = (question) => answerOcsp(question, { state: "good", signer: intermediate });
      status.behaviour.crl = await makeCrl(intermediate, []);
      status.behaviour.rootCrl = await makeCrl(root, []);
    },
  };
}

/** The PKI of the tests. */
export type TestPki = Awaited<ReturnType<typeof startPki>>;
