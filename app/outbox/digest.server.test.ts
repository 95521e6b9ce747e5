import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import { digestLetter } from "#app/mail/digest.server.ts";
import { rendered } from "#app/mail/letter.ts";
import { digestNews } from "#app/mail/news.ts";
import { digestDay, digestSources, queueDigest } from "#app/outbox/digest.server.ts";
import { alerts, mails, outbox } from "#drizzle/schema.ts";
import { openApp, type TestApp } from "#tests/support/app.ts";

const start = new Date("2026-11-22T08:00:00Z");
const HOUR = 3_600_000;

let opened: TestApp;
let now = start;
const app = (): App => ({ ...opened.app, now: () => now });
const db = () => opened.app.database.db;

beforeAll(async () => {
  opened = await openApp();
});
afterAll(() => opened.close());
beforeEach(async () => {
  now = start;
  for (const table of [alerts, mails, outbox]) await db().delete(table);
});

const queued = () => db().select().from(mails).orderBy(mails.audience, mails.onceKey);

/** The text of a queued report as it goes out. */
function textOf({ audience, data }: Awaited<ReturnType<typeof queued>>[number]): { subject: string; text: string } {
  if (audience === "applicant") throw new Error("applicants get no report");
  const { config, env } = opened.app;
  const setting = { audience, config, publicUrl: env.publicUrl, isDemo: true };
  return rendered(digestLetter(digestNews.parse(data), setting));
}

async function message(state: "waiting" | "stuck" | "accepted", authority = "barnim", hoursAgo = 1): Promise<void> {
  const at = new Date(start.getTime() - hoursAgo * HOUR);
  await db()
    .insert(outbox)
    .values({
      id: randomUUID(),
      caseId: randomUUID(),
      authority,
      kind: "application",
      state,
      destination: `fit-connect:${authority}`,
      progress: {},
      attempts: 0,
      nextAttemptAt: at,
      createdAt: at,
      sealed: Buffer.from("x"),
    });
}

test.each([
  ["2026-11-22T05:59:59Z", undefined],
  ["2026-11-22T06:00:00Z", "2026-11-22"],
  ["2026-11-22T22:59:59Z", "2026-11-22"],
  ["2026-11-22T23:30:00Z", undefined],
  ["2026-07-01T04:59:59Z", undefined],
  ["2026-07-01T05:00:00Z", "2026-07-01"],
])("at %s the report of %s is due: seven o'clock in Berlin, in winter and summer", (at, day) => {
  expect(digestDay(new Date(at))).toBe(day);
});

test("it goes out once a day, and says so when all is well", async () => {
  await Promise.all([queueDigest(app()), queueDigest(app())]);
  now = new Date(start.getTime() + 10 * HOUR);
  await queueDigest(app());
  const [mail, ...others] = await queued();
  expect(others).toEqual([]);
  const { subject, text } = textOf(mail!);
  expect(subject).toMatch(/Tagesbericht vom 22\.11\.2026: nichts offen$/);
  expect(text).toMatch(/keine offenen Meldungen[\s\S]*keine Nachrichten[\s\S]*\/operator/);
  now = new Date(start.getTime() + 24 * HOUR);
  await queueDigest(app());
  expect(await queued()).toHaveLength(2);
});

test("it counts messages and findings by destination, and each authority gets its own part only", async () => {
  for (const state of ["waiting", "waiting", "stuck", "accepted"] as const) await message(state);
  await message("waiting", "potsdam", 5);
  const raised = (hours: number) => new Date(start.getTime() - hours * HOUR);
  await db()
    .insert(alerts)
    .values([
      { kind: "stuck", subject: "a", authority: "barnim", raisedAt: raised(30) },
      { kind: "stuck", subject: "b", authority: "barnim", raisedAt: raised(2) },
      { kind: "selfTest:key:x", subject: "fit-connect:u", authority: "uckermark", raisedAt: raised(1) },
      { kind: "workerSilent", subject: "worker", raisedAt: raised(1) },
      { kind: "circuitOpen", subject: "c", authority: "potsdam", raisedAt: raised(9), clearedAt: raised(8) },
    ]);
  await db().insert(mails).values({
    id: randomUUID(),
    purpose: "alert",
    audience: "operator",
    onceKey: "z",
    state: "failed",
    lastError: "smtp.EAUTH:535",
    nextAttemptAt: start,
    createdAt: start,
  });
  await queueDigest(app());
  const reports = (await queued()).filter(({ purpose }) => purpose === "digest");
  expect(reports.map(({ audience, authority }) => [audience, authority])).toEqual([
    ["authority", "barnim"],
    ["authority", "uckermark"],
    ["operator", null],
  ]);
  const [barnim, , operator] = reports.map((report) => textOf(report));
  expect(barnim?.text).toMatch(
    /Anträge hängen fest \(stuck\): Barnim, Anzahl 2, zuerst 21\.11\.2026, 03:00 Uhr, zuletzt 22\.11\.2026, 07:00 Uhr/,
  );
  expect(barnim?.text).toContain("Barnim (fit-connect:barnim): hängt fest 1, wartet 2");
  for (const other of ["potsdam", "uckermark", "smtp.EAUTH", "/operator"]) expect(barnim?.text).not.toContain(other);
  expect(operator?.subject).toMatch(/offene Meldungen 4$/);
  expect(operator?.text).toMatch(/Potsdam \(fit-connect:potsdam\)[\s\S]*Barnim \(fit-connect:barnim\)/);
  expect(operator?.text).toContain("In 24 Stunden nicht zugestellt: 1 (smtp.EAUTH:535)");
  expect(operator?.text).toContain("Die Prüfung eines Ziels hat etwas gefunden (selfTest:key:x): Uckermark");
});

const broken = async () => {
  throw new Error("away");
};

test("a part that throws is said to be unread, and the report goes out with the others", async () => {
  await message("stuck");
  await db().insert(alerts).values({ kind: "stuck", subject: "a", authority: "barnim", raisedAt: start });
  await queueDigest(app(), {
    ...digestSources,
    alerts: broken,
    mails: (tx) => tx.execute("select nothing").then(broken),
  });
  const [barnim, operator] = (await queued()).map((report) => textOf(report));
  expect(barnim?.subject).toMatch(/unvollständig$/);
  expect(operator?.subject).toMatch(/unvollständig$/);
  expect(operator?.text).toMatch(/Offene Meldungen\n-+\n\nDieser Teil konnte nicht gelesen werden/);
  expect(operator?.text).toContain("hängt fest 1");
  await db().delete(mails);
  await queueDigest(app(), { queue: broken, alerts: broken, mails: broken, concerned: broken });
  const [only] = (await queued()).map((report) => textOf(report));
  expect(only?.text.match(/Dieser Teil konnte nicht gelesen werden/g)).toHaveLength(3);
});
