import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openDatabase, type Database } from "#app/db.server.ts";
import { askSoon } from "#app/outbox/askSoon.server.ts";
import { MAX_ATTEMPTS } from "#app/outbox/backoff.ts";
import { work, type Courier, type Deps, type Failure } from "#app/outbox/deliver.server.ts";
import { resendMessage } from "#app/outbox/deskActs.server.ts";
import type { Statement } from "#app/outbox/statements.server.ts";
import { eventsOf } from "#app/store/cases.server.ts";
import { statusOf } from "#flows/engine/status.ts";
import { attempts, outbox } from "#drizzle/schema.ts";
import { createDatabase, type TestDatabase } from "#tests/support/postgres.ts";

const start = new Date("2026-11-21T09:00:00Z");
const minutes = (count: number) => new Date(start.getTime() + count * 60_000);
const days = (count: number) => minutes(count * 24 * 60);
const said = (kind: Statement["kind"], codes: readonly string[] = []): Statement => ({ kind, at: start, codes });

let testDatabase: TestDatabase;
let database: Database;
let id: string;
let caseId: string;

beforeAll(async () => {
  testDatabase = await createDatabase();
  database = await openDatabase({ root: process.cwd(), dataDir: "", databaseUrl: testDatabase.url });
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});
beforeEach(async () => {
  [id, caseId] = [randomUUID(), randomUUID()];
  const rest = {
    authority: "potsdam",
    kind: "application",
    state: "waiting",
    destination: "test",
    progress: {},
  } as const;
  const times = { attempts: 0, queuedAt: start, nextAttemptAt: start, createdAt: start };
  await database.db
    .insert(outbox)
    .values({ id, caseId, ...rest, ...times, sealed: Buffer.from("s"), deliveryWrap: "wrap" });
});

const failureOf: Courier["failureOf"] = (error) =>
  (error as { failure?: Failure }).failure ?? { code: "internal", retryable: true };
const unused = () => Promise.reject(new Error("not expected"));

/** Works on the message at a time, with a courier of which only the given parts matter. */
function workAt(now: Date, courier: Partial<Courier>) {
  return work(
    {
      db: database.db,
      now: () => now,
      random: () => 0,
      courier: { deliver: unused, poll: unused, failureOf, ...courier },
      held: new Set(),
    },
    id,
  );
}

const failing = (failure: Failure) => () => Promise.reject(Object.assign(new Error("failed"), { failure }));
const row = async () => (await database.db.select().from(outbox).where(eq(outbox.id, id)))[0]!;
const kinds = async () => (await eventsOf(database.db, caseId)).map((event) => event.kind);

