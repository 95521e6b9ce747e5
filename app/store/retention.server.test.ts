import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Database } from "#app/db.server.ts";
import type { BlobStore } from "#app/store/blobs.server.ts";
import { deleteCase, sweep } from "#app/store/retention.server.ts";
import { helped, tickets } from "#drizzle/helping.ts";
import { refusals } from "#drizzle/incoming.ts";
import { alerts, attempts, audit, blobs, cases, events, outbox, workers } from "#drizzle/schema.ts";
import { openApp, type TestApp } from "#tests/support/app.ts";
import { until } from "#tests/support/until.ts";

const now = new Date("2026-11-21T09:00:00Z");
const days = (count: number) => new Date(now.getTime() + count * 86_400_000);
const periods = { applicantCopyDays: 90, eventMonths: 24, auditMonths: 12, indexDays: 30 };

type State = (typeof outbox.$inferSelect)["state"];

let opened: TestApp;
let db: Database["db"];
/** Ids of files whose bytes are there. */
const stored = new Set<string>();
let store: BlobStore;

beforeAll(async () => {
  opened = await openApp("PostgreSQL");
  db = opened.app.database.db;
  store = { ...opened.app.blobs, remove: async (id) => void stored.delete(id) };
});
afterAll(async () => {
  await opened.close();
});
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

test.each(["swept", "deleted by its holder"])(
  "a supplement that is filed while its case is %s is delivered: nothing of the case is deleted",
  async (how) => {
    await expiredCases(1, "accepted", 1);
    const [row] = await db.select().from(cases);
    let removal: Promise<unknown> = Promise.resolve();
    await db.transaction(async (tx) => {
      // As filing does it: the case is locked first.
      await tx.select().from(cases).where(eq(cases.id, row!.id)).for("update");
      removal = how === "swept" ? sweep(db, store, now, periods) : deleteCase(db, store, row!.id);
      const waiting = sql`select 1 from pg_stat_activity
        where wait_event_type = 'Lock' and datname = current_database()`;
      await until(
        async () => (await db.execute(waiting)).rows.length,
        (count) => count > 0,
      );
      const { id: caseId, authority } = row!;
      const rest = {
        kind: "supplement",
        state: "waiting",
        destination: "test:one",
        progress: {},
        attempts: 0,
      } as const;
      const times = { nextAttemptAt: now, createdAt: now };
      await tx
        .insert(outbox)
        .values({ id: randomUUID(), caseId, authority, sealed: Buffer.from("x"), ...rest, ...times });
    });
    await removal;
    expect(await left()).toEqual({ cases: 1, messages: 2, rows: 1, bytes: 1 });
  },
);

test("a file that cannot be deleted keeps nothing else from being deleted, and is tried again", async () => {
  await expiredCases(1, "accepted", 1);
  await expiredFiles(2, "a draft that is gone");
  await db.insert(workers).values({ id: randomUUID(), startedAt: days(-30), seenAt: days(-2) });
  const broken = [...stored][0]!;
  const faulty: BlobStore = {
    ...store,
    remove: (id) => (id === broken ? Promise.reject(new Error("EIO")) : store.remove(id)),
  };
  await expect(sweep(db, faulty, now, periods)).rejects.toThrow("EIO");
  expect([...stored]).toEqual([broken]);
  expect([await db.$count(cases), await db.$count(workers)]).toEqual([0, 0]);
  await sweep(db, store, now, periods);
  expect(await left()).toEqual({ cases: 0, messages: 0, rows: 0, bytes: 0 });
});

test("events and attempts of long ago go, however many, and a case goes some time after its last news", async () => {
  await expiredCases(3, "accepted");
  await db.update(cases).set({ expiresAt: days(1), filedAt: days(-91) });
  const ids = (await db.select({ id: cases.id }).from(cases)).map(({ id }) => id);
  const event = { authority: "potsdam", data: {} };
  await db.insert(events).values([
    { ...event, caseId: ids[0]!, messageId: ids[0]!, kind: "filed", at: days(-91) },
    { ...event, caseId: ids[1]!, messageId: ids[1]!, kind: "filed", at: days(-91) },
    { ...event, caseId: ids[1]!, messageId: ids[1]!, kind: "accepted", at: days(-89) },
  ]);
  await db.execute(sql`insert into ${events} (case_id, authority, message_id, kind, at, data)
    select gen_random_uuid(), 'potsdam', gen_random_uuid(), 'filed', ${days(-733).toISOString()}::timestamptz, '{}'
    from generate_series(1, 12000)`);
  await sweep(db, store, now, periods);
  expect((await db.select().from(cases)).map(({ id }) => id)).toEqual([ids[1]]);
  expect(await db.$count(events)).toBe(3);
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
  const refused = { authority, code: "invalid", size: 1 };
  await db.insert(refusals).values([732.1, 731.9].map((age) => ({ ...refused, sha256: `${age}`, at: days(-age) })));
  await sweep(db, store, now, periods);
  const counts = await Promise.all([attempts, alerts, workers, audit, refusals].map((table) => db.$count(table)));
  expect(counts).toEqual([1, 2, 1, 1, 1]);
});

test("tickets go when they are over, and the list of helpers with the audit of the same acts", async () => {
  await db
    .insert(tickets)
    .values([-1, 1].map((day) => ({ id: `t${day}`, authority: "potsdam", expiresAt: days(day) })));
  await db
    .insert(helped)
    .values([-370, -360].map((day) => ({ authority: "potsdam", helper: `h${day}`, startedAt: days(day) })));
  await sweep(db, store, now, periods);
  expect((await db.select({ id: tickets.id }).from(tickets)).map(({ id }) => id)).toEqual(["t1"]);
  expect((await db.select({ helper: helped.helper }).from(helped)).map(({ helper }) => helper)).toEqual(["h-360"]);
});
