import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { KeyFault } from "../errors.ts";
import { DAY_MS, issue, NOW, type Wish } from "./certificates.testing.ts";
import { startPki, type TestPki } from "./pki.testing.ts";

let pki: TestPki;
beforeAll(async () => {
  pki = await startPki();
}, 120_000);
beforeEach(() => pki.reset());
afterAll(() => pki.status.close());

const refused = (reason: KeyFault) => ({ ok: false, reason });

describe("The chain of a key's certificate", () => {
  test("is good up to a pinned root, with or without the root beside it, and ends with its first certificate", async () => {
    expect(await pki.judge([pki.leaf, pki.intermediate])).toMatchObject({ ok: true, isRevocationUnknown: false });
    const soon = await pki.makeIntermediate({ to: NOW + 30 * DAY_MS });
    const answer = await pki.judge([pki.leaf, soon, pki.root]);
    expect(answer).toMatchObject({ ok: true, expiresAt: NOW + 30 * DAY_MS });
  });

  test("may stand in any order behind the key's own certificate", async () => {
    expect(await pki.judge([pki.leaf, pki.root, pki.intermediate])).toMatchObject({ ok: true });
  });

  test("of a key for signatures needs a certificate for signatures", async () => {
    const signer = await pki.makeLeaf({ usage: ["digitalSignature"] });
    expect(await pki.judge([signer, pki.intermediate], { use: "verify" })).toMatchObject({ ok: true });
    expect(await pki.judge([signer, pki.intermediate])).toEqual(refused("keyUsage"));
    expect(await pki.judge([pki.leaf, pki.intermediate], { use: "verify" })).toEqual(refused("keyUsage"));
  });

  test("is taken if one of two ways to the root holds", async () => {
    const old = await pki.makeIntermediate({ to: NOW - DAY_MS });
    expect(await pki.judge([pki.leaf, old, pki.intermediate])).toMatchObject({ ok: true });
  });

  test("with a root of somebody else is refused, also when that root lies beside the key", async () => {
    const foreign = await issue({ name: "Wurzel", pair: pki.pairs.leaf, ca: true, usage: pki.caUsage });
    const forged = await pki.makeIntermediate({ issuer: foreign });
    expect(await pki.judge([pki.leaf, forged, foreign])).toEqual(refused("chain"));
    expect(await pki.judge([pki.leaf, pki.intermediate, pki.root], { config: { roots: [foreign.pem] } })).toEqual(
      refused("chain"),
    );
    expect(pki.status.asked).toEqual([]);
  });

  test("without any pinned root is refused where certificates are required", async () => {
    expect(await pki.judge([pki.leaf, pki.intermediate, pki.root], { config: { roots: [] } })).toEqual(
      refused("chain"),
    );
  });

  test("that leads over a CA of another name is refused, even if it has the same key", async () => {
    const renamed = await pki.makeIntermediate({ name: "Andere Stelle" });
    expect(await pki.judge([pki.leaf, renamed])).toEqual(refused("chain"));
  });

  test("that has a gap is refused", async () => {
    expect(await pki.judge([pki.leaf, pki.root])).toEqual(refused("chain"));
  });

  const odd: readonly [string, Partial<Wish>, KeyFault][] = [
    ["is over", { to: NOW - DAY_MS }, "certificateDate"],
    ["has not begun", { from: NOW + DAY_MS }, "certificateDate"],
    ["is no CA", { ca: false }, "chain"],
    ["may sign no certificates", { usage: ["digitalSignature"] }, "keyUsage"],
    ["says something critical that nobody knows", { unknownCritical: true }, "chain"],
    ["is signed with SHA-256", { hash: "SHA-256" }, "algorithm"],
    ["is signed by the older scheme", { scheme: "RSASSA-PKCS1-v1_5" }, "algorithm"],
  ];
  test.each(odd)("with an intermediate that %s is refused", async (_name, change, reason) => {
    expect(await pki.judge([pki.leaf, await pki.makeIntermediate(change)])).toEqual(refused(reason));
  });

  test("with an intermediate of 2048 bits is refused", async () => {
    const short = await pki.makeIntermediate({ pair: pki.pairs.short });
    expect(await pki.judge([await pki.makeLeaf({ issuer: short }), short])).toEqual(refused("tooShort"));
  });

  test("that is longer than its root allows is refused", async () => {
    const strict = await pki.makeRoot({ pathLength: 0 });
    expect(await pki.judge([pki.leaf, pki.intermediate], { config: { roots: [strict.pem] } })).toEqual(
      refused("chain"),
    );
  });

  test("under a root that is over is refused", async () => {
    const over = await pki.makeRoot({ to: NOW - DAY_MS });
    expect(await pki.judge([pki.leaf, pki.intermediate], { config: { roots: [over.pem] } })).toEqual(
      refused("certificateDate"),
    );
  });

  const oddLeaf: readonly [string, Partial<Wish>, KeyFault][] = [
    ["is for nothing in particular", { usage: undefined }, "keyUsage"],
    ["is for another purpose", { usage: ["digitalSignature"] }, "keyUsage"],
    ["is signed with SHA-256", { hash: "SHA-256" }, "algorithm"],
    ["is over", { to: NOW - DAY_MS }, "certificateDate"],
  ];
  test.each(oddLeaf)("with a certificate of the key that %s is refused", async (_name, change, reason) => {
    expect(await pki.judge([await pki.makeLeaf(change), pki.intermediate])).toEqual(refused(reason));
  });

  test("for another key is refused", async () => {
    const other = await pki.makeLeaf({ pair: pki.pairs.issuer });
    expect(await pki.judge([other, pki.intermediate])).toEqual(refused("foreignCertificate"));
  });

  test("with dozens of certificates is refused unread", async () => {
    expect(await pki.judge([pki.leaf, ...Array.from({ length: 12 }, () => pki.intermediate)])).toEqual(
      refused("chain"),
    );
  });

  test("is followed in the test environment too, as far as roots are configured", async () => {
    const allowed = { allowKeyWithoutCertificate: true };
    const lonely = pki.jwkOf([pki.leaf]);
    expect(await pki.trust({}, allowed)(lonely, { kid: "kid", use: "encrypt" })).toEqual(refused("chain"));
    const without = await pki.trust({ roots: [] }, allowed)(lonely, { kid: "kid", use: "encrypt" });
    expect(without).toMatchObject({ ok: true, expiresAt: NOW + 365 * DAY_MS });
  });
});

test("a pinned root that is no certificate of a CA keeps the service from starting", () => {
  const misconfigured = expect.objectContaining({ code: "misconfigured" });
  expect(() => pki.trust({ roots: [pki.leaf.pem] })).toThrow(misconfigured);
  expect(() => pki.trust({ roots: ["-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"] })).toThrow(
    misconfigured,
  );
});
