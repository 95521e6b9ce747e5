import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { circuits, codeLines, openAlerts, queueLines } from "#app/outbox/desk.server.ts";
import {
  pauseDestination,
  pauseMessage,
  resendMessage,
  sendAnew,
  resendStuck,
  resumeDestination,
  resumeMessage,
} from "#app/outbox/deskActs.server.ts";
import { messagesOf, messagesOfReference, traceOf } from "#app/outbox/deskMessages.server.ts";
import { alerts, destinations } from "#drizzle/schema.ts";
import { ago, barnim, now, openDesk, type Desk } from "#tests/support/desk.ts";

describe.each(["pglite", "postgres"] as const)("the operator's hands on %s", (mode) => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await openDesk(mode);
  }, 120_000);
  afterAll(() => desk?.close());
  beforeEach(() => desk.clear());

  describe("acts on a message", () => {
    test("a stuck one goes on from where it got to, with all attempts before it", async () => {
      const id = await desk.newMessage({
        state: "stuck",
        attempts: 40,
        lastError: "timeout",
        nextAttemptAt: ago(-999),
      });
      expect(await desk.asStaff("potsdam", (tx) => resendMessage(tx, id, now))).toBe("done");
      expect(await desk.rowOf(id)).toMatchObject({
        state: "waiting",
        attempts: 0,
        lastError: null,
        queuedAt: now,
        nextAttemptAt: now,
        progress: { stage: "announced" },
        createdAt: ago(60),
      });
    });

    test("one whose copy at the receiver is another is looked at again, and begins anew only when somebody decides so", async () => {
      const begun = { progress: { stage: "sending", tags: ["t"] }, stage: "sending" };
      const id = await desk.newMessage({ state: "stuck", lastError: "tagMismatch", ...begun });
      expect(await desk.asStaff("potsdam", (tx) => resendMessage(tx, id, now))).toBe("done");
      expect(await desk.rowOf(id)).toMatchObject({ state: "waiting", lastError: null, ...begun });
      const other = await desk.newMessage({ state: "stuck", lastError: "tagMismatch", ...begun });
      expect(await desk.asStaff("potsdam", (tx) => sendAnew(tx, other, now))).toBe("done");
      expect(await desk.rowOf(other)).toMatchObject({ state: "waiting", progress: {}, stage: null, lastError: null });
    });

    test("no other message begins anew", async () => {
      const begun = { progress: { stage: "sending", tags: ["t"] }, stage: "sending" };
      const id = await desk.newMessage({ state: "stuck", lastError: "refused", ...begun });
      expect(await desk.asStaff("potsdam", (tx) => sendAnew(tx, id, now))).toBe("unfit");
      expect(await desk.rowOf(id)).toMatchObject({ state: "stuck", ...begun });
    });

    test("one that the receiver has is asked about, not sent a second time", async () => {
      const sent = { progress: { stage: "sent", proof: "p" }, stage: "sent", lastError: "tagMismatch" };
      const id = await desk.newMessage({ state: "sent", ...sent });
      expect(await desk.asStaff("potsdam", (tx) => resendMessage(tx, id, now))).toBe("done");
      expect(await desk.rowOf(id)).toMatchObject({ state: "sent", nextAttemptAt: now, progress: sent.progress });
    });

    test("one that the receiver has although nobody noted it is handed to the worker, who notes it and sends nothing", async () => {
      const sent = { progress: { stage: "sent", proof: "p" }, stage: "sent", lastError: "expired" };
      const id = await desk.newMessage({ state: "stuck", ...sent });
      expect(await desk.asStaff("potsdam", (tx) => resendMessage(tx, id, now))).toBe("done");
      expect(await desk.rowOf(id)).toMatchObject({ state: "waiting", stage: "sent", progress: sent.progress });
    });

    test("one that was settled is left alone, and one in a worker's hands too", async () => {
      const accepted = await desk.newMessage({ state: "accepted" });
      const held = await desk.newMessage({ state: "sending", leasedUntil: ago(-1) });
      const [before, heldBefore] = [await desk.rowOf(accepted), await desk.rowOf(held)];
      for (const act of [resendMessage, pauseMessage]) {
        expect(await desk.asStaff("potsdam", (tx) => act(tx, accepted, now))).toBe("unfit");
        expect(await desk.asStaff("potsdam", (tx) => act(tx, held, now))).toBe("busy");
      }
      expect(await desk.rowOf(accepted)).toEqual(before);
      expect(await desk.rowOf(held)).toEqual(heldBefore);
    });

    test("one is paused and resumed", async () => {
      const id = await desk.newMessage({ attempts: 3, lastError: "timeout" });
      expect(await desk.asStaff("potsdam", (tx) => resumeMessage(tx, id, now))).toBe("unfit");
      expect(await desk.asStaff("potsdam", (tx) => pauseMessage(tx, id, now))).toBe("done");
      expect(await desk.rowOf(id)).toMatchObject({ state: "paused", attempts: 3, lastError: "timeout" });
      expect(await desk.asStaff("potsdam", (tx) => resendMessage(tx, id, now))).toBe("unfit");
      expect(await desk.asStaff("potsdam", (tx) => resumeMessage(tx, id, now))).toBe("done");
      expect(await desk.rowOf(id)).toMatchObject({ state: "waiting", attempts: 0, nextAttemptAt: now });
    });
  });

  describe("acts on a destination", () => {
    test("all its stuck messages go out again, and nobody else's", async () => {
      const mine = [
        await desk.newMessage({ state: "stuck" }),
        await desk.newMessage({ state: "stuck", lastError: "tagMismatch" }),
      ];
      const other = await desk.newMessage({ ...barnim, state: "stuck" });
      expect(await desk.asStaff("*", (tx) => resendStuck(tx, "test:potsdam", now))).toBe(2);
      for (const id of mine) expect((await desk.rowOf(id)).state).toBe("waiting");
      expect((await desk.rowOf(other)).state).toBe("stuck");
    });

    test("it is paused, which keeps the first moment, and resumed, which closes its circuit and makes haste", async () => {
      const potsdam = { id: "test:potsdam", authority: "potsdam" };
      const failing = { failures: 9, lastError: "unreachable", openedAt: ago(9), probeAt: ago(-9) };
      await desk.db.insert(destinations).values({ ...potsdam, ...failing });
      const waits = await desk.newMessage({ nextAttemptAt: ago(-300) });
      const first = await desk.newMessage({ nextAttemptAt: ago(60) });
      await desk.asStaff("potsdam", (tx) => pauseDestination(tx, potsdam, ago(2)));
      await desk.asStaff("potsdam", (tx) => pauseDestination(tx, potsdam, now));
      expect(await desk.asStaff("*", circuits)).toEqual([{ ...potsdam, ...failing, pausedAt: ago(2) }]);
      expect(await desk.asStaff("potsdam", (tx) => resumeDestination(tx, potsdam.id, now))).toBe(true);
      const closed = { failures: 0, lastError: null, openedAt: null, probeAt: null, pausedAt: null };
      expect(await desk.asStaff("*", circuits)).toEqual([{ ...potsdam, ...closed }]);
      expect((await desk.rowOf(waits)).nextAttemptAt).toEqual(now);
      expect((await desk.rowOf(first)).nextAttemptAt).toEqual(ago(60));
      expect(await desk.asStaff("potsdam", (tx) => resumeDestination(tx, potsdam.id, now))).toBe(false);
    });

    test("one that never failed can be paused too", async () => {
      await desk.asStaff("*", (tx) => pauseDestination(tx, { id: "test:new", authority: "potsdam" }, now));
      expect(await desk.asStaff("potsdam", circuits)).toMatchObject([{ id: "test:new", pausedAt: now }]);
    });
  });

  test("staff of one authority see nothing of another and change nothing of it", async () => {
    const caseId = await desk.newCase("AAAA-BBBB-CCCC", { authority: "barnim" });
    const id = await desk.newMessage({ ...barnim, caseId, state: "stuck", lastError: "timeout", urgentFrom: ago(1) });
    await desk.db.insert(destinations).values({ id: "test:barnim", authority: "barnim", openedAt: ago(4) });
    await desk.db.insert(alerts).values({ kind: "stuck", subject: id, authority: "barnim", raisedAt: ago(4) });
    await desk.db.insert(alerts).values({ kind: "worker", subject: "worker", authority: null, raisedAt: ago(4) });
    const before = await desk.rowOf(id);
    const seen = await desk.asStaff("potsdam", async (tx) => ({
      lines: await queueLines(tx, now),
      codes: await codeLines(tx),
      circuits: await circuits(tx),
      alerts: await openAlerts(tx),
      list: (await messagesOf(tx, {}, 1)).total,
      ids: await messagesOfReference(tx, "AAAA-BBBB-CCCC"),
      trace: await traceOf(tx, id),
      acts: [await resendMessage(tx, id, now), await pauseMessage(tx, id, now), await resumeMessage(tx, id, now)],
      stuck: await resendStuck(tx, "test:barnim", now),
      resumed: await resumeDestination(tx, "test:barnim", now),
    }));
    expect(seen).toEqual({
      lines: [],
      codes: [],
      circuits: [],
      alerts: [],
      list: 0,
      ids: [],
      trace: undefined,
      acts: ["unknown", "unknown", "unknown"],
      stuck: 0,
      resumed: false,
    });
    const pausing = desk.asStaff("potsdam", (tx) =>
      pauseDestination(tx, { id: "test:barnim", authority: "barnim" }, now),
    );
    await expect(pausing).rejects.toThrow();
    expect(await desk.rowOf(id)).toEqual(before);
    expect(await desk.asStaff("*", circuits)).toMatchObject([{ pausedAt: null, openedAt: ago(4) }]);
  });
});
