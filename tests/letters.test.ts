import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServerBuild } from "@remix-run/node";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import { openDoor } from "#app/door/door.server.ts";
import { createHttp } from "#app/http.server.ts";
import { collectAll } from "#app/incoming/collect.server.ts";
import type { Elements } from "#flows/delivery/xoev/content.ts";
import { cases, outbox } from "#drizzle/schema.ts";
import { referenceOf } from "./support/applicant.ts";
import { appWithFolders, layAnswer, letterPdf, letterXml } from "./support/authorityLetters.ts";
import { openApp, type TestApp } from "./support/app.ts";
import { personaFile, readPersona } from "./support/persona.ts";
import {
  errorsOf,
  plainBrowser,
  titleOf,
  valuesOf,
  type PlainBrowser,
  type PlainPage,
} from "./support/plainBrowser.ts";
import { fillingOf, walkTo } from "./support/plainJourney.ts";

const p1 = readPersona("p1", "de");
const QUESTION = "Warum <b>zwei</b> Wohnungen?\nSeit wann?";

let opened: TestApp;
let app: App;
let folder: string;
let server: Server;
let base: string;

beforeAll(async () => {
  opened = await openApp();
  folder = mkdtempSync(join(tmpdir(), "letters-"));
  app = appWithFolders(opened.app, folder);
  const build = (await import(new URL("../build/server/index.js", import.meta.url).href)) as ServerBuild;
  server = createHttp(app, build, () => false, { door: openDoor(app) }).listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}, 60_000);
