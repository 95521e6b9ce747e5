import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadServiceKeys } from "./keys.ts";

test("the keys of the simulator are made once, of 4096 bit, and readable by the owner only", async () => {
  const folder = await mkdtemp(join(tmpdir(), "zustelldienst-keys-"));
  const path = join(folder, "keys.json");
  const made = await loadServiceKeys(path);
  const loaded = await loadServiceKeys(path);
  expect(loaded.signing.publicJwk).toEqual(made.signing.publicJwk);
  expect(loaded.tokenSecret).toEqual(made.tokenSecret);
  expect(made.signing.privateKey.asymmetricKeyDetails?.modulusLength).toBe(4096);
  expect(made.signing.publicJwk).not.toHaveProperty("d");
  if (process.platform !== "win32") expect((await stat(path)).mode & 0o777).toBe(0o600);
  await rm(folder, { recursive: true });
});
