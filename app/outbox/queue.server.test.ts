import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase, type Database } from "#app/db.server.ts";
import {
  claim,
  dueIds,
  HoldLost,
  queueFigures,
  releaseLeases,
  saveProgress,
  settle,
  type OutboxRow,
} from "#app/outbox/queue.server.ts";
import { outbox } from "#drizzle/schema.ts";
import { createDatabase, type TestDatabase } from "#tests/support/postgres.ts";

const start = new Date("2026-11-21T09:00:00Z");
const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

let testDatabase: TestDatabase;
let one: Database;
let two: Database;

beforeAll(async () => {
  testDatabase = await createDatabase();
  const options = { root: process.cwd(), dataDir: "", databaseUrl: testDatabase.url };
  one = await openDatabase(options);
  two = await openDatabase(options);
});
afterAll(async () => {
  await Promise.all([one.close(), two.close()]);
  await testDatabase.drop();
});

async function newRow(values: Partial<OutboxRow> = {}): Promise<string> {
  const id = randomUUID();
  await one.db.insert(outbox).values({
    id,
    caseId: randomUUID(),
    authority: "potsdam",
    kind: "application",
    state: "waiting",
    destination: "test:one",
    progress: {},
    attempts: 0,
    nextAttemptAt: start,
    sealed: Buffer.from("sealed"),
    createdAt: start,
    ...values,
  });
  return id;
}

const rowOf = async (id: string) => (await one.db.select().from(outbox).where(eq(outbox.id, id)))[0];

describe("the outbox with two workers on PostgreSQL", () => {
  test("exactly one of many gets a message", async () => {
    for (let round = 0; round < 20; round += 1) {
      const id = await newRow();
      const claims = await Promise.all([one, two, one, two, one, two].map(({ db }) => claim(db, id, start)));
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await rowOf(id)).toMatchObject({ state: "sending" });
    }
  });

  test("a claimed message is free again when its worker settles it, or does not come back in 90 seconds", async () => {
    const id = await newRow();
    const first = await claim(one.db, id, start);
    expect(await claim(two.db, id, at(1.4))).toBeUndefined();
    await settle(one.db, first!, { state: "sending", nextAttemptAt: at(1) });
    expect(await claim(two.db, id, start)).toBeUndefined();
    expect(await claim(two.db, id, at(1))).toMatchObject({ id });
    expect(await claim(one.db, id, at(7))).toMatchObject({ id });
  });

  test("progress is kept and prolongs the hold", async () => {
    const id = await newRow();
    const row = await claim(one.db, id, start);
    await saveProgress(one.db, row!, { stage: 2 }, at(1));
    expect(await claim(two.db, id, at(2.4))).toBeUndefined();
    expect(await claim(two.db, id, at(10))).toMatchObject({ progress: { stage: 2 } });
  });

  test("a worker that lost its hold neither settles nor overwrites what the new one did", async () => {
    const id = await newRow();
    const slow = await claim(one.db, id, start);
    const quick = await claim(two.db, id, at(6));
    await expect(saveProgress(one.db, slow!, { stage: 1 }, at(7))).rejects.toThrow(HoldLost);
    await expect(settle(one.db, slow!, { state: "stuck" })).rejects.toThrow(HoldLost);
    await settle(two.db, quick!, { state: "sent" });
    expect(await rowOf(id)).toMatchObject({ state: "sent", progress: {}, leasedUntil: null });
  });

  test("only open messages that are due are found, the longest waiting first", async () => {
    await one.db.delete(outbox);
    const late = await newRow({ nextAttemptAt: at(-1) });
    const later = await newRow({ nextAttemptAt: at(-5), state: "sent" });
    await newRow({ nextAttemptAt: at(1) });
    await newRow({ leasedUntil: at(1) });
    for (const state of ["accepted", "rejected", "paused", "stuck"] as const)
      await newRow({ state, nextAttemptAt: at(-9) });
    expect(await dueIds(one.db, start, 10)).toEqual([later, late]);
    expect(await dueIds(one.db, start, 1)).toEqual([later]);
    expect(await claim(one.db, (await newRow({ state: "accepted" })) ?? "", start)).toBeUndefined();
  });

  test("a lone process frees at its start what it held when it died", async () => {
    await one.db.delete(outbox);
    const id = await newRow({ state: "sending", leasedUntil: at(5) });
    await releaseLeases(one.db);
    expect(await dueIds(one.db, start, 10)).toEqual([id]);
  });

  test("the figures for the operator count by receiver and state", async () => {
    await one.db.delete(outbox);
    await newRow({ lastError: "timeout" });
    await newRow();
    await newRow({ destination: "test:two", state: "accepted" });
    expect(await queueFigures(one.db)).toMatchObject([
      { destination: "test:one", state: "waiting", rows: 2, lastError: "timeout" },
      { destination: "test:two", state: "accepted", rows: 1, lastError: null },
    ]);
  });
});
