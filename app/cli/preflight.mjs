// @ts-check
import { closeSync, fsyncSync, mkdirSync, openSync, statfsSync, unlinkSync, writeSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isOrphan, lockHolder, SERVICE_LOCK } from "./lock.mjs";
import { Obstacle } from "./say.mjs";

/** An empty database and its write-ahead log take about this much, in MiB. */
const NEEDED_MIB = 100;
const PROBE_BYTES = 1024 * 1024;

/** A service that was told to stop, or whose supervisor was killed, gets this long to be gone, in milliseconds. */
const LEAVING = 3_000;
const ORPHAN_LEAVING = 20_000;

/** @type {Record<string, string>} */
const REASONS = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "the file system is read-only",
  EEXIST: "it is a file, not a folder",
  ENOTDIR: "a part of the path is a file, not a folder",
};

/** Really writes: a full disk often shows only then. */
function probe(/** @type {string} */ folder) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `.probe.${process.pid}`);
  const handle = openSync(file, "w", 0o600);
  try {
    writeSync(handle, Buffer.alloc(PROBE_BYTES));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
    unlinkSync(file);
  }
}

/**
 * Checks that the data folder can be written and has room for a database.
 * @param {string} folder
 * @throws {Obstacle}
 */
export function checkDataFolder(folder) {
  try {
    probe(folder);
  } catch (error) {
    const { code = "", message } = /** @type {NodeJS.ErrnoException} */ (error);
    throw new Obstacle(`nothing can be stored in ${folder} (DATA_DIR): ${REASONS[code] ?? message}.`);
  }
  const { bavail, bsize } = statfsSync(folder);
  const freeMib = Math.floor((bavail * bsize) / 1024 / 1024);
  if (freeMib >= NEEDED_MIB) return;
  throw new Obstacle(
    `the disk of ${folder} (DATA_DIR) is full: ${freeMib} MB are free, at least ${NEEDED_MIB} MB are needed. ` +
      "Free some space or set DATA_DIR to a folder on another disk.",
  );
}

/**
 * Waits a moment for a service that is just ending, then refuses when one still holds the data folder.
 * @param {string} folder
 * @throws {Obstacle}
 */
export async function checkNotRunning(folder) {
  const file = join(folder, SERVICE_LOCK);
  const start = Date.now();
  for (;;) {
    const holder = lockHolder(file);
    if (!holder) return;
    if (Date.now() - start > (isOrphan(holder) ? ORPHAN_LEAVING : LEAVING)) {
      throw new Obstacle(
        `the service already runs on ${folder} (DATA_DIR) as process ${holder.pid}. ` +
          "Stop that one first, or set DATA_DIR to another folder and PORT to another port.",
      );
    }
    await pause(100);
  }
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<string | undefined>} the error code when the port cannot be opened
 */
function tryPort(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve(/** @type {NodeJS.ErrnoException} */ (error).code));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

/**
 * True for a port that no browser and no fetch opens ("port blocking" of the WHATWG Fetch Standard): nobody could reach the service there.
 * @param {number} port
 */
async function isBlocked(port) {
  try {
    await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(1_000) });
  } catch (error) {
    return error instanceof Error && error.cause instanceof Error && error.cause.message === "bad port";
  }
  return false;
}

/** @type {Readonly<Record<string, string>>} */
const PORT_REASONS = {
  EADDRINUSE: "is already in use",
  EACCES: "needs more rights",
  blocked: "is one that browsers do not open",
};

/**
 * Checks that all ports can be opened, before anything starts.
 * @param {readonly { name: string, port: number, host: string, remedy: string }[]} wanted
 * @throws {Obstacle}
 */
export async function checkPorts(wanted) {
  for (const { name, port, host, remedy } of wanted) {
    const deadline = Date.now() + LEAVING;
    for (;;) {
      const code = (await tryPort(port, host)) ?? ((await isBlocked(port)) ? "blocked" : undefined);
      if (!code) break;
      if (code !== "EADDRINUSE" || Date.now() > deadline) {
        const why = PORT_REASONS[code] ?? `cannot be opened (${code})`;
        throw new Obstacle(`port ${port} for ${name} ${why}. ${remedy}, for example: PORT=${port + 100} npm start`);
      }
      await pause(100);
    }
  }
}
