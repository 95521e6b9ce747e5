import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadKeys, type Keys } from "#app/keys.server.ts";
import { openContact, sealContact } from "#app/store/contact.server.ts";

let folder: string;
let keys: Keys;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "contact-"));
  keys = await loadKeys({ folder, mayCreate: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("an address is sealed for the worker alone and for its case alone", async () => {
  const id = randomUUID();
  const sealed = (await sealContact(keys, id, { email: "olena@example.org", language: "uk" })) ?? "";
  expect(sealed).not.toContain("olena");
  expect(await openContact(keys, id, sealed)).toEqual({ email: "olena@example.org", language: "uk" });
  await expect(openContact(keys, randomUUID(), sealed)).rejects.toThrow();
  const { kid, publicKey } = keys.delivery;
  const web: Keys = { ...keys, delivery: { kid, publicKey } };
  await expect(openContact(web, id, sealed)).rejects.toThrow("no delivery key");
  expect(await sealContact(web, id, { email: "a@b.example", language: "de" })).not.toBeNull();
});

test("a language that the service does not speak any more is German", async () => {
  const id = randomUUID();
  const sealed = (await sealContact(keys, id, { email: "a@b.example", language: "xx" })) ?? "";
  expect((await openContact(keys, id, sealed)).language).toBe("de");
});
