import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  codeLines,
  deliveriesByHour,
  mailLines,
  openAlerts,
  queueLines,
  unfetched,
  workersSeen,
} from "#app/outbox/desk.server.ts";
import { messagesOf, messagesOfReference, PAGE_SIZE, traceOf } from "#app/outbox/deskMessages.server.ts";
import { alerts, attempts, destinations, events, mails, workers } from "#drizzle/schema.ts";
import { ago, barnim, now, openDesk, type Desk } from "#tests/support/desk.ts";

const DAY = 24 * 60;

describe.each(["pglite", "postgres"] as const)("the operator's view on %s", (mode) => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await openDesk(mode);
  }, 120_000);
  afterAll(() => desk?.close());
  beforeEach(() => desk.clear());

  test("the queue by destination and state, with the oldest, the urgent and the latest failure", async () => {
    await desk.newMessage({ createdAt: ago(30), urgentFrom: ago(1) });
    await desk.newMessage({
      createdAt: ago(90),
      attempts: 7,
      lastError: "timeout",
      urgentFrom: new Date("2027-01-01"),
    });
    await desk.newMessage({ state: "stuck", lastError: "tooLarge", attempts: 40 });
    await desk.newMessage(barnim);
    const lines = await desk.asStaff("*", (tx) => queueLines(tx, now));
    expect(lines).toEqual([
      { ...barnim, state: "waiting", rows: 1, oldest: ago(60), urgent: 0, attempts: 0, lastError: null },
      {
        authority: "potsdam",
        destination: "test:potsdam",
        state: "stuck",
        rows: 1,
        oldest: ago(60),
        urgent: 0,
        attempts: 40,
        lastError: "tooLarge",
      },
      {
        authority: "potsdam",
        destination: "test:potsdam",
        state: "waiting",
        rows: 2,
        oldest: ago(90),
        urgent: 1,
        attempts: 7,
        lastError: "timeout",
      },
    ]);
  });

  test("the codes that hold messages up, the most frequent first; settled messages do not count", async () => {
    await desk.newMessage({ lastError: "timeout" });
    await desk.newMessage({ lastError: "tooLarge", state: "stuck" });
    await desk.newMessage({ lastError: "timeout", state: "sent" });
    await desk.newMessage({ lastError: "refused", state: "accepted" });
    expect(await desk.asStaff("*", codeLines)).toEqual([
      { code: "timeout", rows: 2 },
      { code: "tooLarge", rows: 1 },
    ]);
  });

  test("deliveries of the last 24 hours by hour: one for a message, none for failures or questions", async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    const base = { authority: "potsdam", tookMs: 5, stage: "sent", code: null };
    await desk.db.insert(attempts).values([
      { ...base, messageId: one, at: ago(10) },
      { ...base, messageId: one, at: ago(5) },
      { ...base, messageId: two, at: ago(23 * 60 + 30) },
      { ...base, messageId: two, at: ago(25 * 60) },
      { ...base, messageId: two, at: ago(3), code: "timeout" },
      { ...base, messageId: two, at: ago(3), stage: "announced" },
    ]);
    const hours = await desk.asStaff("*", (tx) => deliveriesByHour(tx, now));
    expect(hours).toEqual([1, ...Array.from({ length: 22 }, () => 0), 1]);
  });

  test("what lies with the receiver for three days is counted until it is fetched", async () => {
    const old = { state: "sent", queuedAt: ago(3 * DAY) } as const;
    const lies = await desk.newMessage(old);
    await desk.newMessage({ state: "sent", queuedAt: ago(DAY) });
    // It waited here for long and was handed over an hour ago.
    const late = await desk.rowOf(await desk.newMessage(old));
    const sent = {
      caseId: late.caseId,
      authority: late.authority,
      messageId: late.id,
      kind: "sent",
      data: {},
    } as const;
    await desk.db.insert(events).values({ ...sent, at: ago(60) });
    expect(await desk.asStaff("*", (tx) => unfetched(tx, now))).toBe(1);
    const { caseId, authority } = await desk.rowOf(lies);
    await desk.db.insert(events).values({ caseId, authority, messageId: lies, kind: "pickedUp", at: now, data: {} });
    expect(await desk.asStaff("*", (tx) => unfetched(tx, now))).toBe(0);
  });

  test("alerts are those that are open, the oldest first; mails those that have not gone out", async () => {
    await desk.db.insert(alerts).values([
      { kind: "stuck", subject: "b", authority: "potsdam", raisedAt: ago(5) },
      { kind: "stuck", subject: "a", authority: null, raisedAt: ago(50) },
      { kind: "stuck", subject: "c", authority: "potsdam", raisedAt: ago(90), clearedAt: ago(1) },
    ]);
    const mail = { purpose: "stuck", audience: "operator", nextAttemptAt: now, createdAt: ago(8) } as const;
    await desk.db.insert(mails).values([
      { ...mail, id: randomUUID(), onceKey: "1", state: "failed", lastError: "refused" },
      { ...mail, id: randomUUID(), onceKey: "2", state: "failed" },
      { ...mail, id: randomUUID(), onceKey: "3", state: "sent" },
    ]);
    expect((await desk.asStaff("*", openAlerts)).map(({ subject }) => subject)).toEqual(["a", "b"]);
    expect(await desk.asStaff("*", mailLines)).toEqual([
      { purpose: "stuck", audience: "operator", state: "failed", rows: 2, oldest: ago(8), lastError: "refused" },
    ]);
  });

  test("workers are shown, the one seen last first", async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    await desk.db.insert(workers).values([
      { id: one, startedAt: ago(90), seenAt: ago(60) },
      { id: two, startedAt: ago(90), seenAt: ago(1) },
    ]);
    expect((await desk.asStaff("*", workersSeen)).map(({ id }) => id)).toEqual([two, one]);
  });

  test("a list of messages is filtered and paged, the oldest first", async () => {
    const caseId = await desk.newCase("AAAA-BBBB-CCCC");
    const first = await desk.newMessage({ caseId, createdAt: ago(900) });
    for (let index = 0; index < PAGE_SIZE; index += 1) await desk.newMessage();
    await desk.newMessage({ state: "stuck" });
    await desk.newMessage(barnim);
    const filter = { destination: "test:potsdam", states: ["waiting"] } as const;
    const page = await desk.asStaff("*", (tx) => messagesOf(tx, filter, 1));
    expect(page.total).toBe(PAGE_SIZE + 1);
    expect(page.messages).toHaveLength(PAGE_SIZE);
    expect(page.messages[0]).toMatchObject({ id: first, reference: "AAAA-BBBB-CCCC", service: "W-18g" });
    expect(Object.keys(page.messages[0] ?? {})).not.toContain("sealed");
    expect((await desk.asStaff("*", (tx) => messagesOf(tx, filter, 2))).messages).toHaveLength(1);
    expect((await desk.asStaff("*", (tx) => messagesOf(tx, { states: ["stuck"] }, 1))).total).toBe(1);
  });

  test("the trace of a message has its attempts, events, alerts, mails, circuit and the other messages", async () => {
    const caseId = await desk.newCase("AAAA-BBBB-CCCC");
    const id = await desk.newMessage({ caseId });
    const supplement = await desk.newMessage({ caseId, kind: "supplement", supplements: id, createdAt: ago(5) });
    const of = { messageId: id, authority: "potsdam" };
    await desk.db.insert(attempts).values([
      { ...of, at: ago(9), tookMs: 30_000, stage: "announced", code: "timeout" },
      { ...of, at: ago(8), tookMs: 120, stage: "sent", code: null },
    ]);
    await desk.db.insert(events).values([
      { ...of, caseId, kind: "filed", at: ago(60), data: {} },
      { ...of, caseId, kind: "rejected", at: ago(3), data: { codes: ["schema-violation"] } },
    ]);
    await desk.db.insert(alerts).values({ kind: "stuck", subject: id, authority: "potsdam", raisedAt: ago(7) });
    const mail = { purpose: "rejected", nextAttemptAt: now, createdAt: ago(2), state: "sent" } as const;
    await desk.db.insert(mails).values([
      { ...mail, id: randomUUID(), onceKey: "1", audience: "applicant", authority: "potsdam", caseId },
      { ...mail, id: randomUUID(), onceKey: "2", audience: "applicant", authority: "potsdam", messageId: supplement },
    ]);
    await desk.db.insert(destinations).values({ id: "test:potsdam", authority: "potsdam", openedAt: ago(4) });
    const trace = await desk.asStaff("potsdam", (tx) => traceOf(tx, id));
    expect(trace).toMatchObject({
      message: { id, reference: "AAAA-BBBB-CCCC", service: "W-18g" },
      attempts: [{ code: "timeout", tookMs: 30_000 }, { code: null }],
      events: [
        { kind: "filed", codes: [] },
        { kind: "rejected", codes: ["schema-violation"] },
      ],
      alerts: [{ kind: "stuck" }],
      mails: [{ purpose: "rejected", audience: "applicant" }],
      circuit: { openedAt: ago(4) },
      siblings: [{ id: supplement, kind: "supplement" }],
    });
    expect(await desk.asStaff("potsdam", (tx) => messagesOfReference(tx, "AAAA-BBBB-CCCC"))).toEqual([id, supplement]);
    expect(await desk.asStaff("potsdam", (tx) => messagesOfReference(tx, "AAAA-BBBB-DDDD"))).toEqual([]);
  });
});
