import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, truncateSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Transport } from "#app/connector/transport.ts";
import type { App } from "#app/context.server.ts";
import { collectAll } from "#app/incoming/collect.server.ts";
import { claim, settle } from "#app/outbox/queue.server.ts";
import { fileApplication } from "#app/outbox/submit.server.ts";
import { watch } from "#app/outbox/watchdog.server.ts";
import { collect } from "#app/store/blobs.server.ts";
import { appendEvent, eventsOf, findCase } from "#app/store/cases.server.ts";
import { lettersOf } from "#app/store/letters.server.ts";
import { deleteCase } from "#app/store/retention.server.ts";
import type { Elements } from "#flows/delivery/xoev/content.ts";
import { letters, refusals } from "#drizzle/incoming.ts";
import { alerts, blobs, cases, mails, outbox } from "#drizzle/schema.ts";
import {
  appWithFolders,
  AUTHORITY_KEY,
  layAnswer,
  letterPdf,
  letterXml,
  OWN_KEY,
  type LetterHead,
} from "#tests/support/authorityLetters.ts";
import { openApp, type TestApp } from "#tests/support/app.ts";
import { completeDraft } from "#tests/support/filing.ts";
import { searchFor } from "#tests/support/plaintext.ts";

const DAY = 86_400_000;
const SECRET = "Warum wohnen Sie bei Frau Unbekannt?";

let opened: TestApp;
let folder: string;
let app: App;
beforeAll(async () => {
  opened = await openApp();
});
afterAll(() => opened.close());
beforeEach(async () => {
  if (folder) rmSync(folder, { recursive: true, force: true });
  folder = mkdtempSync(join(tmpdir(), "answers-"));
  app = appWithFolders(opened.app, folder);
  for (const table of [refusals, alerts, mails]) await app.database.db.delete(table);
});

type Filed = Awaited<ReturnType<typeof fileOne>>;
/** Files P1's application and says how its case and its message are called. */
async function fileOne() {
  const { filing } = await completeDraft(app);
  await fileApplication(app, filing);
  const found = await findCase(app.database.db, filing.holder, app.now());
  if (!found) throw new Error("nothing was filed");
  const [row] = await app.database.db.select().from(outbox).where(eq(outbox.caseId, found.id));
  return { holder: filing.holder, found, message: row!.id };
}

const headOf = ({ found, message }: Filed, change: Partial<LetterHead> = {}): LetterHead => ({
  reference: found.reference,
  answersTo: message,
  ...change,
});
const question = (filed: Filed, change: Partial<LetterHead> = {}, body: Elements = {}) =>
  letterXml("130102", { frage: SECRET, fristdatum: "2026-12-24", ...body }, headOf(filed, change));
const status = (filed: Filed, code: string, change: Partial<LetterHead> = {}) =>
  letterXml("130104", { status: code }, headOf(filed, change));

let count = 100;
/** Collects once what lies in the folders, in this order. */
async function comeIn(...answers: (string | Uint8Array)[]): Promise<void> {
  for (const content of answers) layAnswer(folder, "potsdam", `${(count += 1)}.xml`, content);
  await collectAll(app);
}

const read = async ({ found }: Filed) => lettersOf(app.database.db, found.id, found.copy.letterKey);
const kindsOf = async ({ found }: Filed) => (await eventsOf(app.database.db, found.id)).map(({ kind }) => kind);
const left = (name: string) => readdirSync(join(folder, "potsdam", name));
const refused = async () => (await app.database.db.select().from(refusals)).map(({ code }) => code);
const stateOf = async ({ message }: Filed) =>
  (await app.database.db.select().from(outbox).where(eq(outbox.id, message)))[0]!;

