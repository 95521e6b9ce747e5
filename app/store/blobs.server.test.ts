import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { collect, folderStore, PART_BYTES } from "#app/store/blobs.server.ts";
import { newKey, SealError } from "#app/store/seal.server.ts";

const root = mkdtempSync(join(tmpdir(), "blobs-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const store = folderStore(root);
const SEALED_PART = PART_BYTES + 29;
const fileOf = (id: string) => join(root, id.slice(0, 2), id);
const files = () => readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

/** The bytes in pieces of a network's odd sizes. */
async function* inPieces(bytes: Uint8Array, size = 65_521): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function* broken(): AsyncIterable<Uint8Array> {
  yield randomBytes(PART_BYTES + 1);
  throw new Error("connection lost");
}

async function stored(bytes: Uint8Array) {
  const [id, key] = [randomUUID(), newKey()];
  await store.write(id, key, inPieces(bytes));
  return { id, key };
}

describe("a folder of sealed files", () => {
  test.each([
    ["0 bytes", 0, 1],
    ["1 byte", 1, 1],
    ["exactly 1 MiB", PART_BYTES, 1],
    ["1 MiB and a byte", PART_BYTES + 1, 2],
    ["exactly 2 MiB", 2 * PART_BYTES, 2],
    ["10 MB", 10_000_000, 10],
  ])("gives back %s as they were", async (_name, size, parts) => {
    const bytes = randomBytes(size);
    const { id, key } = await stored(bytes);
    expect(Buffer.from(await collect(store.read(id, key))).equals(bytes)).toBe(true);
    expect(statSync(fileOf(id)).size).toBe(size + parts * 29);
  });

  test("is readable by its owner only", async () => {
    const { id } = await stored(Buffer.from("x"));
    expect(statSync(fileOf(id)).mode & 0o777).toBe(0o600);
    expect(statSync(join(fileOf(id), "..")).mode & 0o777).toBe(0o700);
  });

  test.each<[string, (sealed: Buffer) => Buffer]>([
    ["two parts changed places", (sealed) => Buffer.concat([part(sealed, 1), part(sealed, 0), part(sealed, 2)])],
    ["the last part is missing", (sealed) => sealed.subarray(0, 2 * SEALED_PART)],
    ["a part in the middle is missing", (sealed) => Buffer.concat([part(sealed, 0), part(sealed, 2)])],
    ["a part stands twice", (sealed) => Buffer.concat([part(sealed, 0), sealed])],
    ["the end is cut off", (sealed) => sealed.subarray(0, -1)],
    ["bytes were added", (sealed) => Buffer.concat([sealed, Buffer.from([0])])],
    ["it is empty", () => Buffer.alloc(0)],
  ])("is refused when %s", async (_name, damage) => {
    const { id, key } = await stored(randomBytes(2 * PART_BYTES + 5));
    writeFileSync(fileOf(id), damage(readFileSync(fileOf(id))));
    await expect(collect(store.read(id, key))).rejects.toThrow(SealError);
  });

  test("does not open under another id or with another key", async () => {
    const [one, two] = [await stored(Buffer.from("one")), await stored(Buffer.from("two"))];
    await expect(collect(store.read(one.id, two.key))).rejects.toThrow(SealError);
    writeFileSync(fileOf(one.id), readFileSync(fileOf(two.id)));
    await expect(collect(store.read(one.id, two.key))).rejects.toThrow(SealError);
  });

  test("keeps nothing of a file whose bytes stop coming", async () => {
    const before = files().length;
    await expect(store.write(randomUUID(), newKey(), broken())).rejects.toThrow("connection lost");
    expect(files()).toHaveLength(before);
  });

  test("removes a file together with what a crash left of writing it", async () => {
    const { id, key } = await stored(Buffer.from("gone"));
    writeFileSync(`${fileOf(id)}.part`, "half");
    await store.remove(id);
    expect(files().filter(({ name }) => name.startsWith(id))).toEqual([]);
    await expect(collect(store.read(id, key))).rejects.toThrow();
    await store.remove(id);
  });

  test("says whether it can take files", async () => {
    await store.check();
    const file = join(root, "no-folder");
    writeFileSync(file, "");
    await expect(folderStore(file).check()).rejects.toThrow();
  });
});

function part(sealed: Buffer, index: number): Buffer {
  return sealed.subarray(index * SEALED_PART, (index + 1) * SEALED_PART);
}
