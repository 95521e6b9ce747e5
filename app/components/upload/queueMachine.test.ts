import { describe, expect, test } from "vitest";
import { createActor, SimulatedClock } from "xstate";
import { queueMachine } from "#app/components/upload/queueMachine.ts";
import { rowOf } from "#app/components/upload/rows.ts";
import type { Attempt, Upload, UploadServer } from "#app/components/upload/server.ts";

const PART = 10;

type Call = {
  name: string;
  settle: (attempt: Attempt<never> | { kind: "ok"; value: unknown }) => void;
  signal: AbortSignal;
};

/** Lets promises that are settled tell the machine. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

/** A server that answers when the test says so, and notes what it was asked. */
function handServer() {
  const open: Call[] = [];
  const asked: string[] = [];
  const ask = <T>(name: string, signal: AbortSignal) =>
    new Promise<Attempt<T>>((resolve) => {
      asked.push(name);
      open.push({ name, signal, settle: resolve as Call["settle"] });
    });
  const server: UploadServer = {
    create: ({ name }, signal) => ask<Upload>(`create ${name}`, signal),
    look: (id, signal) => ask<Upload>(`look ${id}`, signal),
    send: (_file, { upload, part, signal, onProgress }) => {
      onProgress(PART / 2);
      return ask<undefined>(`send ${upload.id} ${part}`, signal);
    },
    complete: (id, _file, signal) => ask<string>(`complete ${id}`, signal),
    remove: async (id) => void asked.push(`remove ${id}`),
  };
  const answer = async (name: string, attempt: Parameters<Call["settle"]>[0]) => {
    const at = open.findIndex((call) => call.name === name);
    if (at < 0) throw new Error(`not asked: ${name}; open: ${open.map((call) => call.name).join(", ")}`);
    open.splice(at, 1)[0]?.settle(attempt);
    await settled();
  };
  return { server, asked, answer, open };
}

function start() {
  const hand = handServer();
  const clock = new SimulatedClock();
  const queue = createActor(queueMachine, { input: { server: hand.server }, clock }).start();
  const add = (name: string, size = 25, known?: string) =>
    queue.send({
      type: "add",
      files: [{ key: name, code: "PASS", name, size, file: new Blob([]), ...(known === undefined ? {} : { known }) }],
    });
  const refOf = (name: string) => queue.getSnapshot().context.uploads.find(({ id }) => id === name);
  const row = (name: string) => {
    const ref = refOf(name);
    return ref && rowOf(ref.getSnapshot());
  };
  const tell = async (name: string, type: "retry" | "remove") => {
    refOf(name)?.send({ type });
    await settled();
  };
  const created = (name: string, received: number[] = [], parts = 3) =>
    hand.answer(`create ${name}`, { kind: "ok", value: { id: `id-${name}`, partBytes: PART, parts, received } });
  const sent = (name: string, part: number) => hand.answer(`send id-${name} ${part}`, { kind: "ok", value: undefined });
  return { ...hand, queue, clock, add, row, tell, created, sent };
}

const ok = (value: unknown) => ({ kind: "ok", value }) as const;

