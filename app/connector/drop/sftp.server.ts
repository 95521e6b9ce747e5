import { posix } from "node:path";
import type { Attributes, FileEntry, Stats } from "ssh2";
import { DeliveryError } from "../errors.ts";
import type { SftpAddress } from "./gateway.ts";
import type { Entry, Place, Places } from "./place.ts";
import { openSession, STATUS, type Session } from "./session.server.ts";

const FILE_MODE = 0o660;
const FOLDER_MODE = 0o770;
const PIECE_BYTES = 32_000;
/** Pieces of a file on their way at the same time: a distant server would otherwise take one piece a round trip. */
const PIECES_AT_ONCE = 8;
/** After a connection that nobody answered others are not tried for so many times as long. */
const REST = 2;
/** An idle connection is kept this long for the next message. */
const IDLE_MS = 10_000;
const TYPE_BITS = 0o170000;

const kinds: Readonly<Record<number, Entry["kind"]>> = { 0o100000: "file", 0o040000: "folder" };

const statusOf = (error: unknown): unknown =>
  error instanceof DeliveryError && error.cause instanceof Error && "code" in error.cause
    ? error.cause.code
    : undefined;

const isMissing = (error: unknown) => statusOf(error) === STATUS.noSuchFile;

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Names that a server makes up must not lead out of their folder. */
const isPlainName = (name: string) => name !== "." && name !== ".." && !/[/\0]/.test(name);

function entryOf({ filename, attrs }: FileEntry): Entry {
  const { size, mtime, mode }: Attributes = attrs;
  return { name: filename, size, modifiedAt: mtime * 1_000, kind: kinds[mode & TYPE_BITS] ?? "other" };
}

/** Runs `work` for each piece of so many bytes, some at the same time. */
async function inPieces(size: number, work: (begin: number, length: number) => Promise<void>): Promise<void> {
  let next = 0;
  const turns = Array.from({ length: PIECES_AT_ONCE }, async () => {
    while (next < size) {
      const begin = next;
      next += PIECE_BYTES;
      await work(begin, Math.min(PIECE_BYTES, size - begin));
    }
  });
  await Promise.all(turns);
}

async function readFile({ sftp, call }: Session, path: string, limit: number): Promise<Buffer> {
  const handle = await call<Buffer>((done) => sftp.open(path, "r", done));
  try {
    const { size } = await call<Stats>((done) => sftp.fstat(handle, done));
    if (size > limit) throw new DeliveryError("tooLarge", false);
    const whole = Buffer.alloc(size);
    await inPieces(size, async (begin, length) => {
      for (let end = 0; end < length;) {
        const got = await call<number>((done) =>
          sftp.read(handle, whole, begin + end, length - end, begin + end, done),
        );
        if (got === 0) throw new DeliveryError("unreadable", true, { cause: new Error("The file became shorter") });
        end += got;
      }
    });
    return whole;
  } finally {
    await call<void>((done) => sftp.close(handle, done)).catch(() => undefined);
  }
}

async function writeFile({ sftp, call }: Session, path: string, bytes: Uint8Array): Promise<void> {
  const handle = await call<Buffer>((done) => sftp.open(path, "wx", { mode: FILE_MODE }, done));
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const close = () => call<void>((done) => sftp.close(handle, done));
  try {
    await inPieces(whole.length, (begin, length) =>
      call<void>((done) => sftp.write(handle, whole, begin, length, begin, done)),
    );
    await ifOffered(call<void>((done) => sftp.ext_openssh_fsync(handle, done)));
    const { size } = await call<Stats>((done) => sftp.fstat(handle, done));
    // A gateway would refuse the message for it, and that would be final.
    if (size !== whole.length) throw untrue("A written file is not whole");
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
  await close();
}

/** A server says that it did what it did not do; it is tried again. */
function untrue(reason: string): DeliveryError {
  return new DeliveryError("unexpectedAnswer", true, { cause: new Error(reason) });
}

/** Extensions that a server does not offer are done without. @returns whether it was done */
async function ifOffered(work: Promise<void>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    const cause = error instanceof DeliveryError ? error.cause : undefined;
    const isUnknown = cause instanceof Error && /does not support/.test(cause.message);
    if (isUnknown || statusOf(error) === STATUS.unsupported) return false;
    throw error;
  }
}

