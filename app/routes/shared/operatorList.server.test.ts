import { expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import { serverI18n } from "#app/i18n/i18n.server.ts";
import { knownWords } from "#app/i18n/known.ts";
import type { Circuit } from "#app/outbox/desk.server.ts";
import type { DeskMessage } from "#app/outbox/deskMessages.server.ts";
import { alarmsOf } from "#app/routes/shared/operatorAlarms.server.ts";
import { nextOf } from "#app/routes/shared/operatorList.server.ts";
import { deskWords } from "#app/routes/shared/operatorWords.server.ts";

const now = new Date("2026-11-22T08:00:00Z");
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const app = { config: { byId: new Map() }, now: () => now } as unknown as App;
const words = deskWords(app, knownWords(serverI18n("de")));

const closed: Circuit = {
  id: "test:potsdam",
  authority: "potsdam",
  failures: 0,
  lastError: null,
  openedAt: null,
  probeAt: null,
  pausedAt: null,
};
const open = { ...closed, openedAt: at(-60), probeAt: at(3) };
const paused = { ...closed, pausedAt: at(-60) };

test.each([
  ["waiting", undefined, "gleich"],
  ["waiting", closed, "gleich"],
  ["waiting", open, "22.11.2026, 09:03\u00a0Uhr"],
  ["waiting", paused, "nach dem Fortsetzen des Ziels"],
  ["sent", paused, "gleich"],
  ["sent", open, "22.11.2026, 09:03\u00a0Uhr"],
  ["stuck", open, "keiner"],
  ["paused", undefined, "keiner"],
] as const)("the next attempt of a message that is %s heeds its receiver (%o)", (state, circuit, told) => {
  const message = { state, nextAttemptAt: at(-1) } as DeskMessage;
  expect(nextOf(message, circuit, now, words)).toBe(told);
});

test("several findings of a kind tell the level of the one that has come furthest, and not as a code", () => {
  const found = { kind: "notPickedUp", authority: "potsdam", clearedAt: null };
  const alerts = [
    { ...found, id: 1, subject: "a", raisedAt: at(-9), codes: ["day1"] },
    { ...found, id: 2, subject: "b", raisedAt: at(-5), codes: ["day10", "timeout"] },
    { ...found, id: 3, subject: "c", raisedAt: at(-1), codes: ["day3"] },
  ];
  expect(alarmsOf(alerts, app, words)).toMatchObject([
    {
      title: "Sendungen sind nicht abgeholt (mehr als 10 Tage)",
      codes: ["timeout"],
      more: "2 weitere Alarme dieser Art",
    },
  ]);
});
