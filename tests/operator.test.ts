import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openDatabase, type Database } from "#app/db.server.ts";
import { formatReference } from "#app/store/access-code.ts";
import { alerts, attempts, audit, cases, destinations, events, outbox } from "#drizzle/schema.ts";
import type { PlainBrowser, PlainPage } from "#tests/support/plainBrowser.ts";
import { createDatabase, type TestDatabase } from "#tests/support/postgres.ts";
import { startStack, type Stack } from "#tests/support/service.ts";
import { logInAs } from "#tests/support/staffLogin.ts";

type Row = typeof outbox.$inferSelect;

const POTSDAM = "fit-connect:0d6f1c52-8a3e-4b17-9c64-2f5be1a7d054";
const REFERENCE = formatReference(Buffer.from("desk-test"));
const now = Date.now();
const ago = (minutes: number) => new Date(now - minutes * 60_000);

let testDatabase: TestDatabase;
let database: Database;
let stack: Stack;
/** Looks after all authorities, and after Potsdam only. */
let operator: PlainBrowser;
let administrator: PlainBrowser;

beforeAll(async () => {
  testDatabase = await createDatabase();
  database = await openDatabase({ root: process.cwd(), dataDir: "", databaseUrl: testDatabase.url });
  // Nobody delivers: rows stay as a test leaves them.
  stack = await startStack({ identity: true, env: { DATABASE_URL: testDatabase.url, WORKER: "off" } });
  operator = (await logInAs(stack, "operator")).browser;
  administrator = (await logInAs(stack, "administrator")).browser;
}, 180_000);

afterAll(async () => {
  await stack?.stop();
  await database?.close();
  await testDatabase?.drop();
}, 60_000);

beforeEach(async () => {
  for (const table of [outbox, cases, events, attempts, alerts, destinations, audit]) await database.db.delete(table);
});

async function newMessage(values: Partial<Row> = {}, reference?: string): Promise<string> {
  const [id, caseId] = [randomUUID(), randomUUID()];
  const authority = values.authority ?? "potsdam";
  const times = { queuedAt: ago(60), nextAttemptAt: ago(1), createdAt: ago(60) };
  const base = { id, caseId, kind: "application", destination: POTSDAM, progress: {}, attempts: 0 } as const;
  await database.db
    .insert(outbox)
    .values({ ...base, ...times, state: "waiting", sealed: Buffer.from("sealed"), authority, ...values });
  if (reference !== undefined) {
    const sealed = { accessId: caseId, wrappedKey: Buffer.from("k"), applicantCopy: Buffer.from("c"), receipt: "r" };
    const expiresAt = new Date("2099-01-01");
    await database.db
      .insert(cases)
      .values({ id: caseId, authority, reference, service: "W-18g", ...sealed, filedAt: ago(60), expiresAt });
  }
  return id;
}

const stuck = { state: "stuck", attempts: 40, lastError: "destinationInactive" } as const;
const ofBarnim = { authority: "barnim", destination: "test:barnim" };
const rowOf = async (id: string) => (await database.db.select().from(outbox).where(eq(outbox.id, id)))[0]!;
const audited = () => database.db.select().from(audit).orderBy(asc(audit.id));

/** A button's form, as a browser would post it. */
async function press(browser: PlainBrowser, page: PlainPage, label: string): Promise<PlainPage> {
  const form = page.document
    .querySelectorAll('main form[method="post"]')
    .find((candidate) => candidate.querySelector("button")?.textContent.startsWith(label));
  if (!form) throw new Error(`${page.url.pathname} has no button "${label}"`);
  const fields = form.querySelectorAll('input[type="hidden"]');
  const values = fields.map((field) => [field.getAttribute("name") ?? "", field.getAttribute("value") ?? ""] as const);
  return post(browser, form.getAttribute("action") ?? "", Object.fromEntries(values));
}

