import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { storeFile, type Berth } from "#app/store/arrival.server.ts";
import { collect } from "#app/store/blobs.server.ts";
import { bytesOf, registerBlob, setBlobSize } from "#app/store/files.server.ts";
import { newKey } from "#app/store/seal.server.ts";
import { UploadRefused } from "#app/store/upload.server.ts";
import { blobs } from "#drizzle/schema.ts";
import { openApp, type TestApp } from "#tests/support/app.ts";
import { personaFile } from "#tests/support/persona.ts";
import { blankPng, hollowPhoto, phonePhoto } from "#tests/support/pictures.ts";

const ROOM = 1_000_000;
const pdf = readFileSync(personaFile("passport.pdf"));
const heic = readFileSync(personaFile("photo.heic"));
const hash = (bytes: Uint8Array) => createHash("sha512").update(bytes).digest("hex");
let opened: TestApp;

beforeAll(async () => {
  opened = await openApp();
});
afterAll(async () => {
  await opened.app.images.close();
  await opened.close();
});

/** A registered place for a file of somebody. */
async function berthOf(owner: string, roomBytes = ROOM): Promise<Berth> {
  const expiresAt = new Date("2026-12-21T00:00:00Z");
  const row = { id: randomUUID(), authority: "potsdam", owner, expiresAt };
  await registerBlob(opened.app.database.db, { ...row, size: roomBytes });
  return { row, key: newKey(), roomBytes };
}

async function* inPieces(bytes: Uint8Array, size = 1_000): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const kept = ({ row, key }: Berth) => collect(opened.app.blobs.read(row.id, key));
const rowsOf = (owner: string) => opened.app.database.db.select().from(blobs).where(eq(blobs.owner, owner));

describe("a file that arrives", () => {
  test("stays as it is if it is a PDF", async () => {
    const berth = await berthOf(randomUUID());
    const stored = await storeFile(opened.app, berth, inPieces(pdf));
    expect(stored).toEqual({ mimeType: "application/pdf", size: pdf.length, sha512: hash(pdf) });
    expect(Buffer.from(await kept(berth)).equals(pdf)).toBe(true);
  });

  test.each<[string, () => Uint8Array | Promise<Uint8Array>, string]>([
    ["a photo", phonePhoto, "image/jpeg"],
    ["a HEIC", () => heic, "image/heic"],
  ])("is kept without hidden data if it is %s, with both hashes and no second copy", async (_name, make, mimeType) => {
    const owner = randomUUID();
    const berth = await berthOf(owner);
    const original = await make();
    const stored = await storeFile(opened.app, berth, inPieces(original));
    const bytes = await kept(berth);
    expect(stored).toEqual({
      mimeType: "image/jpeg",
      size: bytes.length,
      sha512: hash(bytes),
      original: { mimeType, size: original.length, sha512: hash(original) },
    });
    expect(Buffer.from(bytes).includes("Musterkamera")).toBe(false);
    expect((await rowsOf(owner)).map(({ id }) => id)).toEqual([berth.row.id]);
  });

  test("comes to the same bytes when it is sent twice at the same time", async () => {
    const berth = await berthOf(randomUUID());
    const photo = await phonePhoto();
    const [one, two] = await Promise.all([1, 2].map(() => storeFile(opened.app, berth, inPieces(photo))));
    expect(one).toEqual(two);
    expect(hash(await kept(berth))).toBe(one?.sha512);
  });

  test.each<[string, () => Uint8Array | Promise<Uint8Array>, number, string]>([
    ["a HEIC that is cut off", () => heic.subarray(0, 1_500), ROOM, "heic"],
    ["a photo whose middle is missing", hollowPhoto, ROOM, "damaged"],
    ["a picture of too many pixels", () => blankPng(20_000, 20_000), ROOM, "tooManyPixels"],
    ["larger than the room that is left", () => heic, 1_000, "caseFull"],
    ["empty", () => new Uint8Array(), ROOM, "empty"],
    ["two bytes long", () => new Uint8Array(2), ROOM, "type"],
  ])("is refused if it is %s, and only its own row is left", async (_name, make, room, reason) => {
    const owner = randomUUID();
    const berth = await berthOf(owner, room);
    const refusal: unknown = await storeFile(opened.app, berth, inPieces(await make())).catch(
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(UploadRefused);
    expect(refusal).toMatchObject({ reason });
    expect((await rowsOf(owner)).map(({ id }) => id)).toEqual([berth.row.id]);
  });
});

test("a picture that became larger than the room of the draft is noticed", async () => {
  const { db } = opened.app.database;
  const owner = randomUUID();
  const { row } = await berthOf(owner, 100);
  expect(await setBlobSize(db, row, 900, 1_000)).toBe(true);
  await berthOf(owner, 200);
  expect(await setBlobSize(db, row, 801, 1_000)).toBe(false);
  expect(await setBlobSize(db, row, 800, 1_000)).toBe(true);
  expect(await bytesOf(db, owner)).toBe(1_000);
});
