import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { loadKeys } from "#app/keys.server.ts";

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function newFolder(): string {
  const folder = join(mkdtempSync(join(tmpdir(), "keys-")), "keys");
  folders.push(join(folder, ".."));
  return folder;
}

const FILES = ["delivery.jwk.json", "index.key", "receipt.jwk.json", "session.key"];

/** Keys as an operator makes them: by the command that docs/operation.md gives. */
function productionKeys(): string {
  const folder = newFolder();
  const [, command = ""] = /```sh\n(KEYS_DIR=[^]*?)```/.exec(readFileSync("docs/operation.md", "utf8")) ?? [];
  const here = command.replace(/^KEYS_DIR=\S+/, `KEYS_DIR=${folder}`);
  execFileSync("sh", ["-e"], { input: `PATH=${dirname(process.execPath)}:$PATH\nexport PATH\n${here}` });
  return folder;
}

const load = (folder: string, withDelivery = true) => loadKeys({ folder, mayCreate: false, withDelivery });

describe("keys", () => {
  test("are made once in a demo and stay the same", async () => {
    const folder = newFolder();
    const made = await loadKeys({ folder, mayCreate: true });
    const again = await loadKeys({ folder, mayCreate: true });
    expect(again.receiptJwks).toEqual(made.receiptJwks);
    expect(again.delivery.kid).toBe(made.delivery.kid);
    expect(Buffer.from(again.session.bytes)).toEqual(Buffer.from(made.session.bytes));
    expect(Buffer.from(again.index.bytes)).toEqual(Buffer.from(made.index.bytes));
    expect(Buffer.from(made.index.bytes)).not.toEqual(Buffer.from(made.session.bytes));
    expect(readdirSync(folder).toSorted()).toEqual(FILES);
  });

  test("are readable by their owner only", async () => {
    const folder = newFolder();
    await loadKeys({ folder, mayCreate: true });
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const file of FILES) expect(statSync(join(folder, file)).mode & 0o777, file).toBe(0o600);
  });

  test.each(FILES)("without %s production does not start and names the file", async (missing) => {
    const folder = productionKeys();
    const file = join(folder, missing);
    rmSync(file);
    await expect(load(folder)).rejects.toThrow(file);
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

  test("made as docs/operation.md says serve production, readable by their owner only", async () => {
    const folder = productionKeys();
    expect((await load(folder)).delivery.privateKey).toBeDefined();
    for (const file of [...FILES, "delivery.public.jwk.json"])
      expect(statSync(join(folder, file)).mode & 0o777, file).toBe(0o600);
  });

  test.each(FILES)("production refuses the demo's %s and names the file", async (file) => {
    const [ours, demo] = [productionKeys(), newFolder()];
    await loadKeys({ folder: demo, mayCreate: true });
    copyFileSync(join(demo, file), join(ours, file));
    await expect(load(ours)).rejects.toThrow(`Key of the demo: ${join(ours, file)}`);
  });

  test("production refuses to publish a former receipt key of the demo", async () => {
    const [ours, demo] = [productionKeys(), newFolder()];
    await loadKeys({ folder: demo, mayCreate: true });
    const jwk = JSON.parse(readFileSync(join(demo, "receipt.jwk.json"), "utf8")) as object;
    writeFileSync(join(ours, "receipt-former.jwks.json"), JSON.stringify({ keys: [{ ...jwk, kid: "old" }] }));
    await expect(load(ours)).rejects.toThrow(/Key of the demo: .*receipt-former/);
  });

  test("a process that does not deliver keeps no private delivery key, even if its file has one", async () => {
    const folder = productionKeys();
    rmSync(join(folder, "delivery.public.jwk.json"));
    const { delivery } = await load(folder, false);
    expect(delivery.privateKey).toBeUndefined();
    expect(delivery.kid).toBe((await load(folder)).delivery.kid);
    expect((await loadKeys({ folder: newFolder(), mayCreate: true, withDelivery: false })).delivery).not.toHaveProperty(
      "privateKey",
    );
  });

  test("a process that does not deliver needs the public delivery key only", async () => {
    const folder = productionKeys();
    const { kid } = (await load(folder)).delivery;
    rmSync(join(folder, "delivery.jwk.json"));
    expect((await load(folder, false)).delivery.kid).toBe(kid);
    await expect(load(folder)).rejects.toThrow(join(folder, "delivery.jwk.json"));
  });

  test("a worker with a public delivery key does not start and names the file", async () => {
    const folder = productionKeys();
    copyFileSync(join(folder, "delivery.public.jwk.json"), join(folder, "delivery.jwk.json"));
    await expect(load(folder)).rejects.toThrow(`Key file damaged: ${join(folder, "delivery.jwk.json")}`);
  });

  test("published receipt keys are public and include former ones", async () => {
    const folder = newFolder();
    const formerFolder = newFolder();
    const former = (await loadKeys({ folder: formerFolder, mayCreate: true })).receiptJwks;
    const secretPart = JSON.parse(readFileSync(join(formerFolder, "receipt.jwk.json"), "utf8")) as object;
    await loadKeys({ folder, mayCreate: true });
    const left = { keys: [{ ...secretPart, ...former[0] }] };
    writeFileSync(join(folder, "receipt-former.jwks.json"), JSON.stringify(left));
    const { receiptJwks } = await loadKeys({ folder, mayCreate: true });
    expect(receiptJwks).toHaveLength(2);
    expect(receiptJwks[1]).toEqual(former[0]);
    expect(JSON.stringify(receiptJwks)).not.toContain('"d"');
  });
});
