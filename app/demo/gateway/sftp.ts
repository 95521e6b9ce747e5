import { once } from "node:events";
import type { Stats } from "node:fs";
import { lstat, mkdir, open, readdir, rename, rmdir, unlink, type FileHandle } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join, posix } from "node:path";
import ssh2, { type Attributes, type AuthContext, type Connection, type FileEntry, type SFTPWrapper } from "ssh2";
import { USER, type GatewayKeys } from "./keys.ts";

// SFTP version 3 (draft-ietf-secsh-filexfer-02).
const STATUS = { ok: 0, eof: 1, noSuchFile: 2, permissionDenied: 3, failure: 4 } as const;
const FLAG = { write: 0x02, append: 0x04, create: 0x08, truncate: 0x10, exclusive: 0x20 } as const;
const MOST_READ = 256 * 1024;

type Handle = { file: FileHandle } | { names: string[]; folder: string };

/** How the server fails, for tests; may change while it runs. `full`: no room is left; `lie`: it says that it did it, and did not. */
export type Faults = { write?: "full" | "lie"; rename?: "lie" };

/** A running SFTP server. */
export type SftpServer = { port: number; close: () => Promise<void> };

function statusOf(error: unknown): number {
  const code = error instanceof Error && "code" in error ? error.code : "";
  if (code === "ENOENT" || code === "ENOTDIR") return STATUS.noSuchFile;
  return code === "EACCES" || code === "EPERM" ? STATUS.permissionDenied : STATUS.failure;
}

const attributesOf = ({ mode, uid, gid, size, atimeMs, mtimeMs }: Stats): Attributes => ({
  mode,
  uid,
  gid,
  size,
  atime: Math.floor(atimeMs / 1_000),
  mtime: Math.floor(mtimeMs / 1_000),
});

function openFlags(flags: number): string {
  if (!(flags & FLAG.write)) return "r";
  return flags & FLAG.exclusive ? "wx" : flags & FLAG.truncate ? "w" : "r+";
}

