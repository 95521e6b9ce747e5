import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import { createHealth } from "#app/health.server.ts";
import { isAnyAtWork } from "#app/outbox/workers.server.ts";
import { startWorker } from "#app/worker.server.ts";
import { destinations, outbox, workers } from "#drizzle/schema.ts";
import { openApp, type TestApp } from "#tests/support/app.ts";

type Row = typeof outbox.$inferInsert;

const start = new Date("2026-11-21T09:00:00Z");
let opened: TestApp;
let seconds = 0;

beforeAll(async () => {
  opened = await openApp();
});
afterAll(() => opened.close());
beforeEach(async () => {
  seconds = 0;
  const { db } = opened.app.database;
  for (const table of [outbox, destinations, workers]) await db.delete(table);
  await db.insert(workers).values({ id: randomUUID(), startedAt: start, seenAt: start });
});

const now = () => new Date(start.getTime() + seconds * 1000);

/** The parts of the service at a time that the test moves. */
function appOf(change: Partial<App> = {}): App {
  return { ...opened.app, now, ...change };
}

async function message(values: Partial<Row>): Promise<void> {
  const ids = { id: randomUUID(), caseId: randomUUID(), authority: "potsdam" };
  const rest = { progress: {}, attempts: 0, nextAttemptAt: start, createdAt: start, sealed: Buffer.from("sealed") };
  await opened.app.database.db
    .insert(outbox)
    .values({ ...ids, kind: "application", state: "waiting", destination: "test:one", ...rest, ...values });
}

test("all is well when the worker looks after messages that do not fail", async () => {
  await message({ state: "waiting" });
  await message({ state: "sent" });
  expect(await createHealth(appOf())(false)).toEqual({
    status: "ok",
    mode: "pglite",
    database: "ok",
    files: "ok",
    images: "ok",
    delivery: "ok",
    worker: "ok",
    // Without a server mails wait, which the demo may do.
    mail: "degraded",
    today: "2026-11-21",
  });
});

const receiver = (values: Partial<typeof destinations.$inferInsert>) => async () =>
  void (await opened.app.database.db.insert(destinations).values({ id: "test:one", authority: "potsdam", ...values }));

test.each<[string, () => Promise<void>]>([
  ["a message that is stuck", () => message({ state: "stuck" })],
  ["a receiver that failed at the last attempt", receiver({ failures: 1 })],
  ["an open circuit", receiver({ failures: 5, openedAt: start, probeAt: start })],
])("%s is degraded and takes nobody offline", async (_what, happen) => {
  await happen();
  expect(await createHealth(appOf())(false)).toMatchObject({ status: "degraded", delivery: "degraded" });
});

test("settled messages and a receiver that answers are well", async () => {
  await message({ state: "accepted", lastError: "unreachable" });
  await message({ state: "rejected", lastError: "unreachable" });
  await receiver({ pausedAt: start })();
  expect(await createHealth(appOf())(false)).toMatchObject({ status: "ok", delivery: "ok" });
});

test("the queue is asked once within two seconds, database and files every time", async () => {
  const asked = { database: 0, files: 0, queue: 0 };
  const { database, blobs } = opened.app;
  const db = new Proxy(database.db, {
    get: (target, name) => {
      if (name === "select") asked.queue += 1;
      return Reflect.get(target, name) as unknown;
    },
  });
  const ping = async () => void (asked.database += 1);
  const check = async () => void (asked.files += 1);
  const health = createHealth(appOf({ database: { ...database, db, ping }, blobs: { ...blobs, check } }));
  await Promise.all(Array.from({ length: 5 }, () => health(false)));
  const once = asked.queue;
  expect(asked).toEqual({ database: 5, files: 5, queue: once });
  expect(once).toBeLessThanOrEqual(3);
  seconds = 2;
  await message({ state: "stuck" });
  expect(await health(false)).toMatchObject({ delivery: "degraded" });
  expect(asked.queue).toBeGreaterThan(once);
});

test("a worker that has been silent for more than 30 seconds is degraded", async () => {
  seconds = 30;
  expect(await createHealth(appOf())(false)).toMatchObject({ status: "ok", worker: "ok" });
  seconds = 31;
  expect(await createHealth(appOf())(false)).toMatchObject({ status: "degraded", worker: "degraded" });
});

test("a process without worker sees the one elsewhere, and that there is none", async () => {
  const health = createHealth(appOf({ env: { ...opened.app.env, worker: false } }));
  expect(await health(false)).toMatchObject({ status: "ok", worker: "ok" });
  await opened.app.database.db.delete(workers);
  seconds = 2;
  expect(await health(false)).toMatchObject({ status: "degraded", worker: "degraded" });
});

test("a worker is seen from its start until it ends in order", async () => {
  const { app } = opened;
  const { db } = app.database;
  await db.delete(workers);
  const worker = await startWorker(app);
  expect(await isAnyAtWork(db, app.now())).toBe(true);
  await worker.stop(30_000);
  expect(await isAnyAtWork(db, app.now())).toBe(false);
});

const fails = async () => {
  throw new Error("gone");
};

test.each<[string, () => Partial<App>, boolean]>([
  ["the database is gone", () => ({ database: { ...opened.app.database, ping: fails } }), false],
  ["no file can be stored", () => ({ blobs: { ...opened.app.blobs, check: fails } }), false],
  ["the service is about to stop", () => ({}), true],
])("it is down when %s", async (_what, change, draining) => {
  expect(await createHealth(appOf(change()))(draining)).toMatchObject({ status: "down" });
});
