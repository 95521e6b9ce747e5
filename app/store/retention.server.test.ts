import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Database } from "#app/db.server.ts";
import type { BlobStore } from "#app/store/blobs.server.ts";
import { sweep } from "#app/store/retention.server.ts";
import { alerts, attempts, audit, blobs, cases, events, outbox, workers } from "#drizzle/schema.ts";
import { openApp, type TestApp } from "#tests/support/filing.ts";

const now = new Date("2026-11-21T09:00:00Z");
const days = (count: number) => new Date(now.getTime() + count * 86_400_000);
const periods = { applicantCopyDays: 90, eventMonths: 24, auditMonths: 12 };

type State = (typeof outbox.$inferSelect)["state"];

let opened: TestApp;
let db: Database["db"];
/** Ids of files whose bytes are there. */
const stored = new Set<string>();
let store: BlobStore;

beforeAll(async () => {
  opened = await openApp();
  db = opened.app.database.db;
  store = { ...opened.app.blobs, remove: async (id) => void stored.delete(id) };
});
afterAll(() => opened.close());
beforeEach(async () => {
  for (const table of [blobs, cases, events, outbox]) await db.delete(table);
  stored.clear();
});

/** Cases that reached their last day yesterday, each with a message in `state` and `files` files that did so too. */
async function expiredCases(count: number, state: State, files = 0): Promise<void> {
  const ids = Array.from({ length: count }, () => randomUUID());
  const [authority, expiresAt, sealed] = ["potsdam", days(-1), Buffer.from("sealed")];
  await db.insert(cases).values(
    ids.map((id) => ({
      id,
      authority,
      expiresAt,
      reference: id,
      service: "W-18g",
      accessId: id,
      receipt: "signed",
      wrappedKey: sealed,
      applicantCopy: sealed,
      filedAt: days(-365),
    })),
  );
  await db.insert(outbox).values(
    ids.map((id) => ({
      id,
      caseId: id,
      authority,
      state,
      sealed,
      kind: "application" as const,
      destination: "test:one",
      progress: {},
      attempts: 0,
      nextAttemptAt: days(-365),
      createdAt: days(-365),
    })),
  );
  for (const id of ids) await expiredFiles(files, id);
}

async function expiredFiles(count: number, owner: string): Promise<void> {
  if (count === 0) return;
  const ids = Array.from({ length: count }, () => randomUUID());
  for (const id of ids) stored.add(id);
  await db.insert(blobs).values(ids.map((id) => ({ id, authority: "potsdam", owner, size: 1, expiresAt: days(-1) })));
}

const left = async () => ({
  cases: await db.$count(cases),
  messages: await db.$count(outbox),
  rows: await db.$count(blobs),
  bytes: stored.size,
});

test("one run deletes all that is past its date, however much there is", async () => {
  await expiredCases(230, "accepted");
  await expiredFiles(430, "a draft that is gone");
  await sweep(db, store, now, periods);
  expect(await left()).toEqual({ cases: 0, messages: 0, rows: 0, bytes: 0 });
});

test.each<State>(["waiting", "sending", "sent", "paused", "stuck"])(
  "a case with a message that is %s keeps its files past every date",
  async (state) => {
    await expiredCases(2, state, 3);
    await sweep(db, store, now, periods);
    expect(await left()).toEqual({ cases: 2, messages: 2, rows: 6, bytes: 6 });
  },
);

test.each<State>(["accepted", "rejected"])("a case with a message that was %s goes with its files", async (state) => {
  await expiredCases(2, state, 3);
  await sweep(db, store, now, periods);
  expect(await left()).toEqual({ cases: 0, messages: 0, rows: 0, bytes: 0 });
});

test("files of others are deleted although some case still needs its own", async () => {
  await expiredCases(1, "stuck", 2);
  await expiredFiles(250, "a draft that is gone");
  await sweep(db, store, now, periods);
  expect(await left()).toEqual({ cases: 1, messages: 1, rows: 2, bytes: 2 });
});

test("records are deleted when their time is over, and not before", async () => {
  const authority = "potsdam";
  const attempt = { messageId: randomUUID(), authority, tookMs: 1 };
  await db.insert(attempts).values([732.1, 731.9].map((age) => ({ ...attempt, at: days(-age) })));
  const alert = { kind: "circuitOpen", authority, raisedAt: days(-400) };
  await db.insert(alerts).values([
    { ...alert, subject: "long cleared", clearedAt: days(-90.1) },
    { ...alert, subject: "just cleared", clearedAt: days(-89.9) },
    { ...alert, subject: "open" },
  ]);
  await db
    .insert(workers)
    .values([1.1, 0.9].map((age) => ({ id: randomUUID(), startedAt: days(-30), seenAt: days(-age) })));
  const act = { actor: "somebody", role: "operator", action: "resend" };
  await db.insert(audit).values([366.1, 365.9].map((age) => ({ ...act, at: days(-age) })));
  await sweep(db, store, now, periods);
  const counts = await Promise.all([attempts, alerts, workers, audit].map((table) => db.$count(table)));
  expect(counts).toEqual([1, 2, 1, 1]);
});
