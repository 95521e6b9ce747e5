import { randomUUID } from "node:crypto";
import { eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SelfTest, Transport } from "#app/connector/transport.ts";
import type { App } from "#app/context.server.ts";
import { checkReceivers } from "#app/outbox/check.server.ts";
import { heldUpOf } from "#app/outbox/heldUp.server.ts";
import { watch } from "#app/outbox/watchdog.server.ts";
import { appendEvent } from "#app/store/cases.server.ts";
import { sealContact } from "#app/store/contact.server.ts";
import { alerts, cases, destinations, drafts, events, mails, outbox, workers } from "#drizzle/schema.ts";
import { openApp, type TestApp } from "#tests/support/app.ts";

const start = new Date("2026-11-22T08:00:00Z");
const HOUR = 3_600_000;

let opened: TestApp;
let now = start;
const app = (): App => ({ ...opened.app, now: () => now });
const db = () => opened.app.database.db;
/** Goes to a time after the start, and looks. */
const lookAfter = async (hours: number) => {
  now = new Date(start.getTime() + hours * HOUR);
  await watch(app());
};

beforeAll(async () => {
  opened = await openApp();
});
afterAll(() => opened.close());
beforeEach(async () => {
  for (const table of [alerts, mails, outbox, events, cases, destinations, drafts, workers]) await db().delete(table);
});

type Row = typeof outbox.$inferInsert;

/** A message as it stands in the outbox, with a case that has an address. */
async function message(values: Partial<Row> = {}): Promise<string> {
  const [id, caseId] = [randomUUID(), randomUUID()];
  const bytes = Buffer.from("x");
  const contact = await sealContact(opened.app.keys, caseId, { email: "p1@example.org", language: "de" });
  await db()
    .insert(cases)
    .values({
      id: caseId,
      authority: "barnim",
      reference: id,
      service: "W-18g",
      accessId: id,
      wrappedKey: bytes,
      applicantCopy: bytes,
      receipt: "x",
      contact,
      filedAt: start,
      expiresAt: new Date(start.getTime() + 365 * 24 * HOUR),
    });
  await db()
    .insert(outbox)
    .values({
      id,
      caseId,
      authority: "barnim",
      kind: "application",
      state: "waiting",
      destination: "fit-connect:x",
      progress: {},
      attempts: 0,
      queuedAt: start,
      nextAttemptAt: new Date(start.getTime() + 999 * HOUR),
      sealed: bytes,
      createdAt: start,
      ...values,
    });
  if (values.state === "sent") {
    await appendEvent(db(), { caseId, authority: "barnim", messageId: id, kind: "sent", at: start });
  }
  return id;
}

const open = async () =>
  (await db().select().from(alerts).where(isNull(alerts.clearedAt)).orderBy(alerts.id)).map(
    ({ kind, subject, codes }) => [kind, subject, ...codes],
  );

/** Mails queued since the last time. */
async function fresh(): Promise<unknown[][]> {
  const rows = await db().select().from(mails).orderBy(mails.createdAt, mails.audience);
  await db().update(mails).set({ state: "sent", attempts: 1 });
  return rows
    .filter(({ state }) => state === "waiting")
    .map(({ audience, purpose, data }) => [audience, purpose, data["kind"], data["level"], data["count"]]);
}

