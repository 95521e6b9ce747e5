import { describe, expect, test } from "vitest";
import { createActor, fromPromise, waitFor } from "xstate";
import { MINUTE_MS, minutesLeft } from "#app/components/session/session.ts";
import { sessionMachine, type Renewal } from "#app/components/session/sessionMachine.ts";

const HOUR = 60 * MINUTE_MS;

function start(renew: () => Promise<Renewal> = () => Promise.reject(new Error("unreachable"))) {
  const machine = sessionMachine.provide({ actors: { renew: fromPromise(renew) } });
  const actor = createActor(machine, { input: { until: HOUR, now: 0 } }).start();
  return { actor, at: (minute: number) => actor.send({ type: "TICK", now: minute * MINUTE_MS }) };
}

describe("the end of a session", () => {
  test("is announced five minutes before", () => {
    const { actor, at } = start();
    at(54.9);
    expect(actor.getSnapshot().value).toBe("quiet");
    at(55);
    expect(actor.getSnapshot().value).toBe("warning");
  });

  test("comes when nobody answers, also after a long sleep of the device", () => {
    const awake = start();
    awake.at(56);
    awake.at(60);
    expect(awake.actor.getSnapshot().value).toBe("ended");
    const asleep = start();
    asleep.at(600);
    expect(asleep.actor.getSnapshot().value).toBe("ended");
  });

  test("is put off by one press", async () => {
    const { actor, at } = start(() => Promise.resolve({ until: 2 * HOUR }));
    at(56);
    actor.send({ type: "STAY" });
    const { context } = await waitFor(actor, (snapshot) => snapshot.matches("quiet"));
    expect(context.until).toBe(2 * HOUR);
    at(100);
    expect(actor.getSnapshot().value).toBe("quiet");
  });

  test("is put off by another tab", () => {
    const { actor, at } = start();
    at(56);
    actor.send({ type: "HEARD", until: 2 * HOUR });
    expect(actor.getSnapshot().value).toBe("quiet");
  });

  test("stays announced when the service cannot be reached, and the next press may help", async () => {
    let isConnected = false;
    const { actor, at } = start(() =>
      isConnected ? Promise.resolve({ until: 2 * HOUR }) : Promise.reject(new Error("offline")),
    );
    at(56);
    actor.send({ type: "STAY" });
    const { context } = await waitFor(actor, (snapshot) => snapshot.matches("warning"));
    expect(context.isUnreachable).toBe(true);
    isConnected = true;
    actor.send({ type: "STAY" });
    const after = await waitFor(actor, (snapshot) => snapshot.matches("quiet"));
    expect(after.context.isUnreachable).toBe(false);
  });

  test("is there at once when the service says so", async () => {
    const { actor, at } = start(() => Promise.resolve("ended"));
    at(56);
    actor.send({ type: "STAY" });
    await waitFor(actor, (snapshot) => snapshot.matches("ended"));
  });
});

test("minutes are rounded up and never none", () => {
  expect(minutesLeft(5 * MINUTE_MS, 0)).toBe(5);
  expect(minutesLeft(5 * MINUTE_MS, 1)).toBe(5);
  expect(minutesLeft(5 * MINUTE_MS, 4 * MINUTE_MS + 1)).toBe(1);
  expect(minutesLeft(5 * MINUTE_MS, 6 * MINUTE_MS)).toBe(1);
});