describe("the way of a message", () => {
  test("it is sent once, then asked about until the authority has taken it over", async () => {
    expect(await workAt(start, { deliver: async () => ({ at: "the end" }) })).toBe("sent");
    expect(await row()).toMatchObject({
      state: "sent",
      progress: { at: "the end" },
      leasedUntil: null,
      deliveryWrap: "wrap",
    });
    expect(await workAt(minutes(1), { poll: async () => [said("pickedUp")] })).toBe("sent");
    expect(await workAt(minutes(5), { poll: async () => [said("pickedUp"), said("accepted")] })).toBe("accepted");
    expect(await kinds()).toEqual(["sent", "pickedUp", "accepted"]);
    expect(await workAt(minutes(900), {})).toBe("notDue");
  });

  test("on acceptance the key is destroyed", async () => {
    await workAt(start, { deliver: async () => ({}) });
    await workAt(minutes(1), { poll: async () => [said("accepted")] });
    expect((await row()).deliveryWrap).toBeNull();
  });

  test("a rejection keeps its reasons and the message", async () => {
    await workAt(start, { deliver: async () => ({}) });
    expect(await workAt(minutes(1), { poll: async () => [said("rejected", ["schema-violation"])] })).toBe("rejected");
    expect((await row()).deliveryWrap).toBe("wrap");
    expect(await eventsOf(database.db, caseId)).toMatchObject([
      { kind: "sent" },
      { kind: "rejected", codes: ["schema-violation"] },
    ]);
  });

  test("a failed attempt goes on where it stopped, after a pause", async () => {
    const broken = workAt(start, {
      deliver: async (_row, save) => {
        await save({ stage: 1 });
        return failing({ code: "timeout", retryable: true })();
      },
    });
    expect(await broken).toBe("sending");
    expect(await row()).toMatchObject({ attempts: 1, lastError: "timeout", progress: { stage: 1 }, leasedUntil: null });
    expect((await row()).nextAttemptAt.getTime()).toBe(start.getTime() + 4_000);
    expect(await workAt(new Date(start.getTime() + 3_999), {})).toBe("notDue");
    let resumedAt: unknown;
    await workAt(minutes(1), {
      deliver: async ({ progress }) => {
        resumedAt = progress["stage"];
        return {};
      },
    });
    expect(resumedAt).toBe(1);
    expect(await row()).toMatchObject({ state: "sent", attempts: 0, lastError: null });
  });

  test.each(["answers", "fails"])(
    "news that come while the receiver is asked and %s are asked for at once",
    async (how) => {
      await workAt(start, { deliver: async () => ({}) });
      const poll: Courier["poll"] = async () => {
        expect(await askSoon(database, id, minutes(1.1))).toBe(true);
        if (how === "fails") return failing({ code: "timeout", retryable: true })();
        return [said("pickedUp")];
      };
      expect(await workAt(minutes(1), { poll })).toBe("sent");
      expect(await row()).toMatchObject({ leasedUntil: null, nextAttemptAt: minutes(1.1) });
      expect(await workAt(minutes(1.2), { poll: async () => [said("accepted")] })).toBe("accepted");
    },
  );

  test("the pause that the receiver asks for is kept", async () => {
    await workAt(start, { deliver: failing({ code: "rateLimited", retryable: true, retryAfterMs: 3_600_000 }) });
    expect((await row()).nextAttemptAt).toEqual(minutes(60));
  });

  test("what cannot get better is stuck at once, everything else after the last attempt; it is told", async () => {
    expect(await workAt(start, { deliver: failing({ code: "refused", retryable: false }) })).toBe("stuck");
    expect(await eventsOf(database.db, caseId)).toMatchObject([{ kind: "stuck", codes: ["refused"] }]);
    await database.db
      .update(outbox)
      .set({ state: "waiting", attempts: MAX_ATTEMPTS - 2, nextAttemptAt: start })
      .where(eq(outbox.id, id));
    expect(await workAt(start, { deliver: failing({ code: "timeout", retryable: true }) })).toBe("sending");
    expect(await workAt(minutes(600), { deliver: failing({ code: "timeout", retryable: true }) })).toBe("stuck");
    expect((await row()).deliveryWrap).toBe("wrap");
  });

  test("a message that fails for eight days is stuck, however seldom it was tried", async () => {
    expect(await workAt(days(7.9), { deliver: failing({ code: "timeout", retryable: true }) })).toBe("sending");
    expect(await workAt(days(8), { deliver: failing({ code: "timeout", retryable: true }) })).toBe("stuck");
  });

  test("a stuck message that is sent again shows how it went on, and a second time stuck is not lost", async () => {
    const refused = failing({ code: "refused", retryable: false });
    const again = () => resendMessage(database.db, id, start);
    const status = async () => statusOf(await eventsOf(database.db, caseId));
    expect(await workAt(start, { deliver: refused })).toBe("stuck");
    expect(await again()).toBe("done");
    expect(await workAt(start, { deliver: refused })).toBe("stuck");
    expect(await status()).toBe("stuck");
    expect(await again()).toBe("done");
    expect(await workAt(start, { deliver: async () => ({ stage: "sent" }) })).toBe("sent");
    expect(await status()).toBe("sent");
    await workAt(minutes(1), { poll: async () => [said("pickedUp"), said("accepted")] });
    expect(await status()).toBe("accepted");
    expect(await kinds()).toEqual(["stuck", "sent", "pickedUp", "accepted"]);
    const codes = await database.db.select({ code: attempts.code }).from(attempts).where(eq(attempts.messageId, id));
    expect(codes.map(({ code }) => code)).toEqual(["refused", "refused", null, null]);
  });

  test("what was withdrawn can be opened by nobody but the applicant", async () => {
    await workAt(start, { deliver: async () => ({}) });
    expect(await workAt(minutes(1), { poll: async () => [said("withdrawn")] })).toBe("sent");
    expect((await row()).deliveryWrap).toBeNull();
  });

  test("a worker that has to end gives back what it holds", async () => {
    const held: Deps["held"] = new Set();
    const courier: Courier = {
      deliver: async (_row, save) => {
        await save({ stage: "announced" });
        for (const giveBack of held) await giveBack();
        expect(await row()).toMatchObject({ state: "sending", leasedUntil: null, stage: "announced" });
        await save({ stage: "sending" });
        return {};
      },
      poll: unused,
      failureOf,
    };
    const deps = { db: database.db, now: () => start, random: () => 0, courier, held };
    expect(await work(deps, id)).toBe("notDue");
    expect(await row()).toMatchObject({ state: "sending", attempts: 0, progress: { stage: "announced" } });
    expect(held.size).toBe(0);
  });

  test("a sent message is never stuck, however long the receiver does not answer", async () => {
    await workAt(start, { deliver: async () => ({}) });
    await database.db
      .update(outbox)
      .set({ attempts: MAX_ATTEMPTS + 5 })
      .where(eq(outbox.id, id));
    expect(await workAt(minutes(1), { poll: failing({ code: "invalidStatement", retryable: false }) })).toBe("sent");
    expect(await kinds()).toEqual(["sent"]);
  });

  test("a worker that was too slow for its lease changes nothing any more", async () => {
    const deliver: Courier["deliver"] = async () => {
      expect(await workAt(minutes(6), { deliver: async () => ({ by: "the other" }) })).toBe("sent");
      return { by: "the slow one" };
    };
    expect(await workAt(start, { deliver })).toBe("notDue");
    expect(await row()).toMatchObject({ state: "sent", progress: { by: "the other" } });
    expect(await kinds()).toEqual(["sent"]);
  });

  test("a worker that lost its lease stops before its next step", async () => {
    let wentOn = false;
    const deliver: Courier["deliver"] = async (_row, save) => {
      await workAt(minutes(6), { deliver: async () => ({}) });
      await save({ stage: 1 });
      wentOn = true;
      return {};
    };
    expect(await workAt(start, { deliver })).toBe("notDue");
    expect(wentOn).toBe(false);
  });
});
