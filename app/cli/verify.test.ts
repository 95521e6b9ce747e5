import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadKeys } from "#app/keys.server.ts";
import { signReceipt, type ReceiptClaims } from "#app/store/receipt.server.ts";

const folder = mkdtempSync(join(tmpdir(), "offline-"));
const claims: ReceiptClaims = {
  v: 1,
  reference: "ABCD-EFGH-JKMN",
  authority: "120540000000",
  service: "W-18g",
  filedAt: "2026-11-21T09:00:00.000Z",
  files: 1,
  hash: "0".repeat(64),
};
let receipt = "";
let foreign = "";

beforeAll(async () => {
  const own = await loadKeys({ folder: join(folder, "own"), mayCreate: true });
  const other = await loadKeys({ folder: join(folder, "other"), mayCreate: true });
  writeFileSync(join(folder, "keys.json"), JSON.stringify({ keys: own.receiptJwks }));
  receipt = await signReceipt(own, claims);
  foreign = await signReceipt(other, claims);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command; nothing of the service runs beside it. */
function run(...args: string[]): Promise<{ code: unknown; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ["app/cli/verify.ts", ...args], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    );
  });
}
const keys = ["--keys", join(folder, "keys.json")];

test("a receipt is checked with the published keys alone, as a text and as the address of its code", async () => {
  for (const text of [receipt, `https://antrag.example.org/verify#${receipt}`]) {
    const { code, output } = await run(text, ...keys);
    expect([code, JSON.parse(output)]).toEqual([0, { valid: true, ...claims }]);
  }
});

test("a changed, foreign or invented one is not valid", async () => {
  const [header = "", , signature = ""] = receipt.split(".");
  const payload = Buffer.from(JSON.stringify({ ...claims, files: 2 })).toString("base64url");
  for (const text of [`${header}.${payload}.${signature}`, foreign, "ABCD-EFGH-JKMN"])
    expect(await run(text, ...keys)).toEqual({ code: 1, output: '{"valid":false}\n' });
});

test("wrong use and missing keys end with 2 and words", async () => {
  expect(await run(receipt)).toEqual({ code: 2, output: expect.stringContaining("--keys") });
  expect(await run(receipt, "--keys", join(folder, "no.json"))).toEqual({
    code: 2,
    output: expect.stringContaining("no.json"),
  });
});