afterAll(async () => {
  server?.close();
  await opened?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

type Person = { browser: PlainBrowser; reference: string; application: string; caseId: string };

/** P1 has filed. */
async function filed(): Promise<Person> {
  const { browser, page } = await walkTo(base, p1, "review");
  const reference = referenceOf(await browser.submit(page, { values: fillingOf(page, p1.answers) }));
  const [row] = await app.database.db
    .select({ caseId: cases.id, application: outbox.id })
    .from(cases)
    .innerJoin(outbox, eq(outbox.caseId, cases.id))
    .where(eq(cases.reference, reference));
  return { browser, reference, ...row! };
}

/** The authority writes, and the worker collects it. */
async function writes({ reference, application }: Person, type: string, body: Elements): Promise<string> {
  const id = randomUUID();
  layAnswer(folder, "potsdam", `${id}.xml`, letterXml(type, body, { reference, answersTo: application, id }));
  await collectAll(app);
  return id;
}

const statusOf = ({ browser }: Pick<Person, "browser">, language = "de") => browser.open(`/${language}/status`);
const wordOf = ({ document }: PlainPage) => document.querySelector("[data-status]")?.getAttribute("data-status");
const sentOf = ({ caseId }: Person, kind: "answer" | "withdrawal") =>
  app.database.db
    .select()
    .from(outbox)
    .where(and(eq(outbox.caseId, caseId), eq(outbox.kind, kind)));

const files = (name: string) => ({ "answer.files": [personaFile(name)] });

describe("a question of the authority", () => {
  let person: Person;
  let id: string;
  let path: string;
  beforeAll(async () => {
    person = await filed();
    id = await writes(person, "130102", { frage: QUESTION, fristdatum: "2026-12-24", anlage: letterPdf });
    path = `/de/answer/${id}`;
  }, 60_000);

  test("is read on the status page as it was written, with its date, document and the way to answer", async () => {
    const page = await statusOf(person);
    expect(wordOf(page)).toBe("question");
    expect(page.text).toContain("Bitte antworten Sie bis 24.12.2026.");
    const letter = page.document.querySelector(`[data-letter="${id}"]`);
    const lines = letter?.querySelectorAll('p[lang="de"][dir="auto"]').map(({ text }) => text);
    expect(lines).toEqual(["Warum <b>zwei</b> Wohnungen?", "Seit wann?"]);
    expect(letter?.querySelector("b")).toBeNull();
    expect(letter?.querySelector("dl")?.text).toContain("24.12.2026");
    const links = letter?.querySelectorAll("a").map((link) => link.getAttribute("href"));
    expect(links).toEqual([`/de/letters/${id}/0`, path]);
    const arabic = await statusOf(person, "ar");
    expect(arabic.document.querySelector(`[data-letter="${id}"] p[lang="de"]`)?.getAttribute("dir")).toBe("auto");
  });

  test("gives its document as a file to save, to its applicant and to nobody else", async () => {
    const response = await person.browser.send(`/de/letters/${id}/0`);
    expect(response.headers.get("content-type")).toBe("application/pdf");
    expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="Behoerde-[\w-]+-1\.pdf"$/);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(Buffer.from(await response.arrayBuffer()).toString("base64")).toBe(letterPdf.dokument);
    expect((await person.browser.send(`/de/letters/${id}/1`)).status).toBe(404);
    const other = await filed();
    for (const { browser } of [other, { browser: plainBrowser(base) }]) {
      const there = await browser.open(path);
      expect([there.url.pathname, there.text.includes("Wohnungen")]).toEqual(["/de/status", false]);
      const file = await browser.send(`/de/letters/${id}/0`);
      expect([302, 404]).toContain(file.status);
      expect(await file.text()).not.toContain("Bescheid");
    }
  });

  test("is not answered with nothing, nor with letters that cannot be carried, and what was typed stays", async () => {
    const form = await person.browser.open(path);
    expect(form.text).toContain("zwei");
    const empty = await person.browser.submit(form);
    expect([empty.status, errorsOf(empty)[0]?.target]).toEqual([422, "#f-text"]);
    expect(titleOf(empty)).toMatch(/^Fehler: /);
    const foreign = await person.browser.submit(empty, { values: { text: ["Я тут живу"] } });
    expect([foreign.status, valuesOf(foreign)["text"]]).toEqual([422, ["Я тут живу"]]);
    expect(errorsOf(foreign)[0]?.text).toContain("Я т у ж и в");
    const long = await person.browser.submit(foreign, { values: { text: ["x".repeat(4_001)] } });
    expect([long.status, valuesOf(long)["text"]?.[0]?.length]).toEqual([422, 4_001]);
    expect(valuesOf(await person.browser.open(path))["text"]?.[0]).toHaveLength(4_001);
    expect(await sentOf(person, "answer")).toEqual([]);
  });

  test("keeps what two tabs add, and says why a file is not taken", async () => {
    const one = await person.browser.open(path);
    const other = await person.browser.open(path);
    const kept = { press: ["then", "stay"] } as const;
    await person.browser.submit(one, { files: files("contract.pdf"), values: { text: ["Erste Fassung"] }, ...kept });
    const second = { files: files("passport.pdf"), values: { text: ["Seit dem 1. März."] }, ...kept };
    const page = await person.browser.submit(other, second);
    const names = () => page.document.querySelectorAll(".ao-file__name bdi").map(({ text }) => text);
    expect(names()).toEqual(["contract.pdf", "passport.pdf"]);
    const bad = { name: "x.txt", bytes: Buffer.from("no document") };
    const refused = await person.browser.submit(page, { files: { "answer.files": [bad] } });
    expect([refused.status, errorsOf(refused)[0]?.target]).toEqual([422, "#f-answer-files"]);
    expect(valuesOf(refused)["text"]).toEqual(["Seit dem 1. März."]);
    const [remove] = refused.document.querySelectorAll('button[name="remove"]');
    const without = await person.browser.submit(refused, { press: ["remove", remove?.getAttribute("value") ?? ""] });
    expect(without.document.querySelectorAll(".ao-file__name bdi").map(({ text }) => text)).toEqual(["passport.pdf"]);
  });

  test("is answered once, whoever presses again in an older tab, and the answer can be read again", async () => {
    const form = await person.browser.open(path);
    const sent = await person.browser.submit(form);
    expect([sent.url.pathname, wordOf(sent)]).toEqual(["/de/status", "answered"]);
    const again = await person.browser.submit(form, { values: { text: ["Etwas anderes"] } });
    expect(again.url.pathname).toBe("/de/status");
    expect(await sentOf(person, "answer")).toHaveLength(1);
    const letter = again.document.querySelector(`[data-letter="${id}"]`);
    const answered = letter?.querySelector("[data-answered]")?.text;
    for (const part of ["Seit dem 1. März.", "passport.pdf"]) expect(answered).toContain(part);
    expect(letter?.querySelector(`a[href="${path}"]`)).toBeNull();
    expect((await person.browser.open(path)).url.pathname).toBe("/de/status");
  });
});

test("of several questions the one whose day comes first leads, and one answer does not hide the others", async () => {
  const person = await filed();
  const soon = await writes(person, "130102", { frage: "Wie hoch ist die Miete?", fristdatum: "2026-12-01" });
  const later = await writes(person, "130102", { frage: "Wo arbeiten Sie?", fristdatum: "2026-12-24" });
  expect((await statusOf(person)).text).toContain("Bitte antworten Sie bis 01.12.2026.");
  const form = await person.browser.open(`/de/answer/${later}`);
  const page = await person.browser.submit(form, { values: { text: ["In Potsdam."] } });
  expect(wordOf(page)).toBe("question");
  expect(page.text).toContain("Bitte antworten Sie bis 01.12.2026.");
  const boxOf = (id: string) => page.document.querySelector(`[data-letter="${id}"]`);
  expect([boxOf(later)?.text.includes("Beantwortet"), boxOf(soon)?.text.includes("Beantwortet")]).toEqual([
    true,
    false,
  ]);
  expect(boxOf(soon)?.querySelector(`a[href="/de/answer/${soon}"]`)).not.toBeNull();
});

test("a question whose day is over can still be answered, and the page says so instead of naming that day", async () => {
  const person = await filed();
  const id = await writes(person, "130102", { frage: "Wo arbeiten Sie?", fristdatum: "2026-11-20" });
  const page = await statusOf(person);
  expect(page.document.querySelector("[data-status] section")?.text).not.toContain("20.11.2026");
  for (const { text } of [page, await person.browser.open(`/de/answer/${id}`)]) {
    expect(text).toContain("Dieser Tag ist vorbei. Antworten Sie trotzdem");
  }
});

test("an appointment has date, time, place and a safe link; without a date other words say so", async () => {
  const person = await filed();
  const place = { hausnummer: "1", postleitzahl: "14467", strasse: "Am Markt", wohnort: "Potsdam" };
  const when = { datum: "2026-12-10", uhrzeitAb: "09:30:00", uhrzeitBis: "10:00:00", ort: place };
  await writes(person, "130105", { strukturierteTermininformationen: when });
  const page = await statusOf(person);
  expect(wordOf(page)).toBe("appointment");
  expect(page.text).toMatch(/10\.12\.2026, 09:30–10:00\sUhr, Am Markt 1/);
  await writes(person, "130105", { onlinevergabe: "https://termine.example.org/abh?x=1" });
  const booking = await statusOf(person);
  expect(booking.text).not.toContain("{{");
  expect(booking.document.querySelector('a[href="https://termine.example.org/abh?x=1"]')?.text).toContain(
    "termine.example.org",
  );
  expect(booking.text).toContain("Nachricht zu Ihrem Termin");
});

test("every other letter has words without gaps", async () => {
  const person = await filed();
  for (const [type, body, words] of [
    ["130104", { status: "01" }, "Von der Behörde übernommen"],
    ["130104", { status: "05" }, "Die Behörde hat den Antrag geprüft"],
    ["130109", { hinweis: "Umzug.", zustaendigeABH: "Landkreis Barnim" }, "Zuständig ist: Landkreis Barnim"],
    ["130109", { hinweis: "Umzug." }, "Von selbst geht der Antrag an keine andere Behörde"],
    ["130110", { mitteilung: letterPdf }, "Die Behörde will den Antrag ablehnen"],
  ] as const) {
    await writes(person, type, body);
    const page = await statusOf(person);
    expect(page.document.querySelector("main")?.text).toContain(words);
    expect(page.text).not.toContain("{{");
  }
  // A word on how far the case is stands in the history; a box with nothing in it would only make people search.
  expect((await statusOf(person)).document.querySelectorAll("[data-letter]")).toHaveLength(3);
});

test("an intended refusal says that it is answered outside the service, and where, as long as the case is open", async () => {
  const person = await filed();
  const id = await writes(person, "130110", { mitteilung: letterPdf });
  const letter = async () => (await statusOf(person)).document.querySelector(`[data-letter="${id}"]`);
  const where = (await letter())?.querySelector("[data-on-paper]");
  expect(where?.text).toContain("Auf dieses Schreiben können Sie hier nicht antworten.");
  expect(where?.text).toContain(person.reference);
  expect(where?.text).toMatch(/Mit der Post: .*14\d{3} Potsdam/);
  expect(where?.querySelector("a")?.getAttribute("href")).toBe("mailto:auslaenderbehoerde.potsdam@example.org");
  expect((await letter())?.querySelector(`a[href="/de/answer/${id}"]`)).toBeNull();
  expect((await person.browser.open(`/de/answer/${id}`)).url.pathname).toBe("/de/status");
  await writes(person, "130107", { rueckmeldung: "Zurückgenommen." });
  expect((await letter())?.querySelector("[data-on-paper]")).toBeNull();
});

const withdrawLink = ({ document }: PlainPage) => document.querySelector('main a[href="/de/withdraw"]');

describe("withdrawing", () => {
  test("is explained, must be confirmed, happens once, and the page says that the application goes on until then", async () => {
    const person = await filed();
    expect(withdrawLink(await statusOf(person))).not.toBeNull();
    const page = await person.browser.open("/de/withdraw");
    expect(page.text).toMatch(/In der Regel endet damit die Wirkung des Antrags \(§\s81 AufenthG\)/);
    const unconfirmed = await person.browser.submit(page);
    expect([unconfirmed.status, errorsOf(unconfirmed)[0]?.target]).toEqual([422, "#f-confirm"]);
    expect(await sentOf(person, "withdrawal")).toEqual([]);
    const done = await person.browser.submit(unconfirmed, { values: { confirm: ["yes"] } });
    expect([done.url.pathname, wordOf(done)]).toEqual(["/de/status", "withdrawalRequested"]);
    await person.browser.submit(page, { values: { confirm: ["yes"] } });
    expect(await sentOf(person, "withdrawal")).toHaveLength(1);
    expect(withdrawLink(await statusOf(person))).toBeNull();
    expect((await person.browser.open("/de/withdraw")).url.pathname).toBe("/de/status");
  });

  test("is not offered to a stranger, nor by a post without a page of ours", async () => {
    const stranger = plainBrowser(base);
    expect((await stranger.open("/de/withdraw")).url.pathname).toBe("/de/status");
    const person = await filed();
    const body = new URLSearchParams({ csrf: "x", confirm: "yes" });
    expect((await person.browser.send("/de/withdraw", { method: "POST", body })).status).toBe(403);
    expect(await sentOf(person, "withdrawal")).toEqual([]);
  });
});
