// @ts-check
import { linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Who holds a lock. `born` tells a process from a later one with the same number; undefined where the system cannot say.
 * @typedef {{ pid: number, born?: string, parent: number, parentBorn?: string }} Holder
 */

/** Name of the lock inside the data folder: PGlite loses rows silently when two processes open one folder. */
export const SERVICE_LOCK = "service.lock";

/**
 * Start time and boot of a process: a restarted machine or container may give the same number to another process.
 * @param {number} pid
 */
function bornOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A zombie holds nothing any more; it only waits for its parent to read the exit code.
    if (fields[0] === "Z") return "ended";
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}:${fields[19]}`;
  } catch {
    return undefined;
  }
}

/**
 * @param {number} pid
 * @param {string | undefined} born
 */
function lives(pid, born) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EPERM") return false;
  }
  const now = bornOf(pid);
  return born === undefined || now === undefined || now === born;
}

/**
 * @param {string} file
 * @returns {Holder | undefined}
 */
function read(file) {
  try {
    const held = JSON.parse(readFileSync(file, "utf8"));
    return typeof held.pid === "number" ? held : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The living process that holds the lock, if any.
 * @param {string} file
 */
export function lockHolder(file) {
  const held = read(file);
  return held && lives(held.pid, held.born) ? held : undefined;
}

/**
 * True when the process that started the holder is gone: the holder is about to end by itself.
 * @param {Holder} holder
 */
export const isOrphan = (holder) => !lives(holder.parent, holder.parentBorn);

/** Moves a dead process's lock aside; a lock that somebody took in the same moment is put back. */
function removeStale(/** @type {string} */ file) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (lockHolder(aside)) {
    try {
      linkSync(aside, file);
    } catch {
      // A third process was faster; the holder read back below decides.
    }
  }
  unlinkSync(aside);
}

/**
 * Takes the lock for this process, also from a process that died holding it. Released by `release()` and at exit.
 * @param {string} file
 * @returns {{ ok: true, release: () => void } | { ok: false, holder: Holder | undefined }}
 */
export function takeLock(file) {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const mine = { pid: process.pid, born: bornOf(process.pid), parent: process.ppid, parentBorn: bornOf(process.ppid) };
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    if (!lockHolder(file)) removeStale(file);
    // A link appears with its whole content or not at all, so nobody reads half a lock.
    linkSync(draft, file);
  } catch {
    return { ok: false, holder: lockHolder(file) };
  } finally {
    unlinkSync(draft);
  }
  const release = () => {
    if (read(file)?.pid === process.pid) unlinkSync(file);
    process.off("exit", release);
  };
  process.on("exit", release);
  return { ok: true, release };
}
