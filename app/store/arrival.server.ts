import { randomUUID } from "node:crypto";
import type { App } from "#app/context.server.ts";
import { collect } from "#app/store/blobs.server.ts";
import { registerBlob, removeBlob, type BlobRow } from "#app/store/files.server.ts";
import { HEAD_BYTES, inspect, kindByHead, UploadRefused, type Inspection } from "#app/store/upload.server.ts";
import type { FileEntry } from "#flows/engine/evidence.ts";

/** What is stored of a file, and what it was before if it is a picture. */
export type Stored = Pick<FileEntry, "mimeType" | "size" | "sha512" | "original">;

/** Where a file is stored: its registered row, its own key, and how many bytes may come in. */
export type Berth = { row: Omit<BlobRow, "size">; key: Uint8Array; roomBytes: number };

/**
 * Seals a file while it streams in. A PDF stays as it is. A picture is first sealed at a place of its own, then written anew
 * without hidden data, and only that is kept; the original is never in a file unsealed, and in memory only while a process
 * converts it.
 * @throws UploadRefused
 */
export async function storeFile(app: App, berth: Berth, stream: AsyncIterable<Uint8Array>): Promise<Stored> {
  const { head, whole } = await peek(stream);
  const isPicture = kindByHead(head)?.startsWith("image/") === true;
  if (isPicture) return storePicture(app, berth, whole);
  const { mimeType, ...found } = await sealed(app, berth, berth.row.id, whole);
  if (mimeType === "image/heic") throw new UploadRefused("type");
  return { mimeType, ...found };
}

async function sealed(
  { blobs }: App,
  { key, roomBytes }: Berth,
  id: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Inspection> {
  const watched = inspect(bytes, roomBytes);
  await blobs.write(id, key, watched.bytes);
  return watched.done();
}

async function storePicture(app: App, berth: Berth, stream: AsyncIterable<Uint8Array>): Promise<Stored> {
  const { database, blobs, images } = app;
  const { row, key } = berth;
  // Not at the place of the result: two requests for the same upload would convert each other's result.
  const id = randomUUID();
  // Registered so that the sweep finds it after a crash; without a size, because it does not stay.
  await registerBlob(database.db, { ...row, id, size: 0 });
  try {
    const { mimeType, ...original } = await sealed(app, berth, id, stream);
    if (mimeType === "application/pdf") throw new UploadRefused("damaged");
    const converted = await images.convert(mimeType, () => collect(blobs.read(id, key)));
    if (!converted.ok) {
      const isHeic = mimeType === "image/heic" && converted.reason === "damaged";
      throw new UploadRefused(isHeic ? "heic" : converted.reason);
    }
    const room = { ...berth, roomBytes: Number.POSITIVE_INFINITY };
    const sent = await sealed(app, room, row.id, once(converted.bytes));
    return { ...sent, mimeType: converted.mimeType, original: { mimeType, ...original } };
  } finally {
    await removeBlob(database.db, blobs, row.owner, id);
  }
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

/** Looks at the beginning of a stream and gives it back whole. */
async function peek(stream: AsyncIterable<Uint8Array>): Promise<{ head: Buffer; whole: AsyncIterable<Uint8Array> }> {
  const rest = stream[Symbol.asyncIterator]();
  const read: Uint8Array[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const { done, value } = await rest.next();
    if (done) break;
    read.push(value);
    length += value.length;
  }
  async function* whole(): AsyncIterable<Uint8Array> {
    yield* read;
    for (;;) {
      const { done, value } = await rest.next();
      if (done) return;
      yield value;
    }
  }
  return { head: Buffer.concat(read), whole: whole() };
}
