import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { answerOcsp, DAY_MS, issue, makeCrl, NOW, type OcspAnswer } from "./certificates.testing.ts";
import { startPki, type TestPki } from "./pki.testing.ts";

let pki: TestPki;
beforeAll(async () => {
  pki = await startPki();
}, 120_000);
beforeEach(() => pki.reset());
afterAll(() => pki.status.close());

const refused = (reason: string) => ({ ok: false, reason });
const says = (answer: Partial<OcspAnswer>) => {
  pki.status.behaviour.ocsp = (question) =>
    answerOcsp(question, { state: "good", signer: pki.intermediate, ...answer });
};
const down = () => {
  pki.status.behaviour.ocsp = undefined;
};

test("Revocation is asked of the responder for the key and of the list for the intermediate", async () => {
  expect(await pki.judge([pki.leaf, pki.intermediate])).toMatchObject({ ok: true });
  expect(pki.status.asked.toSorted()).toEqual(["/ocsp", "/root.crl"]);
});

test("Revocation by the responder refuses the key", async () => {
  says({ state: "revoked" });
  expect(await pki.judge([pki.leaf, pki.intermediate])).toEqual(refused("revoked"));
  expect(await pki.judge([pki.leaf, pki.intermediate], { config: { revocation: "preferred" } })).toEqual(
    refused("revoked"),
  );
});

test("Revocation of the intermediate refuses the key", async () => {
  pki.status.behaviour.rootCrl = await makeCrl(pki.root, [pki.intermediate]);
  expect(await pki.judge([pki.leaf, pki.intermediate])).toEqual(refused("revoked"));
});

test("Revocation is looked up in the list while the responder is down", async () => {
  down();
  expect(await pki.judge([pki.leaf, pki.intermediate])).toMatchObject({ ok: true, isRevocationUnknown: false });
  pki.status.behaviour.crl = await makeCrl(pki.intermediate, [pki.leaf]);
  expect(await pki.judge([pki.leaf, pki.intermediate])).toEqual(refused("revoked"));
});

test("Revocation that cannot be found out refuses the key if it is required, and only then", async () => {
  down();
  pki.status.behaviour.crl = undefined;
  expect(await pki.judge([pki.leaf, pki.intermediate])).toEqual(refused("revocationUnknown"));
  const preferred = await pki.judge([pki.leaf, pki.intermediate], { config: { revocation: "preferred" } });
  expect(preferred).toMatchObject({ ok: true, isRevocationUnknown: true });
});

const unbelievable: readonly [string, () => Promise<Partial<OcspAnswer>>][] = [
  ["signed by somebody else", async () => ({ signer: { name: "Zwischenstelle", pair: pki.pairs.leaf } })],
  ["signed by the certificate it is about", async () => ({ signer: pki.leaf, certs: [pki.leaf] })],
  ["from yesterday", async () => ({ from: NOW - 2 * DAY_MS, to: NOW - DAY_MS })],
  ["from tomorrow", async () => ({ from: NOW + DAY_MS, to: NOW + 2 * DAY_MS })],
  ["about another certificate", async () => ({ isAboutAnother: true })],
  ["that does not know the certificate", async () => ({ state: "unknown" })],
  [
    "of a responder that another CA certified",
    async () => {
      const foreign = await issue({
        name: "Auskunft",
        pair: pki.pairs.short,
        issuer: pki.root,
        ocspSigning: true,
        noCheck: true,
      });
      return { signer: foreign, certs: [foreign] };
    },
  ],
  [
    "of somebody certified for something else",
    async () => {
      const other = await issue({ name: "Auskunft", pair: pki.pairs.short, issuer: pki.intermediate, noCheck: true });
      return { signer: other, certs: [other] };
    },
  ],
];
test.each(unbelievable)("Revocation is not learned from an answer %s", async (_name, answer) => {
  pki.status.behaviour.crl = undefined;
  says(await answer());
  expect(await pki.judge([pki.leaf, pki.intermediate])).toEqual(refused("revocationUnknown"));
});

test("Revocation is learned from a responder whom the issuer certified, unless that certificate is revoked itself", async () => {
  const wish = { name: "Auskunft", pair: pki.pairs.short, issuer: pki.intermediate, ocspSigning: true } as const;
  const marked = await issue({ ...wish, noCheck: true });
  says({ signer: marked, certs: [marked] });
  expect(await pki.judge([pki.leaf, pki.intermediate])).toMatchObject({ ok: true });
  const listed = await issue({ ...wish, crl: `${pki.status.url}/crl` });
  says({ signer: listed, certs: [listed] });
  expect(await pki.judge([pki.leaf, pki.intermediate])).toMatchObject({ ok: true });
  const alone = await pki.makeLeaf({ crl: undefined });
  pki.status.behaviour.crl = await makeCrl(pki.intermediate, [listed]);
  expect(await pki.judge([alone, pki.intermediate])).toEqual(refused("revocationUnknown"));
});