/** Serves the files below `root` to one session; a client never gets out of it. */
function serveFiles(sftp: SFTPWrapper, root: string, faults: Faults): void {
  const handles = new Map<number, Handle>();
  let last = 0;
  const at = (path: string) => join(root, posix.normalize(posix.join("/", path)));
  const newHandle = (handle: Handle) => {
    last += 1;
    handles.set(last, handle);
    const id = Buffer.alloc(4);
    id.writeUInt32BE(last);
    return id;
  };
  const handleOf = (id: Buffer) => handles.get(id.length === 4 ? id.readUInt32BE() : 0);
  const fileOf = (id: Buffer): FileHandle => {
    const handle = handleOf(id);
    if (!handle || !("file" in handle)) throw new Error("no such handle");
    return handle.file;
  };
  /** Answers with the error's status unless the work answered by itself. */
  const answer = (request: number, work: () => Promise<unknown>) =>
    void work().catch((error: unknown) => sftp.status(request, statusOf(error)));
  const done = (request: number, work: () => Promise<unknown>) =>
    answer(request, async () => {
      await work();
      sftp.status(request, STATUS.ok);
    });
  const stat = (request: number, path: string) =>
    answer(request, async () => sftp.attrs(request, attributesOf(await lstat(at(path)))));

  sftp.on("OPEN", (request, path, flags) =>
    answer(request, async () => {
      const file = await open(at(path), openFlags(flags), 0o600);
      sftp.handle(request, newHandle({ file }));
    }),
  );
  sftp.on("READ", (request, id, offset, length) =>
    answer(request, async () => {
      const buffer = Buffer.alloc(Math.min(length, MOST_READ));
      const { bytesRead } = await fileOf(id).read(buffer, 0, buffer.length, offset);
      if (bytesRead === 0) sftp.status(request, STATUS.eof);
      else sftp.data(request, buffer.subarray(0, bytesRead));
    }),
  );
  sftp.on("WRITE", (request, id, offset, data) =>
    done(request, async () => {
      if (faults.write === "full") throw new Error("no room is left");
      if (faults.write !== "lie") await fileOf(id).write(data, 0, data.length, offset);
    }),
  );
  sftp.on("FSTAT", (request, id) =>
    answer(request, async () => sftp.attrs(request, attributesOf(await fileOf(id).stat()))),
  );
  sftp.on("CLOSE", (request, id) =>
    done(request, async () => {
      const handle = handleOf(id);
      handles.delete(id.readUInt32BE());
      if (handle && "file" in handle) await handle.file.close();
    }),
  );
  sftp.on("OPENDIR", (request, path) =>
    answer(request, async () => sftp.handle(request, newHandle({ names: await readdir(at(path)), folder: at(path) }))),
  );
  sftp.on("READDIR", (request, id) =>
    answer(request, async () => {
      const handle = handleOf(id);
      if (!handle || !("names" in handle)) throw new Error("no such handle");
      if (handle.names.length === 0) return sftp.status(request, STATUS.eof);
      const entries: FileEntry[] = [];
      for (const name of handle.names.splice(0, 100)) {
        const stats = await lstat(join(handle.folder, name)).catch(() => undefined);
        if (stats) entries.push({ filename: name, longname: name, attrs: attributesOf(stats) });
      }
      sftp.name(request, entries);
    }),
  );
  sftp.on("LSTAT", stat);
  sftp.on("STAT", stat);
  sftp.on("REALPATH", (request, path) =>
    sftp.name(request, [{ filename: posix.normalize(posix.join("/", path)), longname: "", attrs: {} as Attributes }]),
  );
  sftp.on("REMOVE", (request, path) => done(request, () => unlink(at(path))));
  sftp.on("RMDIR", (request, path) => done(request, () => rmdir(at(path))));
  sftp.on("MKDIR", (request, path) => done(request, () => mkdir(at(path), 0o700)));
  sftp.on("RENAME", (request, from, to) =>
    done(request, async () => {
      // Version 3 of the protocol: a name in use is never replaced.
      if (await lstat(at(to)).catch(() => undefined)) throw new Error("the name is in use");
      if (faults.rename !== "lie") await rename(at(from), at(to));
    }),
  );
  sftp.on("end", () => {
    for (const handle of handles.values()) if ("file" in handle) void handle.file.close();
    handles.clear();
  });
}

function isAllowed(context: AuthContext, clientPublicKey: string): boolean {
  if (context.method !== "publickey" || context.username !== USER) return false;
  if (context.key.data.toString("base64") !== clientPublicKey) return false;
  // The first question has no signature: whether this key would do.
  if (!context.signature || !context.blob) return true;
  const key = ssh2.utils.parseKey(`${context.key.algo} ${clientPublicKey}`);
  return !(key instanceof Error) && key.verify(context.blob, context.signature, context.hashAlgo);
}

function serveClient(client: Connection, keys: GatewayKeys, root: string, faults: Faults): void {
  client.on("error", () => undefined);
  client.on("authentication", (context) => {
    if (isAllowed(context, keys.clientPublicKey)) context.accept();
    else context.reject(["publickey"]);
  });
  client.on("session", (accept) => {
    accept().on("sftp", (acceptSftp) => serveFiles(acceptSftp(), root, faults));
  });
}

/** Starts an SFTP server for the folder `root`; lets in nobody but the online service. */
export async function listenSftp(
  { host, port, root, faults = {} }: { host: string; port: number; root: string; faults?: Faults },
  keys: GatewayKeys,
): Promise<SftpServer> {
  const clients = new Set<Connection>();
  const ssh = new ssh2.Server({ hostKeys: [keys.hostKey] }, (client) => {
    clients.add(client);
    client.on("close", () => clients.delete(client));
    serveClient(client, keys, root, faults);
  });
  // Small answers that wait for each other would cost 40 ms each.
  const server = createServer({ noDelay: true }, (socket) => ssh.injectSocket(socket));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve());
  });
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      for (const client of clients) client.end();
      await closed;
    },
  };
}
