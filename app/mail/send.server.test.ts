import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import { startMailbox, type Mailbox } from "#app/demo/mailbox/server.ts";
import type { AlertNews } from "#app/mail/news.ts";
import { queueAlert, queueMail, tellApplicant } from "#app/mail/queue.server.ts";
import { sendDue } from "#app/mail/send.server.ts";
import { sealContact } from "#app/store/contact.server.ts";
import { deleteCase } from "#app/store/retention.server.ts";
import { cases, mails, outbox } from "#drizzle/schema.ts";
import { openApp, type TestApp } from "#tests/support/app.ts";

const start = new Date("2026-11-22T08:00:00Z");
const from = { name: "Aufenthalt Online", address: "post@aufenthalt.example" };
const minutes = (count: number) => new Date(start.getTime() + count * 60_000);

let opened: TestApp;
let mailbox: Mailbox;
let now = start;
let smtpUrl = "";
const app = (): App => ({ ...opened.app, now: () => now, env: { ...opened.app.env, mail: { smtpUrl, from } } });
const db = () => opened.app.database.db;

beforeAll(async () => {
  opened = await openApp();
  const dataDir = join(opened.app.env.dataDir, "mailbox");
  mailbox = await startMailbox({ port: 0, smtpPort: 0, host: "127.0.0.1", dataDir });
});
afterAll(async () => {
  await mailbox.close();
  await opened.close();
});
beforeEach(async () => {
  now = start;
  smtpUrl = mailbox.smtpUrl;
  await db().delete(mails);
  await db().delete(cases);
});

type Received = { to: string[]; subject: string; text: string; html: string; headers: Record<string, string> };
let seen = 0;
/** Mails that came since the last time, oldest first. */
async function received(): Promise<Received[]> {
  const all = ((await (await fetch(`${mailbox.url}/api/mails`)).json()) as Received[]).toReversed();
  const fresh = all.slice(seen);
  seen = all.length;
  return fresh;
}
const rows = () => db().select().from(mails).orderBy(mails.createdAt);

/** A case with an address for news. */
async function caseWith(email: unknown, language = "de"): Promise<{ caseId: string; messageId: string }> {
  const id = randomUUID();
  const bytes = Buffer.from("x");
  await db()
    .insert(cases)
    .values({
      id,
      authority: "barnim",
      reference: `REF-${id}`,
      service: "W-18g",
      accessId: id,
      wrappedKey: bytes,
      applicantCopy: bytes,
      receipt: "x",
      contact: await sealContact(opened.app.keys, id, { email, language }),
      filedAt: start,
      expiresAt: minutes(100_000),
    });
  return { caseId: id, messageId: randomUUID() };
}

const tell = (told: { caseId: string; messageId: string }, purpose: "stuck" | "rejected" | "accepted" = "stuck") =>
  tellApplicant(db(), { ...told, authority: "barnim", purpose, at: start });

