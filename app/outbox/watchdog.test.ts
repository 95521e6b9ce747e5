import { describe, expect, test } from "vitest";
import * as dog from "#app/outbox/watchdog.ts";

const start = new Date("2026-11-22T08:00:00Z");
const HOUR = 3_600_000;
const after = (hours: number) => new Date(start.getTime() + hours * HOUR);

const message: dog.WatchedMessage = {
  id: "m",
  authority: "barnim",
  state: "sent",
  lastError: null,
  createdAt: start,
  queuedAt: start,
  urgentFrom: null,
  sentAt: start,
};

const told = (findings: readonly dog.Finding[]) => findings.map(({ level, tell }) => [level, ...tell]);

test.each([
  [23.9, []],
  [24, [["day1", "operator"]]],
  [71.9, [["day1", "operator"]]],
  [72, [["day3", "operator", "authority"]]],
  [240, [["day10", "operator", "authority"]]],
  [400, [["day10", "operator", "authority"]]],
])("a message that nobody fetches is told in levels: after %d hours", (hours, levels) => {
  expect(told(dog.notPickedUp(message, after(hours)))).toEqual(levels);
});

test("sent again, a message has as much time as before", () => {
  expect(dog.notPickedUp({ ...message, queuedAt: after(100) }, after(110))).toEqual([]);
  expect(dog.notPickedUp({ ...message, sentAt: null }, after(999))).toEqual([]);
});

test.each([
  ["when filed", start, 0.9, []],
  ["when filed", start, 1, [["hour1", "operator"]]],
  ["when filed", start, 4, [["hour4", "operator", "authority"]]],
  ["two days after filing", after(48), 48.5, []],
  ["two days after filing", after(48), 49, [["hour1", "operator"]]],
  ["never", null, 999, []],
])("a message urgent from %s (%o) counts from then: after %d hours", (_what, urgentFrom, hours, levels) => {
  const waiting = { ...message, state: "waiting", sentAt: null, urgentFrom };
  expect(told(dog.urgentUndelivered(waiting, after(hours)))).toEqual(levels);
});

test("sent again, an urgent message is as late as before, for those who are told and for its applicant", () => {
  const again = { ...message, state: "waiting", urgentFrom: start, queuedAt: after(4.5) };
  expect(told(dog.urgentUndelivered(again, after(5)))).toEqual([["hour4", "operator", "authority"]]);
  expect(dog.isHeldUp(again, after(5))).toBe(true);
});

test("a message that somebody paused is not forgotten after a day", () => {
  const paused = { ...message, state: "paused", sentAt: null };
  expect(dog.pausedMessage(paused, after(24))).toEqual([]);
  expect(dog.pausedMessage(paused, after(24.1))).toMatchObject([{ kind: "pausedWaiting", subject: "m" }]);
});

test("of a message that was given up all three are told, and its code", () => {
  expect(dog.stuck({ ...message, lastError: "refused" })).toMatchObject([
    { kind: "stuck", codes: ["refused"], tell: ["operator", "authority", "applicant"] },
  ]);
});

test.each([
  ["tagMismatch", ["tagMismatch"]],
  ["invalidStatement", ["invalidStatement"]],
  ["timeout", []],
  [null, []],
])("the failure %s raises %j", (lastError, kinds) => {
  expect(dog.alarm({ ...message, lastError }).map(({ kind }) => kind)).toEqual(kinds);
});

describe("a receiver", () => {
  const receiver: dog.WatchedReceiver = {
    id: "fit-connect:x",
    authority: "barnim",
    openedAt: null,
    pausedAt: null,
    lastError: "timeout",
    waitingSince: null,
    isNeeded: true,
  };
  const kinds = (change: Partial<dog.WatchedReceiver>, hours: number) =>
    dog.receiverFindings({ ...receiver, ...change }, after(hours)).map(({ kind }) => kind);

  test("with an open circuit is told after half an hour", () => {
    expect(kinds({ openedAt: start }, 0.5)).toEqual([]);
    expect(kinds({ openedAt: start }, 0.51)).toEqual(["circuitOpen"]);
  });

  test("for which there is no message is not tried, so that its circuit is nobody's concern", () => {
    expect(kinds({ openedAt: start, isNeeded: false }, 99)).toEqual([]);
  });

  test("that was paused is told once messages wait for more than a day", () => {
    expect(kinds({ pausedAt: start, waitingSince: after(10) }, 34)).toEqual([]);
    expect(kinds({ pausedAt: start, waitingSince: after(10) }, 34.1)).toEqual(["pausedWaiting"]);
    expect(kinds({ pausedAt: start }, 999)).toEqual([]);
  });
});

const checked = (findings: string[], expiresAt?: string): dog.Checked => ({
  destination: "fit-connect:x",
  authority: "barnim",
  result: { ok: findings.length === 0, findings, ...(expiresAt === undefined ? {} : { expiresAt }) },
});

describe("a self-test", () => {
  test.each([
    [31, undefined],
    [29.9, "days30"],
    [7.1, "days30"],
    [6.9, "days7"],
    [-0.1, "expired"],
  ])("tells of a certificate that ends in %d days", (days, level) => {
    const found = dog.selfTestFindings(checked([], after(days * 24).toISOString()), start);
    expect(found.map((finding) => finding.level)).toEqual(level === undefined ? [] : [level]);
  });

  test("tells known findings by their word and others by their code, each once", () => {
    const found = dog.selfTestFindings(
      checked(["destination:destinationInactive", "key:keyRefused.chain", "key:keyRefused.chain"]),
      start,
    );
    expect(found.map(({ kind, tell }) => [kind, ...tell])).toEqual([
      ["destinationInactive", "operator", "authority"],
      ["selfTest:key:keyRefused.chain", "operator"],
    ]);
  });

  test("that did not get through says nothing about the receiver", () => {
    expect(dog.isConclusive(checked(["token:timeout"]))).toBe(false);
    expect(dog.selfTestFindings(checked(["token:timeout"]), start)).toEqual([]);
    expect(dog.isConclusive(checked(["token:unauthorised"]))).toBe(true);
  });
});

describe("the service itself", () => {
  const well: dog.OwnState = { workerSeenAt: start, dueSince: undefined, mailErrors: [], late: [] };
  const kinds = (change: Partial<dog.OwnState>, hours: number) =>
    dog.ownFindings({ ...well, ...change }, after(hours)).map(({ kind }) => kind);

  test("misses a worker after five minutes, one that ended in order only when something waits", () => {
    expect(kinds({}, 0.08)).toEqual([]);
    expect(kinds({}, 0.09)).toEqual(["workerSilent"]);
    expect(kinds({ workerSeenAt: undefined }, 99)).toEqual([]);
    expect(kinds({ workerSeenAt: undefined, dueSince: start }, 0.09)).toEqual(["workerSilent"]);
  });

  test("tells mails that do not get out and deletion that lags behind", () => {
    expect(kinds({ mailErrors: ["smtp.EAUTH"], late: ["drafts", "cases"] }, 0)).toEqual([
      "mailsFailing",
      "retentionLate",
      "retentionLate",
    ]);
  });
});