describe("a letter", () => {
  test("is opened by its applicant alone, with date and document, and becomes an event", async () => {
    const filed = await fileOne();
    await comeIn(question(filed, {}, { anlage: letterPdf }));
    expect(left("answers")).toEqual([]);
    expect(await kindsOf(filed)).toEqual(["filed", "question"]);
    const [letter] = await read(filed);
    expect(letter).toMatchObject({ kind: "question", contents: { text: SECRET, deadline: "2026-12-24" } });
    expect((await eventsOf(app.database.db, filed.found.id))[1]).toMatchObject({ letter: letter?.id });
    const { id, key } = letter!.contents!.documents[0]!.file!;
    const bytes = await collect(app.blobs.read(id, Buffer.from(key, "base64url")));
    expect(Buffer.from(bytes).toString("base64")).toBe(letterPdf.dokument);
    const other = await fileOne();
    expect(await lettersOf(app.database.db, filed.found.id, other.found.copy.letterKey)).toMatchObject([
      { contents: undefined },
    ]);
  });

  test("stands nowhere in files of database and documents, not even in its journal", async () => {
    const filed = await fileOne();
    await comeIn(question(filed, {}, { anlage: letterPdf }));
    expect(await read(filed)).toMatchObject([{ contents: { text: SECRET } }]);
    const secrets = [
      { name: "question", bytes: Buffer.from(SECRET) },
      { name: "document", bytes: Buffer.from(letterPdf.dokument, "base64") },
      { name: "document in base64", bytes: Buffer.from(letterPdf.dokument) },
    ];
    const search = searchFor(secrets);
    expect(search.inBytes(Buffer.from(SECRET), "itself")).not.toEqual([]);
    expect(search.inFolder(app.env.dataDir)).toEqual([]);
  });

  test("counts once if it comes again, two of them count as two, and each is told once", async () => {
    const filed = await fileOne();
    const first = question(filed);
    await comeIn(first, question(filed));
    await comeIn(first);
    expect(left("answers")).toEqual([]);
    expect(await refused()).toEqual([]);
    expect(await kindsOf(filed)).toEqual(["filed", "question", "question"]);
    const told = await app.database.db.select().from(mails).where(eq(mails.caseId, filed.found.id));
    expect(told.map(({ purpose }) => purpose)).toEqual(["letter", "letter"]);
  });

  test("of a case from before has no text for anybody, and yet its event", async () => {
    const filed = await fileOne();
    await app.database.db.update(cases).set({ letterKey: null }).where(eq(cases.id, filed.found.id));
    await comeIn(question(filed, {}, { anlage: letterPdf }));
    expect(await kindsOf(filed)).toEqual(["filed", "question"]);
    expect(await read(filed)).toMatchObject([{ kind: "question", contents: undefined }]);
    const files = await app.database.db.select().from(blobs).where(eq(blobs.owner, filed.found.id));
    // The passport and the application's own PDF.
    expect(files).toHaveLength(2);
  });

  test("with a document that is none offers no file, and says the rest", async () => {
    const filed = await fileOne();
    const page = Buffer.from("<html><script>alert(1)</script>").toString("base64");
    await comeIn(question(filed, {}, { anlage: { dokument: page, dokumententyp: "1" } }));
    const [letter] = await read(filed);
    expect(letter?.contents).toMatchObject({ text: SECRET, documents: [{ title: "attachment", format: "pdf" }] });
    expect(letter?.contents?.documents[0]).not.toHaveProperty("file");
  });

  test("goes with its case", async () => {
    const filed = await fileOne();
    await comeIn(status(filed, "01"), question(filed, {}, { anlage: letterPdf }));
    expect(await deleteCase(app.database.db, app.blobs, filed.found.id)).toBe(true);
    expect(await app.database.db.select().from(letters).where(eq(letters.caseId, filed.found.id))).toEqual([]);
    expect(await app.database.db.select().from(blobs).where(eq(blobs.owner, filed.found.id))).toEqual([]);
  });
});

describe("that the authority has the application", () => {
  test("settles its message and destroys its key, also while a worker is at it", async () => {
    const filed = await fileOne();
    const { db } = app.database;
    const held = await claim(db, filed.message, new Date(app.now().getTime() + 1000));
    if (held.outcome !== "held") throw new Error("not held");
    await comeIn(status(filed, "01"));
    expect(await stateOf(filed)).toMatchObject({ state: "accepted", deliveryWrap: null, leasedUntil: null });
    await expect(settle(db, held.row, { state: "sent" })).rejects.toMatchObject({ code: "holdLost" });
    await comeIn(status(filed, "02"));
    expect(await kindsOf(filed)).toEqual(["filed", "accepted"]);
  });

  test("is told after a question without taking it back, and progress is progress", async () => {
    const filed = await fileOne();
    await comeIn(question(filed), status(filed, "01"), status(filed, "05"));
    const events = await eventsOf(app.database.db, filed.found.id);
    expect(events.map(({ kind, codes }) => [kind, ...codes])).toEqual([
      ["filed"],
      ["question"],
      ["accepted", "received"],
      ["progress", "reviewed"],
    ]);
  });

  test("a confirmed withdrawal ends the case, and nothing of it can be opened by us", async () => {
    const filed = await fileOne();
    await comeIn(status(filed, "01"), letterXml("130107", { rueckmeldung: "Bestätigt." }, headOf(filed)));
    expect(await kindsOf(filed)).toEqual(["filed", "accepted", "withdrawn"]);
    await comeIn(question(filed));
    expect(await refused()).toEqual(["closedCase"]);
  });
});

