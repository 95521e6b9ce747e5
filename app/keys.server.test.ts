import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createPublicKey } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { loadKeys } from "#app/keys.server.ts";

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function newFolder(): string {
  const folder = join(mkdtempSync(join(tmpdir(), "keys-")), "keys");
  folders.push(join(folder, ".."));
  return folder;
}

const FILES = ["delivery.jwk.json", "receipt.jwk.json", "session.key"];

describe("keys", () => {
  test("are made once in a demo and stay the same", async () => {
    const folder = newFolder();
    const made = await loadKeys({ folder, mayCreate: true });
    const again = await loadKeys({ folder, mayCreate: false });
    expect(again.receiptJwks).toEqual(made.receiptJwks);
    expect(again.delivery.kid).toBe(made.delivery.kid);
    expect(Buffer.from(again.session.bytes)).toEqual(Buffer.from(made.session.bytes));
    expect(readdirSync(folder).sort()).toEqual(FILES);
  });

  test("are readable by their owner only", async () => {
    const folder = newFolder();
    await loadKeys({ folder, mayCreate: true });
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const file of FILES) expect(statSync(join(folder, file)).mode & 0o777, file).toBe(0o600);
  });

  test.each(FILES)("without %s production does not start and names the file", async (missing) => {
    const folder = newFolder();
    await loadKeys({ folder, mayCreate: true });
    const file = join(folder, missing);
    rmSync(file);
    await expect(loadKeys({ folder, mayCreate: false })).rejects.toThrow(file);
    expect(existsSync(file)).toBe(false);
  });

  test.each(FILES)("a damaged %s is named, and nothing of it is told", async (damaged) => {
    const folder = newFolder();
    await loadKeys({ folder, mayCreate: true });
    const file = join(folder, damaged);
    writeFileSync(file, "geheim");
    const error = await loadKeys({ folder, mayCreate: true }).catch((reason: unknown) => String(reason));
    expect(error).toContain(`Key file damaged: ${file}`);
    expect(error).not.toContain("geheim");
  });

  test("the web process needs the public part of the delivery key only", async () => {
    const folder = newFolder();
    const { delivery } = await loadKeys({ folder, mayCreate: true });
    const file = join(folder, "delivery.jwk.json");
    const jwk = JSON.parse(readFileSync(file, "utf8")) as Parameters<typeof createPublicKey>[0];
    const publicJwk = createPublicKey({ key: jwk as never, format: "jwk" }).export({ format: "jwk" });
    writeFileSync(file, JSON.stringify(publicJwk));
    const keys = await loadKeys({ folder, mayCreate: false });
    expect(keys.delivery.privateKey).toBeUndefined();
    expect(keys.delivery.kid).toBe(delivery.kid);
  });

  test("published receipt keys are public and include former ones", async () => {
    const folder = newFolder();
    const formerFolder = newFolder();
    const former = (await loadKeys({ folder: formerFolder, mayCreate: true })).receiptJwks;
    const secretPart = JSON.parse(readFileSync(join(formerFolder, "receipt.jwk.json"), "utf8")) as object;
    await loadKeys({ folder, mayCreate: true });
    const left = { keys: [{ ...secretPart, ...former[0] }] };
    writeFileSync(join(folder, "receipt-former.jwks.json"), JSON.stringify(left));
    const { receiptJwks } = await loadKeys({ folder, mayCreate: false });
    expect(receiptJwks).toHaveLength(2);
    expect(receiptJwks[1]).toEqual(former[0]);
    expect(JSON.stringify(receiptJwks)).not.toContain('"d"');
  });
});
