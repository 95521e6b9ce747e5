import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import ssh2, { type Client, type SFTPWrapper } from "ssh2";
import { DeliveryError, type DeliveryCode } from "../errors.ts";
import type { SftpAddress } from "./gateway.ts";

/** An open connection to an SFTP server. */
export type Session = {
  sftp: SFTPWrapper;
  /** Runs one operation; the connection is given up when it takes too long. */
  call: <T>(start: (done: (error?: Error | null, value?: T) => void) => void) => Promise<T>;
  /** Resolves as soon as the connection is lost or ended. */
  closed: Promise<void>;
  /** Whether the connection keeps the process alive: only while it is in use. */
  hold: (isHeld: boolean) => void;
  end: () => void;
};

/** Status of an SFTP answer (draft-ietf-secsh-filexfer-02 section 7). */
export const STATUS = { noSuchFile: 2, permissionDenied: 3, failure: 4, unsupported: 8 } as const;

// No SHA-1: neither in signatures of the server's key nor in the key exchange.
const algorithms = {
  serverHostKey: [
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "rsa-sha2-512",
    "rsa-sha2-256",
  ] as const,
};

/** Fingerprint of a server's key as OpenSSH shows it. */
export function fingerprint(key: Uint8Array): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}

/** What an error of SFTP or of the network says: no room, no right and no folder are for somebody to put right. */
export function sftpFailure(cause: unknown): DeliveryError {
  if (cause instanceof DeliveryError) return cause;
  const code: unknown = cause instanceof Error && "code" in cause ? cause.code : undefined;
  const isAnswer = Object.values(STATUS).some((status) => status === code);
  return new DeliveryError(isAnswer ? "misconfigured" : "unreachable", true, { cause });
}

async function connected({ host, port }: SftpAddress, timeoutMs: number): Promise<Socket> {
  // Small requests that wait for each other would cost 40 ms each.
  const socket = connect({ host, port, noDelay: true });
  await new Promise<void>((resolve, reject) => {
    const give = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(() => give(new DeliveryError("timeout", true)), timeoutMs);
    socket.once("error", (cause) => give(new DeliveryError("unreachable", true, { cause })));
    socket.once("connect", resolve);
    for (const event of ["connect", "close"]) socket.once(event, () => clearTimeout(timer));
  });
  return socket;
}

async function privateKey({ keyFile }: SftpAddress): Promise<Buffer> {
  const key = await readFile(keyFile).catch((cause: unknown) => {
    throw new DeliveryError("misconfigured", true, { cause });
  });
  const parsed = ssh2.utils.parseKey(key);
  if (!(parsed instanceof Error)) return key;
  // The reason may quote the file.
  throw new DeliveryError("misconfigured", true, { cause: new Error("The key file holds no private key") });
}

function ready(client: Client, socket: Socket, address: SftpAddress, key: Buffer, timeoutMs: number): Promise<void> {
  let isForeign = false;
  const codeOf = (error: Error): DeliveryCode => {
    if (isForeign) return "destinationMismatch";
    const level = "level" in error ? error.level : "";
    if (level === "client-authentication") return "unauthorised";
    return level === "client-timeout" ? "timeout" : "unreachable";
  };
  return new Promise((resolve, reject) => {
    client.once("ready", resolve);
    client.once("close", () => reject(new DeliveryError("unreachable", true)));
    client.on("error", (cause) => reject(new DeliveryError(codeOf(cause), true, { cause })));
    client.connect({
      sock: socket,
      username: address.user,
      privateKey: key,
      authHandler: ["publickey"],
      readyTimeout: timeoutMs,
      algorithms: { serverHostKey: [...algorithms.serverHostKey] },
      // Never trusted at first sight: only the pinned key is the gateway.
      hostVerifier: (found: Buffer) => {
        isForeign = fingerprint(found) !== address.hostKey;
        return !isForeign;
      },
    });
  });
}

/**
 * Connects to an SFTP server whose key is the pinned one. @throws DeliveryError unreachable, timeout, unauthorised,
 * misconfigured (key file) or destinationMismatch (another key than the pinned one)
 */
export async function openSession(address: SftpAddress, timeoutMs: number): Promise<Session> {
  const key = await privateKey(address);
  const socket = await connected(address, timeoutMs);
  const client = new ssh2.Client();
  const { promise: closed, resolve: noteClosed } = Promise.withResolvers<void>();
  const end = () => {
    noteClosed();
    client.end();
    socket.destroy();
  };
  client.once("close", noteClosed);
  const waiting = new Set<(cause: Error) => void>();
  let isClosed = false;
  void closed.then(() => {
    isClosed = true;
    waiting.forEach((fail) => fail(new DeliveryError("unreachable", true)));
  });
  const call: Session["call"] = (start) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        settle(new DeliveryError("timeout", true));
        end();
      }, timeoutMs);
      const settle = (error: Error | null | undefined, value?: unknown) => {
        clearTimeout(timer);
        waiting.delete(settle);
        if (error) reject(sftpFailure(error));
        else resolve(value as never);
      };
      // Nobody would ever answer.
      if (isClosed) return settle(new DeliveryError("unreachable", true));
      waiting.add(settle);
      try {
        start(settle);
      } catch (error) {
        settle(error instanceof Error ? error : new Error("not an error"));
      }
    });
  try {
    await ready(client, socket, address, key, timeoutMs);
    const sftp = await call<SFTPWrapper>((done) => client.sftp(done));
    const hold = (isHeld: boolean) => void (isHeld ? socket.ref() : socket.unref());
    return { sftp, call, closed, hold, end };
  } catch (error) {
    end();
    throw error;
  }
}