describe("a file on its way", () => {
  test("is created, sent part by part, completed and done", async () => {
    const { add, row, created, sent, answer, asked } = start();
    add("a");
    expect(row("a")).toMatchObject({ phase: "uploading", percent: 0 });
    await created("a");
    expect(row("a")).toMatchObject({ phase: "uploading", id: "id-a", percent: 20 });
    await sent("a", 0);
    expect(row("a")?.percent).toBe(60);
    await sent("a", 1);
    await sent("a", 2);
    expect(row("a")).toMatchObject({ phase: "uploading", percent: 99 });
    await answer("complete id-a", ok("id-a"));
    expect(row("a")).toMatchObject({ phase: "done", percent: 100, id: "id-a" });
    expect(asked).toEqual(["create a", "send id-a 0", "send id-a 1", "send id-a 2", "complete id-a"]);
  });

  test("goes on after a break with the parts that the server lacks", async () => {
    const { add, row, created, sent, answer, asked, clock } = start();
    add("a");
    await created("a");
    await sent("a", 0);
    await answer("send id-a 1", { kind: "unreachable" });
    expect(row("a")).toMatchObject({ phase: "waiting" });
    clock.increment(1_000);
    // The part had arrived, only its answer was lost.
    await answer("look id-a", ok({ id: "id-a", partBytes: PART, parts: 3, received: [0, 1] }));
    await sent("a", 2);
    await answer("complete id-a", ok("id-a"));
    expect(asked.filter((call) => call.startsWith("send"))).toEqual(["send id-a 0", "send id-a 1", "send id-a 2"]);
  });

  test("of an earlier visit goes on with what the server has", async () => {
    const { add, sent, answer, asked } = start();
    add("a", 25, "id-a");
    await answer("look id-a", ok({ id: "id-a", partBytes: PART, parts: 3, received: [2, 0] }));
    await sent("a", 1);
    expect(asked).toEqual(["look id-a", "send id-a 1", "complete id-a"]);
  });

  test("waits longer after each failure, then stops until the person or the connection says so", async () => {
    const { add, row, answer, clock, tell, queue, asked } = start();
    add("a");
    for (const seconds of [1, 2, 4, 8, 16, 30, 30, 30, 30]) {
      await answer("create a", { kind: "unreachable" });
      clock.increment(seconds * 1000 - 1);
      expect(row("a")?.phase).toBe("waiting");
      clock.increment(1);
      expect(row("a")?.phase).toBe("uploading");
    }
    await answer("create a", { kind: "unreachable" });
    expect(row("a")?.phase).toBe("stopped");
    clock.increment(3_600_000);
    expect(row("a")?.phase).toBe("stopped");
    await tell("a", "retry");
    expect(row("a")?.phase).toBe("uploading");
    await answer("create a", { kind: "unreachable" });
    expect(row("a")?.phase).toBe("waiting");
    const before = asked.length;
    queue.send({ type: "online" });
    await settled();
    expect([row("a")?.phase, asked.length]).toEqual(["uploading", before + 1]);
  });

  test("that the service has no time to complete is completed later, less and less often, without a part sent twice", async () => {
    const { add, row, created, sent, answer, asked, clock } = start();
    add("a", 5);
    await created("a", [], 1);
    await sent("a", 0);
    const known = ok({ id: "id-a", partBytes: PART, parts: 1, received: [0] });
    for (const seconds of [1, 2, 4, 8]) {
      await answer("complete id-a", { kind: "unreachable" });
      clock.increment(seconds * 1000 - 1);
      expect(row("a")?.phase).toBe("waiting");
      clock.increment(1);
      await answer("look id-a", known);
    }
    await answer("complete id-a", ok("id-a"));
    expect(row("a")?.phase).toBe("done");
    expect(asked.filter((call) => call.startsWith("send"))).toEqual(["send id-a 0"]);
  });

  test.each([
    ["refused", { kind: "refused", message: "Diese PDF hat ein Passwort." }, "Diese PDF hat ein Passwort."],
    ["refused", { kind: "unreadable" }, undefined],
    ["closed", { kind: "closed" }, undefined],
  ] as const)("is %s with words after %o", async (phase, problem, message) => {
    const { add, row, answer } = start();
    add("a");
    await answer("create a", problem);
    expect(row("a")).toMatchObject({ phase, message });
  });

  test("sends again what the server misses, and begins anew when it knows nothing any more, but not for ever", async () => {
    const { add, row, created, sent, answer, asked } = start();
    add("a", 15);
    await created("a", [], 2);
    await sent("a", 0);
    await sent("a", 1);
    await answer("complete id-a", { kind: "missing", parts: [1] });
    await answer("send id-a 1", { kind: "gone" });
    await created("a", [0, 1], 2);
    await answer("complete id-a", { kind: "gone" });
    await created("a", [0, 1], 2);
    await answer("complete id-a", { kind: "gone" });
    expect(row("a")?.phase).toBe("stopped");
    expect(asked.filter((call) => call === "create a")).toHaveLength(3);
  });

  test("is broken off and forgotten at the server when it is removed", async () => {
    const { add, row, created, asked, open, tell, queue } = start();
    add("a");
    await created("a");
    const [sending] = open;
    await tell("a", "remove");
    expect(sending?.signal.aborted).toBe(true);
    expect(row("a")).toBeUndefined();
    expect(asked.at(-1)).toBe("remove id-a");
    expect(queue.getSnapshot().context.uploads).toEqual([]);
  });
});

describe("several files", () => {
  test("are sent two at a time, and the next begins when one is done, refused, stopped or removed", async () => {
    const { add, row, created, answer, tell, sent } = start();
    for (const name of ["a", "b", "c", "d", "e"]) add(name, 5);
    const phases = () => ["a", "b", "c", "d", "e"].map((name) => row(name)?.phase);
    expect(phases()).toEqual(["uploading", "uploading", "queued", "queued", "queued"]);
    await answer("create b", { kind: "refused", message: "" });
    expect(phases()).toEqual(["uploading", "refused", "uploading", "queued", "queued"]);
    await created("a", [], 1);
    await sent("a", 0);
    await answer("complete id-a", ok("id-a"));
    expect(phases()).toEqual(["done", "refused", "uploading", "uploading", "queued"]);
    await tell("c", "remove");
    expect(phases()).toEqual(["done", "refused", undefined, "uploading", "uploading"]);
  });
});