const badLists: readonly [string, () => Promise<Buffer>][] = [
  ["out of date", () => makeCrl(pki.intermediate, [], { from: NOW - 9 * DAY_MS, to: NOW - DAY_MS })],
  ["from tomorrow", () => makeCrl(pki.intermediate, [], { from: NOW + DAY_MS, to: NOW + 2 * DAY_MS })],
  ["made by another CA", () => makeCrl(pki.root, [])],
  ["signed by somebody else", () => makeCrl({ name: "Zwischenstelle", pair: pki.pairs.leaf }, [])],
  ["of CA certificates only", () => makeCrl(pki.intermediate, [], { scope: { onlyContainsCACerts: true } })],
  ["for other certificates", () => makeCrl(pki.intermediate, [], { scope: { url: `${pki.status.url}/other` } })],
  ["that speaks for several CAs", () => makeCrl(pki.intermediate, [], { scope: { indirectCRL: true } })],
  ["of changes only", () => makeCrl(pki.intermediate, [], { isDelta: true })],
  ["that is no list", () => Promise.resolve(Buffer.from("<h1>Wartung</h1>"))],
];
test.each(badLists)("Revocation is not learned from a list %s", async (_name, list) => {
  down();
  pki.status.behaviour.crl = await list();
  expect(await pki.judge([pki.leaf, pki.intermediate])).toEqual(refused("revocationUnknown"));
});

const damaged = (bytes: Uint8Array, place: number) => {
  const copy = Buffer.from(bytes);
  copy[place % copy.length] = (copy[place % copy.length] ?? 0) ^ 0x15;
  return copy;
};

test("Nothing breaks, whichever byte of answer and list is damaged", async () => {
  let whole: Uint8Array = Buffer.alloc(0);
  pki.status.behaviour.ocsp = async (question) => {
    whole = await answerOcsp(question, { state: "good", signer: pki.intermediate });
    return Buffer.from(whole);
  };
  await pki.judge([pki.leaf, pki.intermediate]);
  const list = await makeCrl(pki.intermediate, []);
  for (let place = 0; place < Math.min(whole.length, 220); place += 1) {
    pki.status.behaviour.ocsp = async () => damaged(whole, place);
    pki.status.behaviour.crl = damaged(list, place);
    expect(typeof (await pki.judge([pki.leaf, pki.intermediate])).ok).toBe("boolean");
  }
});

test("Revocation is learned from a list for certificates like this one, at the place where it is looked for", async () => {
  down();
  const scope = { onlyContainsUserCerts: true, url: `${pki.status.url}/crl` };
  pki.status.behaviour.crl = await makeCrl(pki.intermediate, [], { scope });
  expect(await pki.judge([pki.leaf, pki.intermediate])).toMatchObject({ ok: true, isRevocationUnknown: false });
  pki.status.behaviour.crl = await makeCrl(pki.intermediate, [pki.leaf], { scope });
  expect(await pki.judge([pki.leaf, pki.intermediate])).toEqual(refused("revoked"));
});

test("Revocation is not learned from lists of a CA that may sign none", async () => {
  down();
  const mute = await pki.makeIntermediate({ usage: ["keyCertSign"] });
  expect(await pki.judge([pki.leaf, mute])).toEqual(refused("revocationUnknown"));
});

test("Revocation is asked anew after an hour, or earlier when the answer ends", async () => {
  const believe = pki.trust();
  const ask = () => believe(pki.jwkOf([pki.leaf, pki.intermediate]), { kid: "kid", use: "encrypt" });
  await Promise.all([ask(), ask()]);
  pki.clock.now += 59 * 60_000;
  await ask();
  expect(pki.status.asked).toHaveLength(2);
  says({ to: NOW + DAY_MS, state: "revoked" });
  pki.clock.now += 2 * 60_000;
  expect(await ask()).toEqual(refused("revoked"));

  const other = pki.trust();
  const askOther = () => other(pki.jwkOf([pki.leaf, pki.intermediate]), { kid: "kid", use: "encrypt" });
  says({ to: pki.clock.now + 60_000 });
  expect(await askOther()).toMatchObject({ ok: true });
  pki.clock.now += 2 * 60_000;
  says({ state: "revoked" });
  expect(await askOther()).toEqual(refused("revoked"));
});

test("Revocation is not asked at private addresses unless they are named", async () => {
  expect(await pki.judge([pki.leaf, pki.intermediate], { config: { privateHosts: [] } })).toEqual(
    refused("revocationUnknown"),
  );
  expect(pki.status.asked).toEqual([]);
  expect(await pki.judge([pki.leaf, pki.intermediate], { config: { privateHosts: ["127.0.0.1"] } })).toMatchObject({
    ok: true,
  });
});
