import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadKeys, type Keys } from "#app/keys.server.ts";
import { openManifest, sealManifest, type Manifest } from "#app/store/manifest.server.ts";
import { SealError } from "#app/store/seal.server.ts";

const folder = mkdtempSync(join(tmpdir(), "manifest-"));
let keys: Keys;
let web: Keys;
let foreign: Keys;

beforeAll(async () => {
  keys = await loadKeys({ folder: join(folder, "a"), mayCreate: true });
  foreign = await loadKeys({ folder: join(folder, "b"), mayCreate: true });
  const { privateKey: _worker, ...delivery } = keys.delivery;
  web = { ...keys, delivery };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const id = randomUUID();
const manifest: Manifest = {
  payload: '{"familyName":"MUSTERKAR"}',
  schemaUri: "urn:test",
  service: { leika: "99010038001000", name: "Blaue Karte EU" },
  ars: "120540000000",
  reference: "AAAA-BBBB-CCCC",
  filedOn: "2026-11-21",
  formId: randomUUID(),
  files: [],
};

describe("manifest", () => {
  test("is sealed by the web process and opened by the worker", async () => {
    const row = await sealManifest(web, id, manifest);
    expect(Buffer.from(row.sealed).includes("MUSTERKAR")).toBe(false);
    expect(await openManifest(keys, id, row)).toEqual(manifest);
  });

  test("cannot be opened by the web process, which has no private key", async () => {
    const row = await sealManifest(web, id, manifest);
    await expect(openManifest(web, id, row)).rejects.toThrow("no delivery key");
    await expect(openManifest(foreign, id, row)).rejects.toThrow();
  });

  test("does not open as another message", async () => {
    const row = await sealManifest(web, id, manifest);
    await expect(openManifest(keys, randomUUID(), row)).rejects.toThrow(SealError);
  });

  test("does not open with the key of another message: destroying its own destroys it", async () => {
    const [row, other] = [await sealManifest(web, id, manifest), await sealManifest(web, id, manifest)];
    await expect(openManifest(keys, id, { ...row, deliveryWrap: other.deliveryWrap })).rejects.toThrow(SealError);
    await expect(openManifest(keys, id, { ...row, deliveryWrap: "" })).rejects.toThrow();
  });
});
