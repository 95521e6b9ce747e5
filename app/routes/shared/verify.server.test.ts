import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadConfig } from "#app/config/load.server.ts";
import type { RequestContext } from "#app/http.server.ts";
import { loadKeys, type Keys } from "#app/keys.server.ts";
import { requirePage } from "#app/routes/shared/request.server.ts";
import { receiptTextIn, verifyReceipt } from "#app/routes/shared/verify.server.ts";
import { signReceipt, type ReceiptClaims } from "#app/store/receipt.server.ts";
import { services } from "#flows/services/registry.ts";
import { languages } from "#locales/languages.ts";

const known = { serviceIds: Object.keys(services), languages: languages.map(({ code }) => code) };
const config = loadConfig({ root: process.cwd(), environment: "demo", mode: "demo", known });
const page = requirePage(new Request("http://127.0.0.1/de/verify"), { lng: "de" });
const claims: ReceiptClaims = {
  v: 1,
  reference: "ABCD-EFGH-JKMN",
  authority: "120540000000",
  service: "W-18g",
  filedAt: "2026-11-21T22:30:00.000Z",
  files: 2,
  hash: "x".repeat(43),
};

let folder = "";
let own: Keys;
let foreign: Keys;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "verify-"));
  own = await loadKeys({ folder: join(folder, "own"), mayCreate: true });
  foreign = await loadKeys({ folder: join(folder, "foreign"), mayCreate: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// The check needs nothing else of a request.
const check = (text: string) => verifyReceipt({ app: { keys: own, config } } as RequestContext, page, text);

test("a receipt of ours is genuine and says when in Berlin, for which authority and which case", async () => {
  const result = await check(await signReceipt(own, claims));
  expect(result.tone).toBe("success");
  expect(result.texts[0]).toContain("21.11.2026 um 23:30");
  expect(result.texts[0]).toContain("Landeshauptstadt Potsdam");
  expect(result.texts[1]).toContain("ABCD-EFGH-JKMN");
});

test("a receipt of an authority that left is still genuine", async () => {
  const result = await check(await signReceipt(own, { ...claims, authority: "099990000000" }));
  expect(result.tone).toBe("success");
});

test("a foreign, changed or invented receipt is not known", async () => {
  const jws = await signReceipt(own, claims);
  const [header = "", , signature = ""] = jws.split(".");
  const forged = Buffer.from(JSON.stringify({ ...claims, reference: "AAAA-AAAA-AAAA" })).toString("base64url");
  for (const text of [await signReceipt(foreign, claims), `${header}.${forged}.${signature}`, "ABCD-EFGH-JKMN"]) {
    const result = await check(text);
    expect(result.tone).toBe("danger");
    expect(JSON.stringify(result)).not.toContain("Potsdam");
  }
});

test("the text is found alone, broken over lines and behind the # of an address", () => {
  for (const typed of [" ab.cd.ef\n", "ab.\r\ncd.\nef", "https://antrag.example.org/verify#ab.cd.ef"]) {
    expect(receiptTextIn(typed)).toBe("ab.cd.ef");
  }
  expect(receiptTextIn("  ")).toBe("");
});