describe("news for an applicant", () => {
  test("comes in the person's language and in German, and holds nothing but where to look", async () => {
    const told = await caseWith("olena@example.org", "ar");
    await tell(told);
    expect(await sendDue(app())).toBe(1);
    const [mail, ...others] = await received();
    expect(others).toEqual([]);
    expect(mail?.to).toEqual(["olena@example.org"]);
    expect(mail?.html).toMatch(/<html lang="ar" dir="rtl">/);
    expect(mail?.html).toMatch(/<section lang="de" dir="ltr">/);
    for (const text of [mail?.text ?? "", mail?.html ?? ""]) {
      expect(text).toContain("Landkreis Barnim");
      expect(text).toContain(`${opened.app.env.publicUrl}/ar/status`);
      expect(text).toContain(`${opened.app.env.publicUrl}/de/status`);
      expect(text).toContain("Wir fragen in E-Mails nie nach Zugangscode");
      expect(text).toContain("DEMO");
      for (const secret of [told.caseId, told.messageId, "REF-", "olena"]) expect(text).not.toContain(secret);
    }
    expect(mail?.html).not.toMatch(/<(img|script|link|style)|src=|url\(/);
    expect(mail?.headers).toMatchObject({
      "auto-submitted": "auto-generated",
      "content-language": "ar",
      "content-type": expect.stringMatching(/^multipart\/alternative/),
    });
    expect(mail?.headers["from"]).toContain("post@aufenthalt.example");
    const [row] = await rows();
    expect(row).toMatchObject({ state: "sent", attempts: 1, sentAt: start, lastError: null });
    expect(mail?.headers["message-id"]).toBe(`<${row?.id}@aufenthalt.example>`);
    expect(JSON.stringify(row)).not.toContain("olena");
  });

  test("is told once, and each purpose has words of its own", async () => {
    const told = await caseWith("p1@example.org");
    for (const purpose of ["stuck", "stuck", "rejected", "accepted"] as const) await tell(told, purpose);
    expect(await sendDue(app())).toBe(3);
    const texts = (await received()).map(({ text }) => text);
    expect(new Set(texts).size).toBe(3);
    expect(texts.join(" ")).toMatch(/nicht zustellen[\s\S]*\+49 30 23125110/);
  });

  test.each([
    "",
    undefined,
    "no address",
    "two@a.example,three@b.example",
    "x<y@a.example>",
    "a@b.example\r\nBcc: c@d",
  ])("is not queued for %j", async (typed) => {
    await tell(await caseWith(typed));
    expect(await rows()).toEqual([]);
  });

  test("is not sent when the case is gone or the address was taken back, and goes with the case", async () => {
    const [kept, deleted] = [await caseWith("a@example.org"), await caseWith("b@example.org")];
    await tell(kept);
    await tell(deleted);
    await deleteCase(db(), opened.app.blobs, deleted.caseId);
    await db().update(cases).set({ contact: null }).where(eq(cases.id, kept.caseId));
    expect(await sendDue(app())).toBe(0);
    expect(await rows()).toMatchObject([{ caseId: kept.caseId, state: "unwanted" }]);
  });

  test("that something is stuck is not sent when it is so no more, and is told if it is so again", async () => {
    const told = await caseWith("a@example.org");
    const message = {
      id: told.messageId,
      caseId: told.caseId,
      authority: "barnim",
      kind: "application",
      destination: "test:barnim",
      progress: {},
      attempts: 0,
      nextAttemptAt: start,
      sealed: Buffer.from("x"),
      createdAt: start,
    } as const;
    await db()
      .insert(outbox)
      .values({ ...message, state: "waiting" });
    await tell(told);
    expect(await sendDue(app())).toBe(0);
    expect(await rows()).toMatchObject([{ state: "unwanted" }]);
    await db().update(outbox).set({ state: "stuck" });
    for (let count = 0; count < 2; count += 1) await tell(told);
    expect(await sendDue(app())).toBe(1);
    await tell(told);
    expect(await sendDue(app())).toBe(0);
    expect((await received()).map(({ to }) => to)).toEqual([["a@example.org"]]);
    await db().delete(outbox);
  });

  test("waits for a process that has the delivery key, and an address moved to another case opens nowhere", async () => {
    const [one, other] = [await caseWith("a@example.org"), await caseWith("b@example.org")];
    const [source] = await db().select().from(cases).where(eq(cases.id, one.caseId));
    await db()
      .update(cases)
      .set({ contact: source?.contact ?? null })
      .where(eq(cases.id, other.caseId));
    await tell(other);
    const { kid, publicKey } = opened.app.keys.delivery;
    expect(await sendDue({ ...app(), keys: { ...opened.app.keys, delivery: { kid, publicKey } } })).toBe(0);
    expect(await rows()).toMatchObject([{ state: "waiting", attempts: 0 }]);
    expect(await sendDue(app())).toBe(0);
    expect(await rows()).toMatchObject([{ state: "failed", lastError: "contactUnreadable" }]);
  });
});

const stuck: AlertNews = {
  kind: "stuck",
  count: 1,
  subjects: [randomUUID()],
  codes: ["refused"],
  since: start.toISOString(),
};

describe("news for offices", () => {
  test("name authority, finding and codes, and where to look or whom to call", async () => {
    await queueAlert(db(), { audience: "operator", authority: "barnim" }, stuck, "1", start);
    await queueAlert(db(), { audience: "authority", authority: "barnim" }, stuck, "1", start);
    expect(await sendDue(app())).toBe(2);
    const [operator, authority] = (await received())
      .toSorted((a, b) => (a.to[0] ?? "").localeCompare(b.to[0] ?? ""))
      .toReversed();
    expect(operator?.to).toEqual([opened.app.config.operator.email]);
    expect(operator?.text).toContain(`${opened.app.env.publicUrl}/operator`);
    expect(operator?.subject).toBe("[DEMO] [Aufenthalt Online] Anträge hängen fest");
    expect(authority?.to).toEqual(["auslaenderbehoerde.barnim@example.org"]);
    expect(authority?.text).toMatch(/Landkreis Barnim[\s\S]*refused[\s\S]*Betreiber: Musterbetrieb/);
    expect(authority?.text).not.toContain("/operator");
  });

  test("what follows within the hour becomes one mail", async () => {
    const office = { audience: "operator", authority: "barnim" } as const;
    await queueAlert(db(), office, stuck, "1", start);
    await sendDue(app());
    for (let index = 2; index < 40; index += 1) {
      now = minutes(index);
      await queueAlert(db(), office, { ...stuck, subjects: [`m${index}`] }, String(index), now);
      expect(await sendDue(app())).toBe(0);
    }
    // Gone and come again in the meantime: still the same messages.
    await queueAlert(db(), office, { ...stuck, count: 2, subjects: ["m2", "m3"] }, "m2 again", now);
    now = minutes(61);
    expect(await sendDue(app())).toBe(1);
    const [, second] = await rows();
    expect(second?.data).toMatchObject({ count: 38, subjects: expect.arrayContaining(["m2"]) });
    expect(await rows()).toHaveLength(2);
    await received();
  });

  test("an alert mail whose authority has no address fails at once and says why", async () => {
    const config = { ...opened.app.config, byId: new Map() };
    await queueAlert(db(), { audience: "authority", authority: "gone" }, stuck, "1", start);
    await sendDue({ ...app(), config });
    expect(await rows()).toMatchObject([{ state: "failed", lastError: "noAddress" }]);
  });

  test("alertEmail comes before the general address", async () => {
    const config = {
      ...opened.app.config,
      operator: { ...opened.app.config.operator, alertEmail: "nacht@example.org" },
    };
    await queueAlert(db(), { audience: "operator", authority: null }, stuck, "1", start);
    await sendDue({ ...app(), config });
    expect((await received()).map(({ to }) => to)).toEqual([["nacht@example.org"]]);
  });
});

test("two processes at work send each mail once; one that died leaves it to the next with the same name", async () => {
  for (let index = 0; index < 8; index += 1) {
    await queueMail(db(), {
      purpose: "alert",
      audience: "operator",
      authority: null,
      data: stuck,
      onceKey: `k${index}`,
      at: start,
    });
  }
  await Promise.all([sendDue(app()), sendDue(app())]);
  const first = await received();
  expect(first).toHaveLength(8);
  // A process that died after the server had taken the mail, and before it could note that.
  const [died] = await rows();
  await db()
    .update(mails)
    .set({ state: "waiting" })
    .where(eq(mails.id, died?.id ?? ""));
  expect(await sendDue(app())).toBe(0);
  now = minutes(10);
  expect(await sendDue(app())).toBe(1);
  const [again] = await received();
  expect(first.map(({ headers }) => headers["message-id"])).toContain(again?.headers["message-id"]);
});

test("without a server mails wait", async () => {
  await queueMail(db(), {
    purpose: "alert",
    audience: "operator",
    authority: null,
    data: stuck,
    onceKey: "w",
    at: start,
  });
  expect(await sendDue({ ...app(), env: { ...app().env, mail: undefined } })).toBe(0);
  expect(await rows()).toMatchObject([{ state: "waiting", attempts: 0 }]);
});
