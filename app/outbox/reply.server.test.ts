import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import { courierOf } from "#app/courier.server.ts";
import { collectAll } from "#app/incoming/collect.server.ts";
import { work } from "#app/outbox/deliver.server.ts";
import { heldUpOf } from "#app/outbox/heldUp.server.ts";
import { fileAnswer, fileWithdrawal, type Replying } from "#app/outbox/reply.server.ts";
import { createRoom } from "#app/outbox/room.server.ts";
import { fileApplication, type Filing } from "#app/outbox/submit.server.ts";
import { changeBegun } from "#app/store/begun.server.ts";
import { appendEvent, applicationOf, eventsOf, findCase } from "#app/store/cases.server.ts";
import type { Holder } from "#app/store/holder.server.ts";
import { lettersOf } from "#app/store/letters.server.ts";
import { openManifest } from "#app/store/manifest.server.ts";
import { readXml } from "#app/xml/parse.server.ts";
import { xauslaender2611 } from "#flows/delivery/xauslaender2611/standard.ts";
import { messageStatus, statusOf } from "#flows/engine/status.ts";
import { outbox } from "#drizzle/schema.ts";
import { appWithFolders, layAnswer, letterXml } from "#tests/support/authorityLetters.ts";
import { openApp, type TestApp } from "#tests/support/app.ts";
import { completeDraft, storeFile } from "#tests/support/filing.ts";

const TEXT = "Ich wohne seit dem 1. März dort.";
const PDF = Buffer.from("%PDF-1.7\nMietvertrag\n%%EOF");

let opened: TestApp;
let folder: string;
let app: App;
beforeAll(async () => {
  opened = await openApp();
  folder = mkdtempSync(join(tmpdir(), "replies-"));
  app = appWithFolders(opened.app, folder);
});
afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

/** P1's application at the authority, with one question about it. */
async function asked(letter: string = randomUUID()) {
  const { filing, file } = await completeDraft(app);
  await fileApplication(app, filing);
  const { found, application } = await caseOf(filing.holder);
  await laid("130102", { frage: "Seit wann?" }, { reference: found.reference, answersTo: application, id: letter });
  return { filing, file, holder: filing.holder, letter, caseId: found.id, application, replying: replyingOf(filing) };
}

async function caseOf(holder: Holder) {
  const found = await findCase(app.database.db, holder, app.now());
  if (!found) throw new Error("no case");
  return { found, application: (await applicationOf(app.database.db, found.id)) ?? "" };
}

async function laid(...[type, body, head]: Parameters<typeof letterXml>): Promise<void> {
  layAnswer(folder, "potsdam", `${randomUUID()}.xml`, letterXml(type, body, head));
  await collectAll(app);
}

const replyingOf = ({ holder, authority }: Filing): Replying => ({
  holder,
  authority,
  language: "de",
  demo: undefined,
  documentTitle: "Anlage zur Antwort",
});

/** Writes an answer with one file, as its page does. */
async function write({ holder, letter, caseId }: Awaited<ReturnType<typeof asked>>): Promise<void> {
  const file = await storeFile(app, { ...holder, id: caseId }, "mietvertrag meier.pdf", PDF);
  const at = { letter, now: app.now() };
  await changeBegun(app.database.db, holder, at, () => ({ text: TEXT, files: [file] }));
}

const rowsOf = (caseId: string, kind: "answer" | "withdrawal") =>
  app.database.db
    .select()
    .from(outbox)
    .where(and(eq(outbox.caseId, caseId), eq(outbox.kind, kind)));

/** Sends a message into its folder. */
const send = (id: string) =>
  work(
    {
      db: app.database.db,
      now: () => new Date(app.now().getTime() + 1000),
      random: () => 0,
      courier: courierOf(app, createRoom(10_000_000)),
      held: new Set(),
    },
    id,
  );

test("an answer is sent once, whoever presses twice, and goes to the authority with its file", async () => {
  const one = await asked();
  const { replying, letter, caseId, application, holder } = one;
  expect(await fileAnswer(app, replying, letter)).toEqual({ ok: false, reason: "empty" });
  await write(one);
  const pressed = await Promise.all([fileAnswer(app, replying, letter), fileAnswer(app, replying, letter)]);
  expect(pressed).toEqual([{ ok: true }, { ok: true }]);
  const [row, ...more] = await rowsOf(caseId, "answer");
  expect(more).toEqual([]);
  expect(row).toMatchObject({ supplements: application, state: "waiting" });
  const manifest = await openManifest(app.keys, row!.id, { sealed: row!.sealed, deliveryWrap: row!.deliveryWrap! });
  expect(manifest.files.map(({ filename }) => filename)).toEqual(["Antwort-1.pdf"]);
  const events = await eventsOf(app.database.db, caseId);
  expect(events.slice(-1)).toMatchObject([{ kind: "answered", letter, beside: { kind: "answer", id: row!.id } }]);
  expect([statusOf(events), messageStatus(events, row!.id)]).toEqual(["answered", "filed"]);
  const { found } = await caseOf(holder);
  expect(found.copy.replies).toMatchObject([{ answersTo: letter, text: TEXT, files: ["mietvertrag meier.pdf"] }]);
  expect(found.copy.begun).toEqual({});

  expect(await send(row!.id)).toBe("notDue");
  expect(await send(application)).toBe("sent");
  expect(await send(row!.id)).toBe("sent");
  const xml = readFileSync(join(folder, "potsdam", "out", row!.id, "data.xml"));
  expect(readXml(xml, xauslaender2611)).toMatchObject({ ok: true, message: { id: "130103" } });
  for (const part of [letter, TEXT, PDF.toString("base64"), found.reference]) expect(xml.toString()).toContain(part);
  expect(xml.toString()).not.toContain("meier");
  const sent = await eventsOf(app.database.db, caseId);
  expect([statusOf(sent), messageStatus(sent, row!.id)]).toEqual(["answered", "sent"]);
});

