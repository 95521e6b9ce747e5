import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, statfs } from "node:fs/promises";
import path from "node:path";
import { folderParts, type PartStore } from "#app/store/parts.server.ts";
import { seal, SealError, unseal } from "#app/store/seal.server.ts";
import { syncFolder } from "#app/store/syncFolder.server.ts";

/** Plaintext bytes of one sealed part. */
export const PART_BYTES = 1024 * 1024;
const SEALED_PART_BYTES = PART_BYTES + 29;

/** Sealed files. Bytes enter and leave as streams, part by part; a blob exists whole or not at all. */
export type BlobStore = {
  /** Seals a stream under a new id. Resolves when it is durably stored. */
  write: (id: string, key: Uint8Array, bytes: AsyncIterable<Uint8Array>) => Promise<void>;
  /** Opens a blob part by part. @throws SealError when damaged, reordered or cut off */
  read: (id: string, key: Uint8Array) => AsyncIterable<Uint8Array>;
  /** Parts of blobs that are not whole yet. */
  parts: PartStore;
  /** Removes a blob, and what is there of one that is not whole. */
  remove: (id: string) => Promise<void>;
  /** Resolves if the store can take files. */
  check: () => Promise<void>;
};

const place = (id: string, index: number, last: boolean) => `blob|${id}|${index}|${last ? "last" : "more"}`;

/** Blob store in a folder; two characters of the id spread the files. */
export function folderStore(root: string): BlobStore {
  const file = (id: string) => path.join(root, id.slice(0, 2), id);
  const incoming = folderParts((id) => `${file(id)}.parts`);
  return {
    parts: incoming,
    write: async (id, key, bytes) => {
      const target = file(id);
      await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
      // A file may be written twice at once, when the second request for it comes before the first is answered.
      const temporary = `${target}.${randomUUID()}.part`;
      const handle = await open(temporary, "wx", 0o600);
      try {
        let index = 0;
        for await (const [part, last] of parts(bytes)) {
          // Unlike write(), it goes on after a short write, as a nearly full disk gives it.
          await handle.writeFile(seal(key, place(id, index, last), part));
          index += 1;
        }
        await handle.sync();
        await handle.close();
        await rename(temporary, target);
        await syncFolder(path.dirname(target));
      } catch (error) {
        await handle.close().catch(() => undefined);
        await rm(temporary, { force: true });
        throw error;
      }
    },
    read: async function* (id, key) {
      let index = 0;
      for await (const [sealed, last] of parts(createReadStream(file(id)), SEALED_PART_BYTES)) {
        yield unseal(key, place(id, index, last), sealed);
        index += 1;
      }
      if (index === 0) throw new SealError();
    },
    remove: async (id) => {
      await rm(file(id), { force: true });
      await incoming.remove(id);
      // What a crash in the middle of writing left.
      const folder = path.dirname(file(id));
      const names = await readdir(folder).catch(() => []);
      const left = names.filter((name) => name.startsWith(`${id}.`));
      await Promise.all(left.map((name) => rm(path.join(folder, name), { recursive: true, force: true })));
    },
    check: async () => {
      await mkdir(root, { recursive: true, mode: 0o700 });
      const { bavail, bsize } = await statfs(root);
      if (bavail * bsize < 50 * PART_BYTES) throw new Error("Less than 50 MB free for files");
    },
  };
}

/** Cuts a stream into parts of equal size and says which one is the last. */
async function* parts(bytes: AsyncIterable<Uint8Array>, size = PART_BYTES): AsyncIterable<[Uint8Array, boolean]> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    held.push(chunk);
    length += chunk.length;
    if (length <= size) continue;
    let all = Buffer.concat(held);
    while (all.length > size) {
      yield [all.subarray(0, size), false];
      all = all.subarray(size);
    }
    held = [Buffer.from(all)];
    length = all.length;
  }
  yield [Buffer.concat(held), true];
}

/** Collects a stream into one buffer. */
export async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}
