import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openDatabase, type Database } from "#app/db.server.ts";
import { adoptReceivers, dueMessages, dueQuestions, expireOld } from "#app/outbox/due.server.ts";
import {
  claim,
  HoldLost,
  prolong,
  releaseLeases,
  saveProgress,
  settle,
  type Message,
  type OutboxRow,
} from "#app/outbox/queue.server.ts";
import { eventsOf } from "#app/store/cases.server.ts";
import { destinations, outbox } from "#drizzle/schema.ts";
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

async function held(database: Database, id: string, now: Date): Promise<Message> {
  const claimed = await claim(database.db, id, now);
  if (claimed.outcome !== "held") throw new Error(`the message is ${claimed.outcome}`);
  return claimed.row;
}

async function newReceivers(...values: (Partial<typeof destinations.$inferInsert> & { id: string })[]): Promise<void> {
  await one.db.insert(destinations).values(values.map((value) => ({ authority: "potsdam", ...value })));
}

const dueIds = async (now: Date, ofEach = 10, inAll = 100) =>
  (await dueMessages(one.db, now, { ofEach, inAll })).map(({ id }) => id);

beforeEach(async () => {
  await one.db.delete(outbox);
  await one.db.delete(destinations);
});

describe("the outbox with two workers on PostgreSQL", () => {
  test("exactly one of many gets a message", async () => {
    for (let round = 0; round < 20; round += 1) {
      const id = await newRow();
      const claims = await Promise.all([one, two, one, two, one, two].map(({ db }) => claim(db, id, start)));
      expect(claims.filter(({ outcome }) => outcome === "held")).toHaveLength(1);
      expect(await rowOf(id)).toMatchObject({ state: "sending" });
    }
  });

  test("a claimed message is free again when its worker settles it, or does not come back in 45 seconds", async () => {
    const id = await newRow();
    const first = await held(one, id, start);
    expect(await claim(two.db, id, at(0.74))).toEqual({ outcome: "notDue" });
    await settle(one.db, first, { state: "sending", nextAttemptAt: at(1) });
    expect(await claim(two.db, id, at(0.9))).toEqual({ outcome: "notDue" });
    expect(await claim(two.db, id, at(1))).toMatchObject({ row: { id }, isProbe: false });
    expect(await claim(one.db, id, at(1.75))).toMatchObject({ row: { id } });
  });

  test("progress is kept with its stage and prolongs the hold, and so does a sign of life", async () => {
    const id = await newRow();
    const row = await saveProgress(one.db, await held(one, id, start), { stage: "announced", tags: [1] }, at(0.5));
    expect(await claim(two.db, id, at(1.2))).toEqual({ outcome: "notDue" });
    const prolonged = await prolong(one.db, row, at(1.2));
    expect(await claim(two.db, id, at(1.9))).toEqual({ outcome: "notDue" });
    await settle(one.db, prolonged, {});
    const progress = { stage: "announced", tags: [1] };
    expect(await claim(two.db, id, at(1.9))).toMatchObject({ row: { progress, stage: "announced" } });
  });

  test("a worker that lost its hold neither settles nor overwrites what the new one did", async () => {
    const id = await newRow();
    const slow = await held(one, id, start);
    const quick = await held(two, id, at(6));
    await expect(saveProgress(one.db, slow, { stage: "x" }, at(7))).rejects.toThrow(HoldLost);
    await expect(prolong(one.db, slow, at(7))).rejects.toThrow(HoldLost);
    await expect(settle(one.db, slow, { state: "stuck" })).rejects.toThrow(HoldLost);
    await settle(two.db, quick, { state: "sent" });
    expect(await rowOf(id)).toMatchObject({ state: "sent", progress: {}, stage: null, leasedUntil: null });
  });

  test("what a message holds never leaves the database when it is taken", async () => {
    expect(Object.keys(await held(one, await newRow(), start))).not.toContain("sealed");
  });

  test("only open messages that are due are found, the longest waiting first", async () => {
    await newReceivers({ id: "test:one" });
    const late = await newRow({ nextAttemptAt: at(-1) });
    const later = await newRow({ nextAttemptAt: at(-5), state: "sent" });
    await newRow({ nextAttemptAt: at(1) });
    await newRow({ leasedUntil: at(1) });
    for (const state of ["accepted", "rejected", "paused", "stuck"] as const) {
      const id = await newRow({ state, nextAttemptAt: at(-9) });
      expect(await claim(one.db, id, start)).toEqual({ outcome: "notDue" });
    }
    expect(await dueIds(start)).toEqual([later, late]);
    expect(await dueIds(start, 1)).toEqual([later]);
  });

  test("receivers take turns, however much longer the messages of one of them wait", async () => {
    await newReceivers({ id: "test:one" }, { id: "test:two" });
    const many = [];
    for (let age = 9; age > 0; age -= 1) many.push(await newRow({ nextAttemptAt: at(-age * 100) }));
    const few = [
      await newRow({ nextAttemptAt: at(-2), destination: "test:two" }),
      await newRow({ nextAttemptAt: at(-1), destination: "test:two" }),
    ];
    expect(await dueIds(start, 3)).toEqual([many[0], few[0], many[1], few[1], many[2]]);
    expect(await dueIds(start, 9, 4)).toEqual([many[0], few[0], many[1], few[1]]);
  });

  test("a paused receiver gets nothing new, and is asked about what it has", async () => {
    await newReceivers({ id: "test:one", pausedAt: start });
    const waiting = await newRow();
    const sent = await newRow({ state: "sent" });
    expect(await dueIds(start)).toEqual([]);
    expect(await dueQuestions(one.db, start, 10)).toEqual([{ id: sent, destination: "test:one" }]);
    expect(await claim(one.db, waiting, start)).toEqual({ outcome: "parked" });
    expect(await claim(one.db, sent, start)).toMatchObject({ outcome: "held", isProbe: false });
    expect(await rowOf(waiting)).toMatchObject({ state: "waiting", attempts: 0, leasedUntil: null });
  });

  test("an open circuit offers one message when its time has come, to one worker of all", async () => {
    await newReceivers({ id: "test:one", failures: 5, openedAt: start, probeAt: at(1) }, { id: "test:two" });
    const parked = await Promise.all(Array.from({ length: 8 }, () => newRow()));
    const free = await newRow({ destination: "test:two" });
    expect(await dueIds(start)).toEqual([free]);
    expect(await claim(one.db, parked[0]!, start)).toEqual({ outcome: "parked" });
    expect(await dueIds(at(1))).toHaveLength(2);
    const claims = await Promise.all(parked.map((id, index) => claim([one, two][index % 2]!.db, id, at(1))));
    expect(claims.filter(({ outcome }) => outcome === "parked")).toHaveLength(7);
    expect(claims.filter((claimed) => claimed.outcome === "held" && claimed.isProbe)).toHaveLength(1);
    expect(await dueIds(at(1.1))).toEqual([free]);
    // Whoever died while it tried does not keep the others from trying.
    expect(await dueIds(at(3.1))).toHaveLength(2);
  });

  test("receivers of former versions are known from the start, each once", async () => {
    await newReceivers({ id: "test:one", failures: 3 });
    for (const destination of ["test:one", "test:two", "test:two", "test:three"]) await newRow({ destination });
    await newRow({ destination: "test:done", state: "accepted" });
    await adoptReceivers(one.db);
    await adoptReceivers(two.db);
    const known = await one.db.select({ id: destinations.id, failures: destinations.failures }).from(destinations);
    expect(known.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual([
      { id: "test:one", failures: 3 },
      { id: "test:three", failures: 0 },
      { id: "test:two", failures: 0 },
    ]);
  });

  test("a message that could not be sent for eight days is stuck and told, wherever it waited", async () => {
    const days = (count: number) => at(-count * 24 * 60);
    await newReceivers({ id: "test:one", pausedAt: days(9) }, { id: "test:two", openedAt: days(9), probeAt: at(5) });
    const old = { createdAt: days(8.1), queuedAt: days(8.1) };
    const expired = await Promise.all([
      newRow(old),
      newRow({ ...old, destination: "test:two", state: "sending" }),
      newRow({ ...old, destination: "test:two", nextAttemptAt: at(90) }),
    ]);
    const others = await Promise.all([
      newRow({ createdAt: days(30), queuedAt: days(7.9) }),
      newRow({ ...old, leasedUntil: at(1) }),
      newRow({ ...old, state: "sent" }),
      newRow({ ...old, state: "paused" }),
    ]);
    const counts = await Promise.all([expireOld(one.db, start), expireOld(two.db, start)]);
    expect(counts.toSorted()).toEqual([0, 3]);
    for (const id of expired) {
      const row = await rowOf(id);
      expect(row).toMatchObject({ state: "stuck", lastError: "expired" });
      expect(await eventsOf(one.db, row!.caseId)).toMatchObject([{ kind: "stuck", codes: ["expired"] }]);
    }
    for (const id of others) expect((await rowOf(id))?.state).not.toBe("stuck");
    expect(await expireOld(one.db, start)).toBe(0);
  });

  test("a lone process frees at its start what it held when it died", async () => {
    await newReceivers({ id: "test:one" });
    const id = await newRow({ state: "sending", leasedUntil: at(5) });
    await releaseLeases(one.db);
    expect(await dueIds(start)).toEqual([id]);
  });
});