test("a question whose id is a UUID by its looks alone is one, and can be answered", async () => {
  const one = await asked("11111111-2222-0000-0000-333333333333");
  await write(one);
  expect(await fileAnswer(app, one.replying, one.letter)).toEqual({ ok: true });
  const [row] = await rowsOf(one.caseId, "answer");
  await send(one.application);
  expect(await send(row!.id)).toBe("sent");
  expect((await caseOf(one.holder)).found.copy.replies).toMatchObject([{ answersTo: one.letter }]);
});

test("a withdrawal is asked for once, reaches the authority, and ends the case when it is confirmed", async () => {
  const { replying, caseId, application, holder } = await asked();
  expect(await fileWithdrawal(app, replying)).toEqual({ ok: true });
  expect(await fileWithdrawal(app, replying)).toEqual({ ok: true });
  const rows = await rowsOf(caseId, "withdrawal");
  expect(rows).toHaveLength(1);
  await send(application);
  expect(await send(rows[0]!.id)).toBe("sent");
  expect(readdirSync(join(folder, "potsdam", "out", rows[0]!.id))).toContain("data.xml");
  const { found } = await caseOf(holder);
  const status = async () => statusOf(await eventsOf(app.database.db, caseId));
  expect(await status()).toBe("withdrawalRequested");
  await laid("130107", { rueckmeldung: "Bestätigt." }, { reference: found.reference, answersTo: rows[0]!.id });
  expect(await status()).toBe("withdrawn");
  const [row] = await rowsOf(caseId, "withdrawal");
  // Nobody says anything more about it: asked about for ever, it would keep the case for ever.
  expect(row).toMatchObject({ state: "accepted", deliveryWrap: null });
});

test("an answer that could not be taken over is sent again, and one that is stuck is told apart from the application", async () => {
  const one = await asked();
  const { replying, letter, caseId } = one;
  await write(one);
  await fileAnswer(app, replying, letter);
  const [first] = await rowsOf(caseId, "answer");
  const { db } = app.database;
  await db.update(outbox).set({ state: "stuck" }).where(eq(outbox.id, first!.id));
  expect(await heldUpOf(db, caseId, app.now())).toBe("answer");
  await db.update(outbox).set({ state: "rejected" }).where(eq(outbox.id, first!.id));
  const about = { caseId, authority: "potsdam", messageId: first!.id, at: app.now() };
  await appendEvent(db, { ...about, kind: "rejected" });
  expect(statusOf(await eventsOf(db, caseId))).not.toBe("answered");
  expect(await fileAnswer(app, replying, letter)).toEqual({ ok: false, reason: "empty" });
  await write(one);
  expect(await fileAnswer(app, replying, letter)).toEqual({ ok: true });
  expect(await rowsOf(caseId, "answer")).toHaveLength(2);
});

test("nothing is answered that was not asked, nor by a file that is gone, nor where the format has no answers", async () => {
  const one = await asked();
  const { replying, holder, letter, caseId } = one;
  expect(await fileAnswer(app, replying, randomUUID())).toEqual({ ok: false, reason: "notAsked" });
  await write(one);
  const [file] = (await caseOf(holder)).found.copy.begun[letter]!.files;
  const at = { letter, now: app.now() };
  await changeBegun(app.database.db, holder, at, (begun) => ({ ...begun, files: [{ ...file!, id: randomUUID() }] }));
  expect(await fileAnswer(app, replying, letter)).toEqual({ ok: false, reason: "filesMissing" });
  const json = opened.app.config.byId.get("potsdam")!;
  expect(await fileWithdrawal(opened.app, { ...replying, authority: json })).toEqual({
    ok: false,
    reason: "notOffered",
  });
  expect(await rowsOf(caseId, "answer")).toEqual([]);
});

test("a supplement keeps the key of the letters and the answer that was begun", async () => {
  const one = await asked();
  await write(one);
  const { found, application } = await caseOf(one.holder);
  const { reference, service } = found;
  const supplements = { caseId: found.id, messageId: application, reference, service, sent: [one.file.id] };
  const { filing } = await completeDraft(app, { holder: one.holder, supplements, sent: [one.file] });
  expect(await fileApplication(app, filing)).toMatchObject({ ok: true });
  const { copy } = (await caseOf(one.holder)).found;
  expect(copy.messages).toHaveLength(2);
  expect(copy.begun[one.letter]?.text).toBe(TEXT);
  expect(await lettersOf(app.database.db, found.id, copy.letterKey)).toMatchObject([
    { contents: { text: "Seit wann?" } },
  ]);
});
