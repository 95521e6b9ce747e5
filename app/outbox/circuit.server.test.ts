import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openDatabase, type Database } from "#app/db.server.ts";
import { work, type Courier, type Failure } from "#app/outbox/deliver.server.ts";
import { attempts, destinations, outbox } from "#drizzle/schema.ts";
import { createDatabase } from "#tests/support/postgres.ts";

const start = new Date("2026-11-21T09:00:00Z");
const seconds = (count: number) => new Date(start.getTime() + count * 1000);
const receiver = "fit-connect:one";

const rejecting = (failure: Failure) => () => Promise.reject(Object.assign(new Error("failed"), { failure }));
const failing = (code: string, more: Partial<Failure> = {}) => rejecting({ code, retryable: true, ...more });
const failureOf: Courier["failureOf"] = (error) => (error as { failure: Failure }).failure;
const never = () => Promise.reject(new Error("not expected"));

describe.each(["PGlite", "PostgreSQL"] as const)("the circuit of a receiver on %s", (kind) => {
  let database: Database;
  let close: () => Promise<void>;

  beforeAll(async () => {
    const made = kind === "PostgreSQL" ? await createDatabase() : undefined;
    const dataDir = mkdtempSync(join(tmpdir(), "circuit-"));
    database = await openDatabase({ root: process.cwd(), dataDir, databaseUrl: made?.url });
    close = async () => {
      await database.close();
      await made?.drop();
      rmSync(dataDir, { recursive: true, force: true });
    };
  });
  afterAll(() => close());
  beforeEach(async () => {
    for (const table of [outbox, destinations, attempts]) await database.db.delete(table);
    await database.db.insert(destinations).values({ id: receiver, authority: "potsdam" });
  });

  async function message(values: Partial<typeof outbox.$inferInsert> = {}): Promise<string> {
    const [id, caseId] = [randomUUID(), randomUUID()];
    const rest = { authority: "potsdam", kind: "application", state: "waiting", progress: {}, attempts: 0 } as const;
    const times = { queuedAt: start, nextAttemptAt: start, createdAt: start };
    const sealed = { sealed: Buffer.from("s"), deliveryWrap: "wrap" };
    await database.db
      .insert(outbox)
      .values({ id, caseId, destination: receiver, ...rest, ...times, ...sealed, ...values });
    return id;
  }
  const messages = (count: number) => Promise.all(Array.from({ length: count }, () => message()));

  function workAt(now: Date, id: string, courier: Partial<Courier>) {
    const whole = { deliver: never, poll: never, failureOf, ...courier };
    return work({ db: database.db, now: () => now, random: () => 0, courier: whole, held: new Set() }, id);
  }
  const circuit = async () => (await database.db.select().from(destinations).where(eq(destinations.id, receiver)))[0]!;
  const rowOf = async (id: string) => (await database.db.select().from(outbox).where(eq(outbox.id, id)))[0]!;

  async function open(code = "unreachable", more: Partial<Failure> = {}): Promise<void> {
    for (const id of await messages(5)) await workAt(start, id, { deliver: failing(code, more) });
  }

  test.each([
    "unreachable",
    "timeout",
    "rateLimited",
    "unauthorised",
    "misconfigured",
    "destinationInactive",
    "destinationMismatch",
    "keyRefused",
    "keyRefused.revoked",
    "unexpectedAnswer",
  ])("opens after five failures in a row with %s, and no message is stuck by it", async (code) => {
    for (const [index, id] of (await messages(5)).entries()) {
      expect((await circuit()).openedAt).toBeNull();
      expect(await workAt(seconds(index), id, { deliver: failing(code, { retryable: false }) })).toBe("sending");
    }
    expect(await circuit()).toEqual({
      id: receiver,
      authority: "potsdam",
      failures: 5,
      lastError: code,
      openedAt: seconds(4),
      probeAt: seconds(44),
      pausedAt: null,
    });
  });

  test("stays closed for what is wrong with single messages or with our own disk", async () => {
    for (const code of ["refused", "tooLarge", "unreadable", "internal.TypeError", "tagMismatch"]) {
      for (const id of await messages(6)) await workAt(start, id, { deliver: failing(code) });
    }
    expect(await circuit()).toMatchObject({ failures: 0, openedAt: null });
  });

  test("forgets failures when the receiver takes a message, or reads and refuses one", async () => {
    const [a, b, c, d] = await messages(4);
    for (const id of [a!, b!]) await workAt(start, id, { deliver: failing("timeout") });
    expect((await circuit()).failures).toBe(2);
    await workAt(start, c!, { deliver: async () => ({ stage: "sent" }) });
    expect(await circuit()).toMatchObject({ failures: 0, lastError: null });
    await workAt(seconds(9), a!, { deliver: failing("timeout") });
    await workAt(start, d!, { deliver: failing("refused", { retryable: false }) });
    expect((await circuit()).failures).toBe(0);
  });

  test("counts questions about sent messages too, and parks them in the same way", async () => {
    for (let count = 0; count < 5; count += 1) {
      await workAt(start, await message({ state: "sent" }), { poll: failing("unreachable") });
    }
    expect((await circuit()).openedAt).toEqual(start);
    expect(await workAt(seconds(1), await message({ state: "sent" }), {})).toBe("parked");
  });

  test("parks everything without using up attempts, tries one message after 30 to 40 seconds, then flows again", async () => {
    await open();
    const [first, second] = await messages(2);
    expect(await workAt(seconds(39), first!, {})).toBe("parked");
    expect(await rowOf(first!)).toMatchObject({ state: "waiting", attempts: 0, leasedUntil: null });
    let tried: string | undefined;
    const deliver: Courier["deliver"] = async () => {
      tried = await workAt(seconds(40), second!, {});
      return { stage: "sent" };
    };
    expect(await workAt(seconds(40), first!, { deliver })).toBe("sent");
    expect(tried).toBe("parked");
    expect(await circuit()).toMatchObject({ failures: 0, openedAt: null, probeAt: null, lastError: null });
    expect(await workAt(seconds(41), second!, { deliver: async () => ({}) })).toBe("sent");
  });

  test("a failed try opens it again for longer, at most for 15 minutes, and is not held against its message", async () => {
    await open();
    const id = await message();
    const waits: number[] = [];
    let now = seconds(40);
    for (let count = 0; count < 8; count += 1) {
      expect(await workAt(now, id, { deliver: failing("timeout") })).toBe("sending");
      const { probeAt } = await circuit();
      waits.push((probeAt!.getTime() - now.getTime()) / 1000);
      now = new Date(Math.max(probeAt!.getTime(), (await rowOf(id)).nextAttemptAt.getTime()));
    }
    expect(waits).toEqual([80, 160, 320, 640, 900, 900, 900, 900]);
    expect(await rowOf(id)).toMatchObject({ attempts: 0, lastError: "timeout" });
    expect((await circuit()).openedAt).toEqual(start);
  });

  test("waits as long as the receiver asks for", async () => {
    await open("rateLimited", { retryAfterMs: 3_600_000 });
    expect((await circuit()).probeAt).toEqual(seconds(3600));
  });

  test("an answer about a sent message shows that the way works, not that new messages are taken", async () => {
    const ask = async (at: Date) =>
      workAt(at, await message({ state: "sent", progress: { stage: "sent" } }), { poll: async () => [] });
    await open("misconfigured");
    await ask(seconds(40));
    expect(await circuit()).toMatchObject({ failures: 5, lastError: "misconfigured", openedAt: start });
    const waits = await message();
    expect(await workAt(seconds(41), waits, { deliver: async () => ({ stage: "sent" }) })).toBe("sent");
    expect(await circuit()).toMatchObject({ failures: 0, lastError: null, openedAt: null });
    for (const id of await messages(3)) await workAt(start, id, { deliver: failing("keyRefused.revoked") });
    await ask(seconds(60));
    expect((await circuit()).failures).toBe(3);
    for (const id of await messages(2)) await workAt(start, id, { deliver: failing("timeout") });
    await ask(new Date((await circuit()).probeAt!.getTime() + 1));
    expect(await circuit()).toMatchObject({ failures: 0, openedAt: null });
  });

  test("an answer closes it where no message is left that could try", async () => {
    await open("destinationInactive");
    await database.db.update(outbox).set({ state: "stuck" });
    await workAt(seconds(40), await message({ state: "sent" }), { poll: async () => [] });
    expect(await circuit()).toMatchObject({ failures: 0, openedAt: null });
  });

  test("attempts that were under way when it opened move nothing", async () => {
    const late = await message();
    await workAt(start, late, {
      deliver: async () => {
        await open();
        return failing("timeout")();
      },
    });
    expect(await circuit()).toMatchObject({ failures: 5, probeAt: seconds(40) });
    expect((await rowOf(late)).attempts).toBe(1);
  });

  test("a try that fails by our own fault leaves its place to the next message at once", async () => {
    await open();
    const [broken, whole] = await messages(2);
    await workAt(seconds(40), broken!, { deliver: failing("unreadable", { retryable: false }) });
    expect(await workAt(seconds(41), whole!, { deliver: async () => ({}) })).toBe("sent");
    expect((await circuit()).openedAt).toBeNull();
  });

  test("every attempt is on record: how far, how long, which code; a question without news is not", async () => {
    const id = await message();
    let now = start;
    const at = (moment: Date, courier: Partial<Courier>) => {
      now = moment;
      const whole = { deliver: never, poll: never, failureOf, ...courier };
      return work({ db: database.db, now: () => now, random: () => 0, courier: whole, held: new Set() }, id);
    };
    const deliver: Courier["deliver"] = async (_row, save) => {
      await save({ stage: "announced" });
      now = seconds(2);
      return failing("timeout")();
    };
    await at(start, { deliver });
    await at(seconds(60), { deliver: async () => ({ stage: "sent" }) });
    await at(seconds(70), { poll: async () => [] });
    await at(seconds(90), { poll: failing("unreachable") });
    const pickedUp = { kind: "pickedUp", at: start, codes: [] } as const;
    await at(seconds(120), { poll: async () => [pickedUp] });
    await at(seconds(200), { poll: async () => [pickedUp] });
    await at(seconds(300), { poll: async () => [pickedUp, { ...pickedUp, kind: "accepted" }] });
    const recorded = await database.db.select().from(attempts).orderBy(asc(attempts.id));
    expect(
      recorded.map(({ at: moment, tookMs, stage, code }) => [moment.getTime() - start.getTime(), tookMs, stage, code]),
    ).toEqual([
      [0, 2000, "announced", "timeout"],
      [60_000, 0, "sent", null],
      [90_000, 0, "sent", "unreachable"],
      [120_000, 0, "pickedUp", null],
      [300_000, 0, "accepted", null],
    ]);
    expect(recorded.every(({ messageId, authority }) => messageId === id && authority === "potsdam")).toBe(true);
    expect(await rowOf(id)).toMatchObject({ state: "accepted", stage: "sent", deliveryWrap: null });
  });
});
