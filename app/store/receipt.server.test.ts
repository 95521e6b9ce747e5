import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CompactSign } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadKeys, type Keys } from "#app/keys.server.ts";
import { readReceipt, receiptHash, signReceipt, type ReceiptClaims } from "#app/store/receipt.server.ts";

const folder = mkdtempSync(join(tmpdir(), "receipts-"));
let ours: Keys;
let foreign: Keys;

beforeAll(async () => {
  ours = await loadKeys({ folder: join(folder, "ours"), mayCreate: true });
  foreign = await loadKeys({ folder: join(folder, "foreign"), mayCreate: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const claims: ReceiptClaims = {
  v: 1,
  reference: "AAAA-BBBB-CCCC",
  authority: "120540000000",
  service: "W-18g",
  filedAt: "2026-11-21T09:00:00.000Z",
  files: 3,
  hash: receiptHash(Buffer.from("{}")),
};

/** Signs anything as our receipts are signed, with one header member changed. */
function signed(keys: Keys, payload: unknown, header: Record<string, string> = {}): Promise<string> {
  const { privateKey, kid } = keys.receipt;
  return new CompactSign(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({ alg: "EdDSA", kid, typ: "ao-receipt+jws", ...header })
    .sign(privateKey!);
}

describe("receipt", () => {
  test("says what was signed, and fits into a QR code", async () => {
    const jws = await signReceipt(ours, claims);
    expect(await readReceipt(ours.receiptJwks, jws)).toEqual(claims);
    expect(jws.length).toBeLessThan(700);
  });

  test("stays readable after a change of keys, through the former key", async () => {
    const jws = await signReceipt(ours, claims);
    expect(await readReceipt([...foreign.receiptJwks, ...ours.receiptJwks], jws)).toEqual(claims);
  });

  test("of somebody else is none", async () => {
    expect(await readReceipt(ours.receiptJwks, await signReceipt(foreign, claims))).toBeUndefined();
    const posing = await signed(foreign, claims, { kid: ours.receipt.kid });
    expect(await readReceipt(ours.receiptJwks, posing)).toBeUndefined();
  });

  test.each<[string, (jws: string) => string]>([
    ["another authority", (jws) => withClaims(jws, { authority: "120600000000" })],
    ["another time", (jws) => withClaims(jws, { filedAt: "2026-11-20T09:00:00.000Z" })],
    ["no signature", (jws) => jws.replace(/\.[^.]*$/, ".")],
    ["the algorithm none", (jws) => `${encoded({ alg: "none" })}.${jws.split(".")[1]}.`],
    ["a part missing", (jws) => jws.split(".").slice(0, 2).join(".")],
    ["nothing at all", () => ""],
    ["an address instead", () => "https://example.org/"],
  ])("with %s is refused", async (_name, tamper) => {
    const jws = await signReceipt(ours, claims);
    expect(await readReceipt(ours.receiptJwks, tamper(jws))).toBeUndefined();
  });

  test("is not mixed up with other things signed by the same key", async () => {
    expect(await readReceipt(ours.receiptJwks, await signed(ours, claims, { typ: "JWT" }))).toBeUndefined();
    expect(await readReceipt(ours.receiptJwks, await signed(ours, { ...claims, name: "x" }))).toBeUndefined();
    expect(await readReceipt(ours.receiptJwks, await signed(ours, "text"))).toBeUndefined();
  });

  test("cannot be signed by a process without the key", async () => {
    const { privateKey: _gone, ...receipt } = ours.receipt;
    await expect(signReceipt({ ...ours, receipt }, claims)).rejects.toThrow("no key to sign receipts");
  });
});

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

function withClaims(jws: string, change: Partial<ReceiptClaims>): string {
  const [header, , signature] = jws.split(".");
  return `${header}.${encoded({ ...claims, ...change })}.${signature}`;
}
