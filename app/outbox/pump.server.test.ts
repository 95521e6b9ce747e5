import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { OUTBOX_QUEUE, openDatabase, type Database } from "#app/db.server.ts";
import { startPump, type Pump, type PumpOptions } from "#app/outbox/pump.server.ts";
import { until } from "#tests/support/until.ts";

const dataDir = mkdtempSync(join(tmpdir(), "pump-"));
let database: Database;
let pump: Pump;

beforeAll(async () => {
  database = await openDatabase({ root: process.cwd(), dataDir });
});
afterAll(async () => {
  await database.close();
  rmSync(dataDir, { recursive: true, force: true });
});
afterEach(() => pump.stop(0));

async function ring(destination: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  for (const id of ids) await database.wake(database.db, id, destination);
  return ids;
}

const onError = (error: unknown) => {
  throw error;
};

/** A pump whose messages end when the test says so. */
function hands(options: Partial<PumpOptions> = {}) {
  const under = new Map<string, () => void>();
  const seen: string[] = [];
  const work = (id: string) => {
    seen.push(id);
    return new Promise<void>((resolve) => under.set(id, resolve));
  };
  pump = startPump({ boss: database.boss, slots: 4, ofEach: 2, work, onError, ...options });
  const finish = (id: string) => {
    under.get(id)?.();
    under.delete(id);
  };
  return { seen, under, finish };
}

const jobsLeft = async () => (await database.boss.findJobs(OUTBOX_QUEUE)).length;

test("an alarm is gone as soon as it rang, and its message is worked on once", async () => {
  const ids = await ring("one", 2);
  const { seen, finish } = hands();
  await until(
    async () => seen.length,
    (count) => count === 2,
  );
  expect(seen.toSorted()).toEqual(ids.toSorted());
  expect(await jobsLeft()).toBe(0);
  // Rung again while it is in hand: nobody begins twice.
  await database.wake(database.db, ids[0]!, "one");
  await until(jobsLeft, (count) => count === 0);
  ids.forEach(finish);
  expect(seen).toHaveLength(2);
});

test("a receiver that answers slowly leaves hands for the others", async () => {
  const slow = await ring("slow", 5);
  const quick = await ring("quick", 2);
  const { seen, under, finish } = hands();
  await until(
    async () => seen.length,
    (count) => count === 4,
  );
  expect(seen.filter((id) => slow.includes(id))).toHaveLength(2);
  expect(seen.filter((id) => quick.includes(id))).toHaveLength(2);
  finish(seen.find((id) => slow.includes(id))!);
  await until(
    async () => seen.filter((id) => slow.includes(id)).length,
    (count) => count === 3,
  );
  [...under.keys()].forEach(finish);
});

test("asked to stop it waits for what is under way, but not longer than it may", async () => {
  const [id = ""] = await ring("one", 1);
  const { seen, finish } = hands();
  await until(
    async () => seen.length,
    (count) => count === 1,
  );
  expect(await pump.stop(1)).toBe(false);
  await ring("one", 1);
  const stopping = pump.stop(30_000);
  finish(id);
  expect(await stopping).toBe(true);
  expect(seen).toEqual([id]);
  expect(await jobsLeft()).toBe(1);
});
