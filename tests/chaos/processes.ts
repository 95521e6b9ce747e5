import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** True while a process with this id runs; one that ended and was not noticed yet does not. */
export function isAlive(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/** Sends a signal to a process that may have ended meanwhile. */
export function signal(pid: number | undefined, name: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(pid, name);
  } catch {
    // It has ended.
  }
}

/** Process id of the PostgreSQL server on a data folder, as it notes it there. */
export function postmasterOf(databaseDir: string): number | undefined {
  try {
    return Number(readFileSync(join(databaseDir, "postmaster.pid"), "utf8").split("\n")[0]) || undefined;
  } catch {
    return undefined;
  }
}

/** Ids of all processes whose environment names a folder: whatever was started for it, by whomever. Linux only. */
export function processesOf(folder: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "utf8").includes(folder);
      } catch {
        return false;
      }
    });
}