describe("refused and kept, with the next message taken, is", () => {
  const bad: readonly [what: string, code: string, make: (filed: Filed, other: Filed) => string | Uint8Array][] = [
    ["a message of another authority", "foreignAuthority", (filed) => question(filed, { from: "azr:999999" })],
    ["a message to another service", "foreignAuthority", (filed) => question(filed, { to: "alp:anders" })],
    ["an answer to nothing of ours", "unknownCase", (filed) => question(filed, { answersTo: randomUUID() })],
    ["an answer with the reference of another", "unknownCase", (filed, { found }) => question(filed, found)],
    ["broken XML", "malformed", (filed) => question(filed).slice(0, -20)],
    ["an entity bomb", "doctype", (filed) => question(filed).replace("?>", '?><!DOCTYPE a [<!ENTITY b "b">]>')],
    [
      "an unknown namespace",
      "unknownMessage",
      (filed) => question(filed).replaceAll("xauslaender2611", "xauslaender99"),
    ],
    [
      "a wrong order",
      "invalid",
      (filed) => question(filed).replace(/(<xauslaender:antragsid.*>)(\s*)(<xausl.*>)/, "$3$2$1"),
    ],
    ["UTF-16", "encoding", (filed) => Buffer.from(question(filed), "utf16le")],
    [
      "a message that we send ourselves",
      "unknownMessage",
      (filed) => letterXml("130103", { rueckkanalVorhanden: true }, headOf(filed)),
    ],
  ];
  test.each(bad)("%s: %s", async (_what, code, make) => {
    const [filed, other] = [await fileOne(), await fileOne()];
    await comeIn(make(filed, other), question(filed));
    expect(await refused()).toEqual([code]);
    expect(await kindsOf(filed)).toEqual(["filed", "question"]);
    expect(await kindsOf(other)).toEqual(["filed"]);
    expect(left("answers")).toEqual([]);
    expect(left("refused").filter((name) => name.endsWith(".reason.json"))).toHaveLength(1);
  });

  test("a file that is larger than any message, without being read", async () => {
    const filed = await fileOne();
    layAnswer(folder, "potsdam", "0.xml", "<a/>");
    const path = join(folder, "potsdam", "answers", "0.xml");
    truncateSync(path, 100_000_000);
    layAnswer(folder, "potsdam", "1.xml", question(filed));
    utimesSync(path, new Date(0), new Date(0));
    await collectAll(app);
    expect(await app.database.db.select().from(refusals)).toMatchObject([
      { code: "tooLarge", sha256: "", size: 100_000_000 },
    ]);
    expect(await kindsOf(filed)).toEqual(["filed", "question"]);
  });

  test("an id that was used before for something else, while the very same is not", async () => {
    const filed = await fileOne();
    const id = randomUUID();
    await comeIn(question(filed, { id }));
    await comeIn(question(filed, { id }, { frage: "Etwas anderes?" }));
    expect(await refused()).toEqual(["replayed"]);
    expect(await read(filed)).toMatchObject([{ id, contents: { text: SECRET } }]);
  });

  test("an answer to a case that is over", async () => {
    const filed = await fileOne();
    const about = { caseId: filed.found.id, authority: "potsdam", messageId: filed.message, at: app.now() };
    await appendEvent(app.database.db, { ...about, kind: "rejected" });
    await comeIn(question(filed));
    expect(await refused()).toEqual(["closedCase"]);
    expect(await kindsOf(filed)).toEqual(["filed", "rejected"]);
  });

  test("what the folder of another authority holds about the case", async () => {
    const filed = await fileOne();
    layAnswer(folder, "barnim", "0.xml", question(filed, { from: "azr:120600" }));
    layAnswer(folder, "potsdam", "0.xml", question(filed, { from: AUTHORITY_KEY, to: OWN_KEY }));
    await collectAll(app);
    const rows = await app.database.db.select().from(refusals);
    expect(rows).toMatchObject([{ authority: "barnim", code: "unknownCase" }]);
    expect(await kindsOf(filed)).toEqual(["filed", "question"]);
  });
});

test("operator and authority are told of what was refused, as long as it is fresh", async () => {
  const filed = await fileOne();
  await comeIn("<a/>", question(filed, { answersTo: randomUUID() }));
  const open = async () =>
    (await app.database.db.select().from(alerts)).filter(({ kind }) => kind === "incomingRefused");
  await watch(app);
  expect(await open()).toMatchObject([
    { subject: "potsdam", authority: "potsdam", codes: ["unknownCase", "unknownMessage"], clearedAt: null },
  ]);
  const told = await app.database.db.select().from(mails).where(eq(mails.purpose, "alert"));
  expect(told.map(({ audience }) => audience).toSorted()).toEqual(["authority", "operator"]);
  await watch({ ...app, now: () => new Date(app.now().getTime() + 4 * DAY) });
  expect((await open())[0]?.clearedAt).not.toBeNull();
});

test("an authority whose folder cannot be reached keeps no other waiting", async () => {
  const filed = await fileOne();
  const drop = app.transports.get("drop")!;
  const collectBut: Transport["collect"] = async (options, take) => {
    if ((options as { mailbox: string }).mailbox === "barnim") throw new Error("away");
    await drop.collect?.(options, take);
  };
  const failing = { ...app, transports: new Map([...app.transports, ["drop", { ...drop, collect: collectBut }]]) };
  layAnswer(folder, "potsdam", "0.xml", question(filed));
  await collectAll(failing);
  expect(await kindsOf(filed)).toEqual(["filed", "question"]);
});
