import { randomUUID } from "node:crypto";
import type { App } from "#app/context.server.ts";
import { courierOf } from "#app/courier.server.ts";
import { OUTBOX_QUEUE, type Db } from "#app/db.server.ts";
import { collectAll } from "#app/incoming/collect.server.ts";
import { work, type Deps } from "#app/outbox/deliver.server.ts";
import { adoptReceivers, dueMessages, dueQuestions, expireOld, type Due } from "#app/outbox/due.server.ts";
import { onlyOne } from "#app/outbox/onlyOne.server.ts";
import { startPump } from "#app/outbox/pump.server.ts";
import { releaseLeases } from "#app/outbox/queue.server.ts";
import { repeat } from "#app/outbox/repeat.server.ts";
import { createRoom } from "#app/outbox/room.server.ts";
import { forgetWorker, noteSeen } from "#app/outbox/workers.server.ts";
import { sweep } from "#app/store/retention.server.ts";

const SWEEP_MS = 500;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Messages at a time, and how many of them to one receiver: whoever answers slowly never takes all hands. */
const HANDS = { pglite: { slots: 3, ofEach: 2 }, postgres: { slots: 8, ofEach: 6 } } as const;

/** Due messages that one sweep rings for. */
const RUNG = { ofEach: 64, inAll: 256 } as const;

// Plaintext of files at a time; encrypting and sending one takes some five times its size. One file has at most 10 MB.
const ROOM_BYTES = 10_000_000;

/** A running worker. `stop` resolves when what it had begun is done, at the latest after so many milliseconds. */
export type Worker = { stop: (patienceMs: number) => Promise<void> };

/** Starts the worker: queue jobs wake it, and a sweeper rings for due rows that have no job. The rows are the truth. */
export async function startWorker(app: App): Promise<Worker> {
  if (!app.keys.delivery.privateKey) throw new Error("WORKER=on needs the private part of the delivery key");
  const { database } = app;
  const { boss, db, mode } = database;
  const own = { id: randomUUID(), startedAt: app.now() };
  const held: Deps["held"] = new Set();
  const deps: Deps = { db, now: app.now, random: Math.random, courier: courierOf(app, createRoom(ROOM_BYTES)), held };
  const onError = (error: unknown) => app.log.error({ code: errorName(error) }, "worker");
  if (mode === "pglite") await releaseLeases(db);
  await adoptReceivers(db);
  await noteSeen(db, own, app.now());
  const pump = startPump({
    boss,
    ...HANDS[mode],
    work: async (id) => {
      const state = await work(deps, id).catch(onError);
      if (state === undefined || state === "notDue" || state === "parked") return;
      app.log.info({ message: id, state }, "outbox");
    },
    onError,
  });
  const ring = async (due: readonly Due[]) => {
    if (due.length === 0) return;
    await ringFor(app, due);
    pump.look();
  };
  const once = (name: string, task: () => Promise<void>) => async () => void (await onlyOne(database, name, task));
  const turns: readonly [pauseMs: number, task: () => Promise<void>][] = [
    [SWEEP_MS, once("sweep", async () => ring(await dueMessages(db, app.now(), RUNG)))],
    [5 * SECOND, once("questions", async () => ring(await dueQuestions(db, app.now(), RUNG.inAll)))],
    [5 * SECOND, once("incoming", () => collectAll(app))],
    [5 * SECOND, () => noteSeen(db, own, app.now())],
    [MINUTE, once("upkeep", () => keepUp(db, app.now()))],
    [15 * MINUTE, once("retention", () => sweep(db, app.blobs, app.now(), app.config.operator.retention))],
  ];
  const tasks = turns.map(([pauseMs, task]) => repeat(pauseMs, task, onError));
  return {
    stop: async (patienceMs) => {
      const atRest = Promise.all(tasks.map((task) => task.stop()));
      const isDone = await pump.stop(patienceMs);
      // What is cut off goes on in another process at once and not only when its lease has run out.
      if (!isDone) await Promise.allSettled([...held].map((giveBack) => giveBack()));
      // Deleting may take long and can be broken off anywhere.
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, isDone ? patienceMs : 0);
      await Promise.race([atRest, promise]);
      clearTimeout(timer);
      await forgetWorker(db, own.id).catch(onError);
    },
  };
}

async function keepUp(db: Db, now: Date): Promise<void> {
  await adoptReceivers(db);
  while ((await expireOld(db, now)) > 0);
}

/** Puts jobs into the queue for messages that have none. */
async function ringFor({ database }: App, due: readonly Due[]): Promise<void> {
  await database.boss.insert(
    OUTBOX_QUEUE,
    due.map(({ id, destination }) => ({ data: { id }, singletonKey: id, group: { id: destination }, retryLimit: 0 })),
  );
}

function errorName(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}