describe("a message that nobody fetches", () => {
  test("goes through the levels, each told once, and is cleared when it is fetched", async () => {
    const id = await message({ state: "sent" });
    await lookAfter(23);
    expect(await open()).toEqual([]);
    await lookAfter(24);
    await lookAfter(24.02);
    expect(await open()).toEqual([["notPickedUp", id, "day1"]]);
    expect(await fresh()).toEqual([["operator", "alert", "notPickedUp", "day1", 1]]);
    await lookAfter(72);
    await lookAfter(80);
    expect(await open()).toEqual([["notPickedUp", id, "day3"]]);
    expect(await fresh()).toEqual([
      ["authority", "alert", "notPickedUp", "day3", 1],
      ["operator", "alert", "notPickedUp", "day3", 1],
    ]);
    await lookAfter(240);
    expect(await fresh()).toHaveLength(2);
    const [row] = await db().select().from(outbox).where(eq(outbox.id, id));
    await appendEvent(db(), { caseId: row!.caseId, authority: "barnim", messageId: id, kind: "pickedUp", at: now });
    await lookAfter(241);
    expect(await open()).toEqual([]);
    const [alert] = await db().select().from(alerts);
    expect(alert).toMatchObject({ clearedAt: now, raisedAt: new Date(start.getTime() + 24 * HOUR) });
    expect(await fresh()).toEqual([]);
  });

  test("among many is one mail with their number", async () => {
    for (let index = 0; index < 25; index += 1) await message({ state: "sent" });
    await lookAfter(24);
    expect(await open()).toHaveLength(25);
    expect(await fresh()).toEqual([["operator", "alert", "notPickedUp", "day1", 25]]);
    const [mail] = await db().select().from(mails);
    expect(mail?.data["subjects"]).toHaveLength(20);
  });
});

test("an urgent message is told to the operator after one hour and to the authority after four, until it is sent", async () => {
  const id = await message({ urgentFrom: start, lastError: "timeout" });
  await message({ urgentFrom: new Date(start.getTime() + 100 * HOUR) });
  await lookAfter(0.9);
  expect(await open()).toEqual([]);
  await lookAfter(1);
  expect(await open()).toEqual([["urgentUndelivered", id, "hour1", "timeout"]]);
  expect(await fresh()).toEqual([["operator", "alert", "urgentUndelivered", "hour1", 1]]);
  await lookAfter(4);
  expect((await fresh()).map(([audience]) => audience)).toEqual(["authority", "operator"]);
  await db().update(outbox).set({ state: "sent" }).where(eq(outbox.id, id));
  await lookAfter(4.1);
  expect(await open()).toEqual([]);
});

test("of a message that was given up operator, authority and applicant are told at once and once", async () => {
  const id = await message({ state: "stuck", lastError: "refused" });
  await lookAfter(0);
  await lookAfter(0.02);
  expect(await open()).toEqual([["stuck", id, "refused"]]);
  expect(await fresh()).toEqual([
    ["applicant", "stuck", undefined, undefined, undefined],
    ["authority", "alert", "stuck", undefined, 1],
    ["operator", "alert", "stuck", undefined, 1],
  ]);
  await db().update(outbox).set({ state: "waiting" }).where(eq(outbox.id, id));
  await lookAfter(1);
  expect(await open()).toEqual([]);
});

test("alarming failures, open circuits and forgotten pauses are told to the operator", async () => {
  const id = await message({ lastError: "tagMismatch" });
  const paused = await message({ state: "paused" });
  await message({ destination: "fit-connect:y" });
  await db()
    .insert(destinations)
    .values([
      { id: "fit-connect:x", authority: "barnim", pausedAt: start },
      { id: "fit-connect:y", authority: "potsdam", openedAt: start, lastError: "timeout" },
      // Everything for it was settled in other ways, so that nobody tries it any more.
      { id: "fit-connect:z", authority: "potsdam", openedAt: start, lastError: "timeout" },
    ]);
  await lookAfter(25);
  expect((await open()).toSorted()).toEqual([
    ["circuitOpen", "fit-connect:y", "timeout"],
    ...[paused, "fit-connect:x"].toSorted().map((subject) => ["pausedWaiting", subject]),
    ["tagMismatch", id],
  ]);
  expect((await fresh()).map(([audience]) => audience)).toEqual(["operator", "operator", "operator"]);
  await db().update(outbox).set({ state: "accepted" });
  await lookAfter(26);
  expect(await open()).toEqual([]);
});