/** Posts what somebody made up, with a valid token, and follows to where it leads. */
async function post(browser: PlainBrowser, path: string, values: Record<string, string>): Promise<PlainPage> {
  const page = await browser.open("/operator/search");
  const token = page.document.querySelector('input[name="csrf"]')?.getAttribute("value") ?? "";
  const answer = await browser.send(path, { method: "POST", body: new URLSearchParams({ csrf: token, ...values }) });
  const to = answer.headers.get("location");
  if (answer.status >= 300 && answer.status < 400 && to !== null) return browser.open(to);
  return { url: new URL(path, stack.url), status: answer.status, text: await answer.text() } as PlainPage;
}

const textOf = ({ document }: PlainPage) => document.querySelector("main")?.textContent ?? "";

describe("the operator's page", () => {
  test("begins with the alarms, each with what it means, what to do and where to look", async () => {
    const id = await newMessage(stuck, REFERENCE);
    await database.db
      .insert(alerts)
      .values({ kind: "stuck", subject: id, authority: "potsdam", codes: [stuck.lastError], raisedAt: ago(130) });
    const page = await operator.open("/operator");
    expect(page.status).toBe(200);
    const alarm = page.document.querySelector(".kern-alert--danger");
    expect(alarm?.textContent).toContain("Landeshauptstadt Potsdam: Anträge hängen fest");
    expect(alarm?.textContent).toContain("seit 2\u00a0h 10\u00a0min");
    expect(alarm?.textContent).toContain("Was tun: ");
    expect(alarm?.querySelector("a")?.getAttribute("href")).toBe(`/operator/messages/${id}`);
    expect(page.text.indexOf("Anträge hängen fest")).toBeLessThan(page.text.indexOf('id="destinations"'));
  });

  test("shows the queue by destination; a count leads to its messages, and every code is explained", async () => {
    await newMessage({ lastError: "keyRefused.revoked" });
    const id = await newMessage(stuck, REFERENCE);
    const page = await operator.open("/operator");
    expect(textOf(page)).toContain("Das Zertifikat ist gesperrt.");
    expect(textOf(page)).toContain("Zustellpunkt nicht aktiv");
    const link = page.document.querySelectorAll("a").find(({ textContent }) => textContent === "1 hängend");
    const list = await operator.open(link?.getAttribute("href")?.replaceAll("&amp;", "&") ?? "");
    expect(list.document.querySelectorAll("tbody tr")).toHaveLength(1);
    expect(list.document.querySelector("tbody a")?.getAttribute("href")).toBe(`/operator/messages/${id}`);
    expect(textOf(list)).toContain(REFERENCE);
  });

  test("sends all that is stuck of a destination again, says how many, and notes who did it", async () => {
    const ids = [await newMessage(stuck), await newMessage(stuck)];
    const done = await press(operator, await operator.open("/operator"), "Hängende erneut senden");
    expect(textOf(done)).toContain("2 hängende Nachrichten gehen jetzt erneut hinaus.");
    for (const id of ids) expect(await rowOf(id)).toMatchObject({ state: "waiting", attempts: 0, lastError: null });
    expect(await audited()).toMatchObject([
      { action: "destination.resendStuck", subject: POTSDAM, role: "operator", authority: "potsdam" },
    ]);
  });

  test("pauses a destination and lets it go on", async () => {
    const page = await operator.open("/operator");
    const path = { action: "/operator", destination: POTSDAM };
    const paused = await post(operator, path.action, { act: "pause", destination: POTSDAM });
    expect(textOf(paused)).toContain("Das Ziel ist pausiert.");
    const [row] = await database.db.select().from(destinations);
    expect(row).toMatchObject({ id: POTSDAM, authority: "potsdam" });
    expect(row?.pausedAt).toBeInstanceOf(Date);
    const resumed = await press(operator, paused, "Fortsetzen");
    expect(textOf(resumed)).toContain("Das Ziel nimmt wieder Zustellungen auf.");
    expect((await database.db.select().from(destinations))[0]?.pausedAt).toBeNull();
    expect((await audited()).map(({ action }) => action)).toEqual(["destination.pause", "destination.resume"]);
    expect(page.status).toBe(200);
  });

  test("a message has its trace, and buttons that do what they say", async () => {
    const id = await newMessage(stuck, REFERENCE);
    const { caseId } = await rowOf(id);
    const of = { messageId: id, authority: "potsdam" };
    await database.db.insert(events).values({ ...of, caseId, kind: "filed", at: ago(60), data: {} });
    await database.db
      .insert(attempts)
      .values({ ...of, at: ago(50), tookMs: 1234, stage: "announced", code: "timeout" });
    const page = await operator.open(`/operator/messages/${id}`);
    const steps = page.document.querySelectorAll(".ao-timeline > li").map(({ textContent }) => textContent);
    expect(steps[0]).toContain("Beim Online-Dienst eingegangen");
    expect(steps[1]).toContain("Versuch gescheitert: Keine Antwort in der Zeit");
    expect(steps[1]).toContain("1234 ms");
    const paused = await press(operator, page, "Pausieren");
    expect(textOf(paused)).toContain("Die Nachricht ist pausiert.");
    expect((await rowOf(id)).state).toBe("paused");
    await press(operator, paused, "Fortsetzen");
    expect((await rowOf(id)).state).toBe("waiting");
    const again = await press(operator, await operator.open(`/operator/messages/${id}`), "Erneut senden");
    expect(textOf(again)).toContain("Die Nachricht geht jetzt erneut hinaus.");
    const done = (await audited()).map(({ action, subject }) => [action, subject]);
    expect(done).toEqual(["message.pause", "message.resume", "message.resend"].map((action) => [action, id]));
  });

  test("an act that came too late changes nothing, says so and is not noted", async () => {
    const id = await newMessage({ state: "accepted" });
    const page = await post(operator, `/operator/messages/${id}`, { act: "resend" });
    expect(textOf(page)).toContain("Es hat sich nichts geändert.");
    expect((await rowOf(id)).state).toBe("accepted");
    expect(await audited()).toEqual([]);
  });

  test("a reference finds its message however it was typed, and stands in no address", async () => {
    const id = await newMessage({}, REFERENCE);
    const found = await post(operator, "/operator/search", {
      reference: ` ${REFERENCE.toLowerCase().replaceAll("-", " ")}`,
    });
    expect(found.url.pathname).toBe(`/operator/messages/${id}`);
    const unknown = await post(operator, "/operator/search", { reference: "AAAA-AAAA-AAAA" });
    expect(unknown.status).toBe(422);
    expect(unknown.text).toContain("Prüfen Sie die Nummer: Ein Zeichen fehlt, oder eines stimmt nicht.");
  });

  test("a post without the token of this browser, an unknown act and an unknown message are refused", async () => {
    const id = await newMessage(stuck);
    const refused = await operator.send(`/operator/messages/${id}`, {
      method: "POST",
      body: new URLSearchParams({ act: "resend", csrf: "made-up" }),
    });
    expect(refused.status).toBe(403);
    expect((await post(operator, `/operator/messages/${id}`, { act: "delete" })).status).toBe(400);
    expect((await post(operator, "/operator", { act: "pause", destination: "test:nobody" })).status).toBe(404);
    expect((await operator.open(`/operator/messages/${randomUUID()}`)).status).toBe(404);
    expect((await operator.open("/operator/messages/none")).status).toBe(404);
    expect((await rowOf(id)).state).toBe("stuck");
  });
});

