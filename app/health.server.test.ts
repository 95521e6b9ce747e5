import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import { createHealth } from "#app/health.server.ts";
import { startWorker } from "#app/worker.server.ts";
import { outbox } from "#drizzle/schema.ts";
import { openApp, type TestApp } from "#tests/support/filing.ts";
import { until } from "#tests/support/until.ts";

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
  await opened.app.database.db.delete(outbox);
});

/** The parts of the service at a time that the test moves, with a worker that was at work just now. */
function appOf(change: Partial<App> = {}): App {
  const now = () => new Date(start.getTime() + seconds * 1000);
  return { ...opened.app, now, heartbeat: { worker: start }, ...change };
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
    today: "2026-11-21",
  });
});

test.each<[string, Partial<Row>]>([
  ["a message that is stuck", { state: "stuck" }],
  ["a message that failed at its last attempt", { state: "sending", lastError: "unreachable" }],
])("%s is degraded and takes nobody offline", async (_what, values) => {
  await message(values);
  expect(await createHealth(appOf())(false)).toMatchObject({ status: "degraded", delivery: "degraded" });
});

test("settled messages are not looked at, whatever they hold", async () => {
  await message({ state: "accepted", lastError: "unreachable" });
  await message({ state: "rejected", lastError: "unreachable" });
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
  expect(asked).toEqual({ database: 5, files: 5, queue: 1 });
  seconds = 2;
  await message({ state: "stuck" });
  expect(await health(false)).toMatchObject({ delivery: "degraded" });
  expect(asked.queue).toBe(2);
});

test("a worker that has been silent for more than 30 seconds is degraded", async () => {
  const health = createHealth(appOf());
  seconds = 30;
  expect(await health(false)).toMatchObject({ status: "ok", worker: "ok" });
  seconds = 31;
  expect(await health(false)).toMatchObject({ status: "degraded", worker: "degraded" });
});

test("a process without worker shows that, and is not degraded by it", async () => {
  seconds = 31;
  const health = createHealth(appOf({ env: { ...opened.app.env, worker: false } }));
  expect(await health(false)).toMatchObject({ status: "ok", worker: "degraded" });
});

test("the worker reports its turns", async () => {
  const app = { ...opened.app, heartbeat: { worker: new Date(0) } };
  const worker = await startWorker(app);
  const begun = Date.now();
  await until(
    async () => app.heartbeat.worker.getTime(),
    (at) => at >= begun,
  );
  await worker.stop();
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
