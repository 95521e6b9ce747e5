import { constants, type Dirent } from "node:fs";
import { lstat, mkdir, open, readdir, rename, rm, rmdir, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DeliveryError } from "../errors.ts";
import type { Entry, Place, Places } from "./place.ts";

// The gateway runs as another user of the same group.
const FILE_MODE = 0o660;
const FOLDER_MODE = 0o770;

const codeOf = (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : "");

/** What somebody has to put right: no room, no right, no folder. */
const ofTarget = ["ENOSPC", "EDQUOT", "EACCES", "EPERM", "EROFS", "ENOENT", "ENOTDIR"];

/** Everything but what is wrong with the target or a file may be a network drive that is away. */
function failure(cause: unknown): DeliveryError {
  if (cause instanceof DeliveryError) return cause;
  const code = codeOf(cause);
  if (ofTarget.includes(code)) return new DeliveryError("misconfigured", true, { cause });
  // A link where a file should be.
  if (code === "ELOOP") return new DeliveryError("unreadable", true, { cause });
  return new DeliveryError(code === "ETIMEDOUT" ? "timeout" : "unreachable", true, { cause });
}

/** Runs a call; errors of `absent` become undefined. */
async function attempt<T>(call: () => Promise<T>, absent: readonly string[] = []): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (absent.includes(codeOf(error))) return undefined;
    throw failure(error);
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function readWhole(path: string, limit: number): Promise<Buffer> {
  // Links could lead anywhere, and a pipe would hold the process until somebody writes into it.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new DeliveryError("unreadable", true, { cause: new Error("This is no file") });
    const { size } = stats;
    if (size > limit) throw new DeliveryError("tooLarge", false);
    // One byte more shows that a file has grown since it was looked at.
    const buffer = Buffer.alloc(Math.min(limit, size) + 1);
    let end = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, end, buffer.length - end, end);
      end += bytesRead;
      if (bytesRead === 0) return buffer.subarray(0, end);
      if (end > size) throw new DeliveryError("unreadable", true, { cause: new Error("The file is still growing") });
    }
  } finally {
    await file.close();
  }
}

async function entryOf(folder: string, item: Dirent): Promise<Entry> {
  const { size, mtimeMs } = await lstat(join(folder, item.name));
  const kind = item.isFile() ? "file" : item.isDirectory() ? "folder" : "other";
  return { name: item.name, size, modifiedAt: mtimeMs, kind };
}

async function isThere(path: string): Promise<boolean> {
  return (await attempt(() => lstat(path), ["ENOENT"])) !== undefined;
}

/** Folders on a disk or a mounted drive of this machine. */
export function folderPlaces(root: string): Places {
  const at = (path: string) => join(root, path);
  const place: Place = {
    list: async (folder) => {
      const items = await attempt(() => readdir(at(folder), { withFileTypes: true }), ["ENOENT"]);
      const entries = items?.map((item) => attempt(() => entryOf(at(folder), item), ["ENOENT"]));
      return entries && (await Promise.all(entries)).filter((entry) => entry !== undefined);
    },
    read: (path, limit) => attempt(() => readWhole(at(path), limit), ["ENOENT"]),
    write: async (path, bytes) => {
      await attempt(async () => {
        const file = await open(at(path), "wx", FILE_MODE);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
      });
    },
    makeFolder: async (path) => void (await attempt(() => mkdir(at(path), FOLDER_MODE), ["EEXIST"])),
    rename: async (from, to) => {
      // Renaming onto an empty folder would replace it.
      if (await isThere(at(to))) return "taken";
      try {
        await rename(at(from), at(to));
      } catch (error) {
        if (codeOf(error) === "ENOTEMPTY" || codeOf(error) === "EEXIST") return "taken";
        if (codeOf(error) === "ENOENT" && !(await isThere(at(from)))) return "gone";
        throw failure(error);
      }
      await attempt(() => syncFolder(dirname(at(to))));
      return "done";
    },
    remove: async (path) => void (await attempt(() => unlink(at(path)), ["ENOENT"])),
    removeFolder: async (path) => {
      const names = (await attempt(() => readdir(at(path)), ["ENOENT"])) ?? [];
      for (const name of names) await attempt(() => rm(join(at(path), name), { force: true }));
      await attempt(() => rmdir(at(path)), ["ENOENT"]);
    },
    settle: async (folder) => void (await attempt(() => syncFolder(at(folder)))),
  };
  return { use: (work) => work(place), close: async () => undefined };
}
