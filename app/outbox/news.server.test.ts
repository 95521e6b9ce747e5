import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serverI18n } from "#app/i18n/i18n.server.ts";
import { knownWords } from "#app/i18n/known.ts";
import { work, type Courier } from "#app/outbox/deliver.server.ts";
import { fileApplication } from "#app/outbox/submit.server.ts";
import { otherWaysOf } from "#app/routes/shared/undelivered.server.ts";
import { findCase } from "#app/store/cases.server.ts";
import { openContact } from "#app/store/contact.server.ts";
import { cases, mails, outbox } from "#drizzle/schema.ts";
import { openApp, type TestApp } from "#tests/support/app.ts";
import { completeDraft, settingIn } from "#tests/support/filing.ts";
import { p1 } from "#tests/support/applicant.ts";

const HOUR = 3_600_000;

let opened: TestApp;
beforeAll(async () => {
  opened = await openApp();
});
afterAll(() => opened.close());

/** Files P1's application. @returns its message, its case, and the ways that its status page offers after some hours */
async function filed() {
  const { app } = opened;
  const { filing } = await completeDraft(app);
  await fileApplication(app, filing);
  const found = (await findCase(app.database.db, filing.holder, app.now()))!;
  const [row] = await app.database.db.select().from(outbox).where(eq(outbox.caseId, found.id));
  const page = { language: "de" as const, rest: "/status", ...knownWords(serverI18n("de")) };
  const at = app.now().getTime();
  const waysAfter = (hours: number) =>
    otherWaysOf({ ...app, now: () => new Date(at + hours * HOUR) }, page, found, settingIn(app).authority);
  return { found, row: row!, waysAfter };
}

const unexpected = () => Promise.reject(new Error("not expected"));

const refused: Courier["failureOf"] = () => ({ code: "refused", retryable: false });

async function workOn(id: string, courier: Partial<Courier>) {
  const { now, database } = opened.app;
  const whole = { deliver: unexpected, poll: unexpected, failureOf: refused, ...courier };
  return work({ db: database.db, now, random: () => 0, courier: whole, held: new Set() }, id);
}

const told = async (caseId: string) =>
  (await opened.app.database.db.select().from(mails).where(eq(mails.caseId, caseId))).map(({ purpose }) => purpose);

test("the address that was typed is kept with the case, sealed, and the applicant is told when the message is given up", async () => {
  const { found, row, waysAfter } = await filed();
  const { db } = opened.app.database;
  const [{ contact } = { contact: null }] = await db.select().from(cases).where(eq(cases.id, found.id));
  const email = p1.answers["email"];
  expect(contact).not.toContain(String(email));
  expect(await openContact(opened.app.keys, found.id, contact ?? "")).toEqual({ email, language: "de" });
  expect(await waysAfter(0)).toBeUndefined();
  expect(await workOn(row.id, {})).toBe("stuck");
  expect(await told(found.id)).toEqual(["stuck"]);
  const ways = await waysAfter(0);
  expect(ways?.call.href).toBe(
    `tel:${settingIn(opened.app).authority.emergencyContact?.phone.replaceAll(" ", "") ?? ""}`,
  );
  expect(ways?.pdf.href).toMatch(/^\/de\/.+\/application\.pdf$/);
});

test.each(["accepted", "rejected"] as const)("the applicant is told once when a message is %s", async (kind) => {
  const { found, row, waysAfter } = await filed();
  await workOn(row.id, { deliver: async () => ({}) });
  await opened.app.database.db.update(outbox).set({ nextAttemptAt: row.nextAttemptAt }).where(eq(outbox.id, row.id));
  const said = { kind, at: opened.app.now(), codes: [] };
  expect(await workOn(row.id, { poll: async () => [said, said] })).toBe(kind);
  expect(await told(found.id)).toEqual([kind]);
  expect(await waysAfter(99)).toBeUndefined();
});

test("an urgent message offers other ways after one hour, until it has got out", async () => {
  const { row, waysAfter } = await filed();
  const { db } = opened.app.database;
  await db.update(outbox).set({ urgentFrom: row.queuedAt }).where(eq(outbox.id, row.id));
  expect(await waysAfter(0.9)).toBeUndefined();
  expect(await waysAfter(1.1)).toBeDefined();
  await workOn(row.id, { deliver: async () => ({}) });
  expect(await waysAfter(5)).toBeUndefined();
});