describe("whoever looks after Potsdam only", () => {
  test("sees nothing of Barnim", async () => {
    const id = await newMessage({ ...stuck, ...ofBarnim }, REFERENCE);
    await newMessage(stuck);
    await database.db.insert(alerts).values({ kind: "stuck", subject: id, authority: "barnim", raisedAt: ago(9) });
    const pages = ["/operator", "/operator/messages", "/operator/messages?destination=test%3Abarnim"];
    for (const path of pages) {
      const page = await administrator.open(path);
      expect(page.status).toBe(200);
      const links = page.document.querySelectorAll("main a").map((link) => link.getAttribute("href") ?? "");
      expect(links.filter((href) => href.includes("barnim") || href.includes(id))).toEqual([]);
      for (const secret of ["Barnim", REFERENCE, id]) expect(textOf(page)).not.toContain(secret);
    }
    expect((await administrator.open(`/operator/messages/${id}`)).status).toBe(404);
    const found = await post(administrator, "/operator/search", { reference: REFERENCE });
    expect(found.status).toBe(422);
    expect(textOf(await operator.open("/operator"))).toContain("Barnim");
  });

  test("changes nothing of Barnim, whatever they post", async () => {
    const id = await newMessage({ ...stuck, ...ofBarnim });
    await database.db.insert(destinations).values({ id: "test:barnim", authority: "barnim", openedAt: ago(9) });
    const before = await rowOf(id);
    for (const act of ["resend", "pause", "resume"]) {
      expect((await post(administrator, `/operator/messages/${id}`, { act })).status).toBe(404);
    }
    for (const act of ["resendStuck", "pause", "resume"]) {
      expect((await post(administrator, "/operator", { act, destination: "test:barnim" })).status).toBe(404);
    }
    expect((await post(administrator, "/operator/drills", { drill: "down" })).status).toBe(404);
    expect(await rowOf(id)).toEqual(before);
    expect(await database.db.select().from(destinations)).toMatchObject([{ openedAt: ago(9), pausedAt: null }]);
    expect(await audited()).toEqual([]);
    const own = await newMessage(stuck);
    await post(administrator, `/operator/messages/${own}`, { act: "resend" });
    expect(await audited()).toMatchObject([{ action: "message.resend", role: "administrator", authority: "potsdam" }]);
  });

  test("clerks and strangers do not get in at all", async () => {
    const id = await newMessage(stuck);
    const clerk = await logInAs(stack, "clerk");
    expect(clerk.page.url.pathname).toBe("/staff/denied");
    for (const path of ["/operator", "/operator/messages", `/operator/messages/${id}`, "/operator/search"]) {
      expect((await clerk.browser.open(path)).url.pathname).toBe("/staff/denied");
      const stranger = await fetch(new URL(path, stack.url), { redirect: "manual" });
      expect(stranger.headers.get("location")).toMatch(/^\/staff\/login/);
    }
  });
});

/** The fault that the simulator has in force. */
const inForce = async () =>
  ((await (await fetch(`${stack.zustelldienst}/simulator/faults`)).json()) as { mode: string }).mode;

describe("drills", () => {
  test("put a fault in force in the demo Zustelldienst, show it, and end it", async () => {
    const board = (await operator.open("/operator")).document.querySelectorAll(".ao-drills > li");
    expect(board.length).toBeGreaterThanOrEqual(9);
    for (const drill of board) expect(drill.querySelector("p")?.textContent.length).toBeGreaterThan(20);
    const posts = board.map((drill) => drill.querySelector('input[name="drill"]')?.getAttribute("value") ?? "");
    for (const drill of posts) {
      const page = await post(operator, "/operator/drills", { drill });
      expect(textOf(page), drill).toContain("Die Übung läuft.");
      expect(await inForce(), drill).not.toBe("none");
    }
    const ended = await press(operator, await operator.open("/operator"), "Störung beenden");
    expect(textOf(ended)).toContain("Die Übung ist beendet.");
    expect(await inForce()).toBe("none");
    expect((await audited()).map(({ subject }) => subject)).toEqual([...posts, "none"]);
    expect((await post(operator, "/operator/drills", { drill: "explode" })).status).toBe(400);
  });
});
