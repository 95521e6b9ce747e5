import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { lockHolder, takeLock } from "./lock.mjs";

const folder = mkdtempSync(join(tmpdir(), "lock-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A process that says whether it got the lock and then waits to be ended. */
async function otherProcess(file: string) {
  const code = `const { takeLock } = await import(${JSON.stringify(new URL("lock.mjs", import.meta.url).href)});
    console.log(takeLock(${JSON.stringify(file)}).ok); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  const [answer] = await once(child.stdout, "data");
  const end = async () => {
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  return { ok: String(answer).trim() === "true", pid: child.pid, end };
}

test("a lock that a living process holds is refused and names the process", async () => {
  const file = join(folder, "living.lock");
  const other = await otherProcess(file);
  expect(other.ok).toBe(true);
  expect(takeLock(file)).toMatchObject({ ok: false, holder: { pid: other.pid } });
  await other.end();
});

test("the lock of a process that was killed is taken over", async () => {
  const file = join(folder, "dead.lock");
  const other = await otherProcess(file);
  await other.end();
  expect(lockHolder(file)).toBeUndefined();
  const lock = takeLock(file);
  expect(lock.ok).toBe(true);
  if (lock.ok) lock.release();
});

test("a process that later got the same number does not keep the lock alive", () => {
  const file = join(folder, "reused.lock");
  writeFileSync(file, JSON.stringify({ pid: process.pid, born: "another boot:1", parent: 1 }));
  expect(lockHolder(file)).toBeUndefined();
});

test("a half-written lock is taken over", () => {
  const file = join(folder, "half.lock");
  writeFileSync(file, '{"pid":');
  const lock = takeLock(file);
  expect(lock.ok).toBe(true);
  expect(JSON.parse(readFileSync(file, "utf8")).pid).toBe(process.pid);
  if (lock.ok) lock.release();
  expect(readdirSync(folder).filter((name) => name.startsWith("half"))).toEqual([]);
});

test("of many processes that want a dead process's lock at once exactly one gets it", async () => {
  const file = join(folder, "race.lock");
  writeFileSync(file, JSON.stringify({ pid: 2 ** 22 + 1, parent: 1 }));
  const others = await Promise.all(Array.from({ length: 6 }, () => otherProcess(file)));
  expect(others.filter((other) => other.ok)).toHaveLength(1);
  await Promise.all(others.map((other) => other.end()));
});