test("a silent worker, mails that do not get out and data past their time are told", async () => {
  await db().insert(workers).values({ id: randomUUID(), startedAt: start, seenAt: start });
  await db().insert(mails).values({
    id: randomUUID(),
    purpose: "digest",
    audience: "operator",
    onceKey: "x",
    state: "failed",
    lastError: "smtp.EAUTH",
    nextAttemptAt: start,
    createdAt: start,
  });
  const bytes = Buffer.from("x");
  await db()
    .insert(drafts)
    .values({ id: "d", authority: "barnim", revision: 1, wrappedKey: bytes, sealed: bytes, expiresAt: start });
  await lookAfter(24.1 / 24);
  expect((await open()).map(([kind]) => kind)).toEqual(["workerSilent", "mailsFailing"]);
  await db()
    .insert(workers)
    .values({ id: randomUUID(), startedAt: now, seenAt: new Date(start.getTime() + 30 * HOUR) });
  await lookAfter(30);
  expect(await open()).toEqual([["retentionLate", "drafts"]]);
});

test("a stage that fails keeps its alerts and does not keep the others from their work", async () => {
  const id = await message({ state: "sent" });
  await lookAfter(24);
  await message({ destination: "fit-connect:y" });
  await db().insert(destinations).values({ id: "fit-connect:y", authority: "barnim", openedAt: start });
  await db().execute("alter table events rename to events_away");
  await lookAfter(72);
  await db().execute("alter table events_away rename to events");
  expect(await open()).toEqual([
    ["notPickedUp", id, "day1"],
    ["circuitOpen", "fit-connect:y"],
  ]);
});

test("ways beside this service are offered while something is stuck, and say what it is", async () => {
  const id = await message({ state: "stuck" });
  const [row] = await db().select().from(outbox).where(eq(outbox.id, id));
  const heldUp = () => heldUpOf(db(), row!.caseId, start);
  expect(await heldUp()).toBe("application");
  await db().update(outbox).set({ state: "accepted" });
  expect(await heldUp()).toBeUndefined();
  await db()
    .insert(outbox)
    .values({ ...row!, id: randomUUID(), kind: "supplement", supplements: id });
  expect(await heldUp()).toBe("supplement");
});

describe("self-tests", () => {
  const answers = new Map<string, SelfTest | Error>();
  const tested: Transport = {
    id: "fit-connect",
    parseOptions: (value) => value,
    selfTest: async (options) => {
      const { destinationId = "" } = options as { destinationId?: string };
      const answer = answers.get(destinationId) ?? { ok: true, findings: [] };
      if (answer instanceof Error) throw answer;
      return answer;
    },
    deliver: () => Promise.reject(new Error("not expected")),
    poll: () => Promise.reject(new Error("not expected")),
  };
  const look = () => checkReceivers({ ...app(), transports: new Map([[tested.id, tested]]) });

  test("raise what they find, keep it while the receiver cannot be asked, and clear it when it is mended", async () => {
    const frankfurt = opened.app.config.byId.get("frankfurt-oder")!.transport;
    const id = frankfurt.kind === "fit-connect" ? (frankfurt.destinationId ?? "") : "";
    now = start;
    const expiresAt = new Date(start.getTime() + 20 * 24 * HOUR).toISOString();
    answers.set(id, { ok: false, findings: ["destination:schemaNotOffered", "key:keyRefused.chain"], expiresAt });
    await look();
    const raised = [
      ["keyExpires", `fit-connect:${id}`, "days30", "2026-12-12"],
      ["schemaNotOffered", `fit-connect:${id}`, "destination:schemaNotOffered"],
      ["selfTest:key:keyRefused.chain", `fit-connect:${id}`, "key:keyRefused.chain"],
    ];
    expect(await open()).toEqual(raised);
    expect(await fresh()).toHaveLength(5);
    answers.set(id, { ok: false, findings: ["token:unreachable"] });
    await look();
    answers.set(id, new Error("broken"));
    await look();
    // The minute's round knows nothing of these.
    await watch(app());
    expect(await open()).toEqual(raised);
    now = new Date(start.getTime() + 14 * 24 * HOUR);
    answers.set(id, { ok: true, findings: [], expiresAt });
    await look();
    expect(await open()).toEqual([["keyExpires", `fit-connect:${id}`, "days7", "2026-12-12"]]);
    expect(await fresh()).toHaveLength(2);
    answers.set(id, { ok: true, findings: [] });
    await look();
    expect(await open()).toEqual([]);
  });
});
