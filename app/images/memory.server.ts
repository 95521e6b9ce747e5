import { readFile } from "node:fs/promises";

/**
 * Memory that a process holds, in MB, or undefined where the system does not tell (it does on Linux) or the process is
 * gone. Seen from outside, because a process that decodes answers nobody.
 */
export async function residentMb(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, "latin1").catch(() => "");
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}
