import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { seal, unseal } from "#app/store/seal.server.ts";
import { syncFolder } from "#app/store/syncFolder.server.ts";

/** Sealed parts of files that are still coming in. Parts may come in any order and more than once. */
export type PartStore = {
  /** Makes room for the parts of a new upload. */
  begin: (id: string) => Promise<void>;
  /** Seals one part. True once it is durably stored; false if there is no such upload, or none any more. */
  write: (id: string, key: Uint8Array, place: PartPlace, bytes: Uint8Array) => Promise<boolean>;
  /** Indices of the stored parts in order; `undefined` if there is no such upload. */
  received: (id: string) => Promise<number[] | undefined>;
  /** Opens the `count` parts of a whole file in order. @throws SealError when one is damaged or at a wrong place */
  read: (id: string, key: Uint8Array, count: number) => AsyncIterable<Uint8Array>;
  /** Forgets the parts; the upload stays and takes new ones. */
  clear: (id: string) => Promise<void>;
  /** Forgets an upload with its parts. */
  remove: (id: string) => Promise<void>;
};

/** Where in its file a part belongs. */
export type PartPlace = { index: number; last: boolean };

const placeOf = (id: string, { index, last }: PartPlace) => `part|${id}|${index}|${last ? "last" : "more"}`;

function isAway(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

/** Parts as files of a folder for each upload; `folderOf` says where it lies. */
export function folderParts(folderOf: (id: string) => string): PartStore {
  const received: PartStore["received"] = async (id) => {
    try {
      const names = await readdir(folderOf(id));
      const whole = names.filter((name) => /^\d+$/.test(name));
      return whole.map(Number).toSorted((a, b) => a - b);
    } catch (error) {
      if (isAway(error)) return undefined;
      throw error;
    }
  };
  return {
    begin: async (id) => {
      const folder = folderOf(id);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await syncFolder(path.dirname(folder));
    },
    write: async (id, key, place, bytes) => {
      const folder = folderOf(id);
      // The same part may come in twice at once; each writes a file of its own, and the last one stays.
      const temporary = path.join(folder, `${place.index}.${randomUUID()}`);
      try {
        const handle = await open(temporary, "wx", 0o600);
        try {
          await handle.writeFile(seal(key, placeOf(id, place), bytes));
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(temporary, path.join(folder, String(place.index)));
        await syncFolder(folder);
        return true;
      } catch (error) {
        // No folder is made here: after the upload was removed, a late part would leave one that nobody finds.
        if (isAway(error)) return false;
        await rm(temporary, { force: true });
        throw error;
      }
    },
    received,
    read: async function* (id, key, count) {
      for (let index = 0; index < count; index += 1) {
        const sealed = await readFile(path.join(folderOf(id), String(index)));
        yield unseal(key, placeOf(id, { index, last: index === count - 1 }), sealed);
      }
    },
    clear: async (id) => {
      const stored = (await received(id)) ?? [];
      await Promise.all(stored.map((index) => rm(path.join(folderOf(id), String(index)), { force: true })));
    },
    remove: (id) => rm(folderOf(id), { recursive: true, force: true, maxRetries: 3 }),
  };
}