/** The folders of an open connection. */
function placeOf(session: Session, root: string): Place {
  const { sftp, call } = session;
  const at = (path: string) => posix.join(root, path);
  const stat = (path: string) => unlessMissing(call<Stats>((done) => sftp.lstat(path, done)));
  const namesIn = (path: string) =>
    unlessMissing(call<FileEntry[]>((done) => sftp.readdir(path, done))).then((all) =>
      all?.filter(({ filename }) => isPlainName(filename)),
    );
  const unlink = async (path: string) => void (await unlessMissing(call<void>((done) => sftp.unlink(path, done))));
  return {
    list: async (folder) => (await namesIn(at(folder)))?.map(entryOf),
    read: (path, limit) => unlessMissing(readFile(session, at(path), limit)),
    write: (path, bytes) => writeFile(session, at(path), bytes),
    makeFolder: async (path) => {
      try {
        await call<void>((done) => sftp.mkdir(at(path), { mode: FOLDER_MODE }, done));
      } catch (error) {
        if (!(await stat(at(path)))?.isDirectory()) throw error;
      }
    },
    rename: async (from, to) => {
      if (await stat(at(to))) return "taken";
      try {
        const isDone = await ifOffered(call<void>((done) => sftp.ext_openssh_rename(at(from), at(to), done)));
        if (!isDone) await call<void>((done) => sftp.rename(at(from), at(to), done));
        // Whoever takes the new name for granted would never send the message again.
        if (await stat(at(from))) throw untrue("A renamed file has its old name");
        return "done";
      } catch (error) {
        if (statusOf(error) === undefined) throw error;
        if (!(await stat(at(from)))) return "gone";
        if (await stat(at(to))) return "taken";
        throw error;
      }
    },
    remove: (path) => unlink(at(path)),
    removeFolder: async (path) => {
      for (const { filename } of (await namesIn(at(path))) ?? []) await unlink(posix.join(at(path), filename));
      await unlessMissing(call<void>((done) => sftp.rmdir(at(path), done)));
    },
    // SFTP knows no way to do it for folders.
    settle: async () => undefined,
  };
}

/**
 * Folders on an SFTP server: one connection for all work at a time, kept for a moment when there is none. `timeoutMs`: for
 * connecting and for each operation. A server that does not answer is left alone for a while: all its authorities would
 * otherwise wait for it one after the other, and everybody else for them.
 */
export function sftpPlaces(address: SftpAddress, timeoutMs: number): Places {
  let current: Promise<Session> | undefined;
  let users = 0;
  let idle: NodeJS.Timeout | undefined;
  let restsUntil = 0;

  async function session(): Promise<Session> {
    if (current) return current;
    if (performance.now() < restsUntil) throw new DeliveryError("timeout", true);
    const opened = openSession(address, timeoutMs);
    const forget = () => {
      if (current === opened) current = undefined;
    };
    opened.then(
      ({ closed }) => closed.then(forget),
      (error: unknown) => {
        const isSilent = error instanceof DeliveryError && error.code === "timeout";
        if (isSilent) restsUntil = performance.now() + REST * timeoutMs;
        forget();
      },
    );
    current = opened;
    return opened;
  }
  const drop = async () => {
    const last = await current?.catch(() => undefined);
    last?.end();
  };
  return {
    use: async (work) => {
      clearTimeout(idle);
      users += 1;
      try {
        const open = await session();
        open.hold(true);
        return await work(placeOf(open, address.path));
      } finally {
        users -= 1;
        if (users === 0) {
          void current?.then(
            (open) => open.hold(users > 0),
            () => undefined,
          );
          idle = setTimeout(() => void drop(), IDLE_MS).unref();
        }
      }
    },
    close: async () => {
      clearTimeout(idle);
      await drop();
    },
  };
}
