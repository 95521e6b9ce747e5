import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Need } from "../transport.ts";
import { fitConnect } from "./adapter.server.ts";
import { leika, schemaUri, startAuthority, type TestAuthority } from "./authority.testing.ts";
import { DAY_MS, issue, makePair, NOW, type Issued, type Wish } from "./certificates.testing.ts";
import type { FitConnectConfig } from "./config.server.ts";
import type { TestKey } from "./keys.testing.ts";
import { makeMessage, makeRow } from "./message.testing.ts";

let authority: TestAuthority;
let root: Issued;
const need: Need = { leika, ars: "091890124124", schemaUri, mimeType: "application/json" };

beforeAll(async () => {
  const [started, pair] = await Promise.all([startAuthority(), makePair()]);
  authority = started;
  root = await issue({ name: "Wurzel", pair, ca: true, usage: ["keyCertSign", "cRLSign"] });
}, 120_000);
afterAll(() => authority.close());

async function publish(key: TestKey, usage: Wish["usage"], wish: Partial<Wish> = {}) {
  const kid = `${key.kid}-${crypto.randomUUID()}`;
  const { x5c } = await issue({ name: "Behörde", pair: key, issuer: root, usage, ...wish });
  return { ...key.jwk, kid, x5c: [x5c] };
}

/** Publishes both keys anew, with certificates under the root; a name for the keys that nobody had before. */
async function certify(change: { encryption?: Partial<Wish>; signature?: Partial<Wish>; destination?: object } = {}) {
  const encryption = await publish(authority.encryption, ["keyEncipherment"], change.encryption);
  const signature = await publish(authority.signature, ["digitalSignature"], change.signature);
  await authority.register({ encryptionKid: encryption.kid, keys: [encryption, signature], ...change.destination });
}

const transport = (change: Partial<FitConnectConfig> = {}) =>
  fitConnect(
    authority.config({
      allowKeyWithoutCertificate: false,
      // No certificate of these tests says where to ask.
      trust: { roots: [root.pem], revocation: "preferred", privateHosts: "any" },
      now: () => NOW,
      ...change,
    }),
  );
const check = (needs: readonly Need[] = [need], change: Partial<FitConnectConfig> = {}) =>
  transport(change).selfTest({ destinationId: authority.destinationId }, needs);
const offering = (replyChannels: object) => ({
  publicServices: [
    {
      identifier: `urn:de:fim:leika:leistung:${leika}`,
      name: "Aufenthaltserlaubnis",
      regions: ["DE"],
      submissionSchemas: [{ schemaUri, mimeType: "application/json" }],
      replyChannels,
    },
  ],
});
const unknown = ["key:revocationUnknown", "signatureKey:revocationUnknown"];

describe("The self test", () => {
  test("says when the first certificate ends, and that nobody could be asked about revocation", async () => {
    await certify({ encryption: { to: NOW + 60 * DAY_MS }, signature: { to: NOW + 90 * DAY_MS } });
    const expiresAt = new Date(NOW + 60 * DAY_MS).toISOString();
    expect(await check()).toEqual({ ok: true, findings: unknown, expiresAt });
  });

  test("fails where revocation must be known", async () => {
    await certify();
    const trust = { roots: [root.pem], revocation: "required", privateHosts: "any" } as const;
    const findings = ["key:keyRefused.revocationUnknown", "signatureKey:keyRefused.noCertificate"];
    expect(await check([need], { trust })).toMatchObject({ ok: false, findings: expect.arrayContaining(findings) });
  });

  test("names the fault of the encryption key, and is content with one good key for signatures", async () => {
    await certify();
    await certify({ encryption: { to: NOW - DAY_MS }, signature: { usage: ["keyEncipherment"] } });
    const findings = ["key:keyRefused.certificateDate", "signatureKey:revocationUnknown"];
    expect(await check()).toMatchObject({ ok: false, findings });
  });

  const misfits: readonly [string, Partial<Need>, string][] = [
    ["service", { leika: "99010028000001" }, "destination:serviceNotOffered"],
    ["region", { ars: "081110000000" }, "destination:regionNotCovered"],
    ["schema", { schemaUri: "https://schema.example.org/other" }, "destination:schemaNotOffered"],
    ["kind of data", { mimeType: "application/xml" }, "destination:schemaNotOffered"],
  ];
  test.each(misfits)("names a %s that is not offered", async (_name, change, finding) => {
    await certify();
    expect(await check([need, { ...need, ...change }])).toMatchObject({ ok: false, findings: [finding, ...unknown] });
  });

  test("names everything that is wrong at the Zustellpunkt at once", async () => {
    await certify({ destination: { status: "inactive", metadataVersions: ["1.0.0"] } });
    const findings = ["destination:destinationInactive", "destination:metadataVersion", ...unknown];
    expect(await check()).toMatchObject({ ok: false, findings });
  });

  test("reminds of reply channels only if none of those offered could be used", async () => {
    await certify({ destination: offering({ deMail: {} }) });
    expect(await check()).toMatchObject({ ok: true, findings: ["destination:replyChannel", ...unknown] });
    await certify({ destination: offering({ deMail: {}, eMail: {} }) });
    expect(await check()).toMatchObject({ ok: true, findings: unknown });
  });

  test("ends at once where the credentials are wrong", async () => {
    expect(await check([need], { clientSecret: "wrong" })).toEqual({ ok: false, findings: ["token:unauthorised"] });
  });
});

async function deliver() {
  const { row, save } = makeRow();
  await transport().deliver(makeMessage(), { destinationId: authority.destinationId }, {}, save);
  return row;
}

describe("A delivery", () => {
  test("goes to a key whose chain leads to the pinned root", async () => {
    await certify();
    expect(await deliver()).toMatchObject({ progress: { stage: "sent" } });
  });

  test("to a key whose chain does not hold is refused for good, with the reason", async () => {
    await certify({ encryption: { hash: "SHA-256" } });
    await expect(deliver()).rejects.toMatchObject({
      code: "keyRefused",
      reason: "keyRefused.algorithm",
      retryable: false,
    });
  });

  test("is not believed to be accepted by a signature whose key has no certificate", async () => {
    await certify();
    const { progress } = await deliver();
    const { submissionId, caseId } = progress as { submissionId: string; caseId: string };
    await authority.say({ submissionId, caseId }, "accept-submission");
    const asked = transport().poll("1", { destinationId: authority.destinationId }, progress);
    await expect(asked).rejects.toMatchObject({ reason: "keyRefused.noCertificate" });
  });
});
