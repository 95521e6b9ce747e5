import { request as plainRequest } from "node:http";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Db } from "#app/db.server.ts";
import { parseAccessCode } from "#app/store/access-code.ts";
import { changeDraft, findDraft, type DraftContent } from "#app/store/drafts.server.ts";
import { holderOf, type Holder } from "#app/store/holder.server.ts";
import * as schema from "#drizzle/schema.ts";
import { personaFile, readPersona } from "#tests/support/persona.ts";
import {
  bodyOf,
  codeOf,
  errorsOf,
  plainBrowser,
  titleOf,
  valuesOf,
  type PlainBrowser,
  type PlainPage,
} from "#tests/support/plainBrowser.ts";
import { evidenceOf, fillingOf, walkOn, walkTo } from "#tests/support/plainJourney.ts";
import { createDatabase, type TestDatabase } from "#tests/support/postgres.ts";
import { startStack, type Stack } from "#tests/support/service.ts";

const HOME = "/de/potsdam";
const p1 = readPersona("p1", "de");

let database: TestDatabase;
let pool: pg.Pool;
let db: Db;
let stack: Stack;

beforeAll(async () => {
  database = await createDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  pool.on("error", () => undefined);
  db = drizzle({ client: pool, schema, casing: "snake_case" }) as Db;
  stack = await startStack({ env: { DATABASE_URL: database.url } });
}, 180_000);

afterAll(async () => {
  await stack?.stop();
  await pool?.end();
  await database?.drop();
}, 60_000);

/** P1 before a page of the wizard, everything before it filled in. */
const p1At = (step: string) => walkTo(stack.url, p1, step);

/** What the person of a browser wrote down from the page "save your code". */
async function codeFrom(browser: PlainBrowser): Promise<string> {
  return codeOf(await browser.open(`${HOME}/save-code`));
}

async function holderIn(browser: PlainBrowser): Promise<Holder> {
  const parsed = parseAccessCode(await codeFrom(browser));
  if (!parsed.ok) throw new Error("no code");
  return holderOf(parsed.secret);
}

const textOf = ({ document }: PlainPage): string => document.querySelector("main")?.textContent ?? "";
const headingOf = ({ document }: PlainPage): string => document.querySelector("main h1")?.textContent.trim() ?? "";

/** Nothing of the inside: no stack, no file, no table. */
function expectFriendly(page: PlainPage, status: number): void {
  expect(page.status).toBe(status);
  expect(headingOf(page)).not.toBe("");
  expect(titleOf(page)).toContain("Aufenthalt Online");
  expect(page.text).not.toMatch(/node_modules|\.tsx?:\d|select |insert |at \w+ \(/);
  expect(page.headers.get("cache-control")).toBe("no-store");
}

async function withoutTable<T>(table: string, work: () => Promise<T>): Promise<T> {
  await pool.query(`alter table ${table} rename to ${table}_away`);
  try {
    return await work();
  } finally {
    await pool.query(`alter table ${table}_away rename to ${table}`);
  }
}

describe("addresses that do not exist", () => {
  test.each([
    ["/de/nirgendwo", "ar", "de"],
    ["/ar/nirgendwo", "de-DE", "ar"],
    ["/de/potsdam/W-99z", "de", "de"],
    ["/de/potsdam/W-99z/name", "de", "de"],
    ["/uk/potsdam/triage/gibtesnicht", "de", "uk"],
    ["/de/potsdam/W-18g/gibtesnicht", "de", "de"],
    ["/de/potsdam/W-18g/nogroup/abc/relative", "de", "de"],
    ["/de/visualisation/W-99z", "de", "de"],
    ["/xx/potsdam", "ru,de;q=0.5", "ru"],
    ["/xx", "tlh", "de"],
    ["/de/a/b/c/d/e/f/g", "de", "de"],
    ["/de/potsdam/..%2f..%2fetc/passwd", "de", "de"],
  ])("%s says so to a reader of %s in %s", async (path, accepted, language) => {
    const page = await plainBrowser(stack.url, accepted).open(path);
    expectFriendly(page, 404);
    const html = page.document.querySelector("html");
    expect(html?.getAttribute("lang")).toBe(language);
    expect(html?.getAttribute("dir")).toBe(language === "ar" ? "rtl" : "ltr");
  });

  test("a step ahead of the path leads to the first open one", async () => {
    const { browser, page } = await p1At("passport");
    for (const ahead of ["review", "evidence", "family", "contact"]) {
      expect((await browser.open(`${HOME}/W-18g/${ahead}`)).url.pathname).toBe(page.url.pathname);
    }
    const item = await browser.open(`${HOME}/W-18g/family/abc/relativeAbroad`);
    expect(item.url.pathname).toBe(page.url.pathname);
  });
});

describe("answers that are not valid", () => {
  test("come back with 422, coded errors that link to their fields, and everything that was typed", async () => {
    const { browser, page } = await p1At("name");
    const values = { familyName: ["Мустеркар"], givenNames: ["Anika <b>"], doctorate: ["x".repeat(50)] };
    const refused = await browser.submit(page, { values });
    expect(refused.status).toBe(422);
    expect(titleOf(refused)).toMatch(/^Fehler: /);
    const errors = errorsOf(refused);
    expect(errors).toHaveLength(3);
    for (const { text, target } of errors) {
      expect(text.length).toBeGreaterThan(10);
      expect(refused.document.querySelectorAll(target)).toHaveLength(1);
    }
    expect(refused.document.querySelectorAll("#errors[autofocus][tabindex='-1']")).toHaveLength(1);
    expect(valuesOf(refused)).toMatchObject(values);
    expect(refused.document.querySelector("main b")?.textContent ?? "").not.toBe("</b>");
  });

  test("are there again with their errors after leaving, in another browser too", async () => {
    const { browser, page } = await p1At("birth");
    await browser.submit(page, {
      values: { placeOfBirth: ["Пуна"], "dateOfBirth.day": ["31"], "dateOfBirth.month": ["2"] },
    });
    await browser.open("/de/privacy");
    const again = await browser.open(page.url.href);
    expect(titleOf(again)).toMatch(/^Fehler: /);
    expect(errorsOf(again).length).toBeGreaterThan(2);
    const typed = { placeOfBirth: ["Пуна"], "dateOfBirth.day": ["31"], "dateOfBirth.month": ["2"] };
    expect(valuesOf(again)).toMatchObject(typed);

    const other = plainBrowser(stack.url);
    const resumed = await other.submit(await other.open("/de/resume"), { values: { code: [await codeFrom(browser)] } });
    expect(resumed.url.pathname).toBe(page.url.pathname);
    expect(valuesOf(resumed)).toMatchObject(typed);
  });

  test("on the very first page are kept too, before there is a draft", async () => {
    const browser = plainBrowser(stack.url);
    const first = await browser.open(`${HOME}/triage/place`);
    const refused = await browser.submit(first, { values: { postalCode: ["1446"], place: ["Potsdam"] } });
    expect(refused.status).toBe(422);
    expect(titleOf(refused)).toMatch(/^Fehler: /);
    expect(valuesOf(refused)).toMatchObject({ postalCode: ["1446"], place: ["Potsdam"] });
    expect(browser.cookies.has("access")).toBe(false);
  });

  test("of an entry, of a declaration and of missing evidence are refused the same way", async () => {
    const { browser, page } = await p1At("family");
    const added = await browser.submit(page, { press: ["add", "yes"] });
    const item = await browser.submit(added, { values: { relativeFamilyName: ["Musterkar"] } });
    expect([item.status, titleOf(item).slice(0, 7)]).toEqual([422, "Fehler:"]);
    expect(valuesOf(item)["relativeFamilyName"]).toEqual(["Musterkar"]);

    const list = await browser.open(`${HOME}/W-18g/family`);
    const evidence = await walkOn(browser, p1, await browser.submit(list), (path) => path.endsWith("/evidence"));
    const missing = await browser.submit(evidence);
    expect([missing.status, titleOf(missing).slice(0, 7)]).toEqual([422, "Fehler:"]);
    expect(errorsOf(missing)).toHaveLength(8);

    const review = await browser.submit(missing, evidenceOf(missing, p1));
    const undeclared = await browser.submit(review);
    expect([undeclared.status, titleOf(undeclared).slice(0, 7)]).toEqual([422, "Fehler:"]);
    expect(errorsOf(undeclared)).toHaveLength(2);
  });
});

describe("one person in two places", () => {
  test("a second tab sees both values and its next save counts", async () => {
    const { browser, page: tabA } = await p1At("name");
    const tabB = await browser.open(tabA.url.href);
    const filled = fillingOf(tabA, p1.answers);
    await browser.submit(tabA, { values: { ...filled, familyName: ["ERSTENFELS"] } });
    const conflict = await browser.submit(tabB, { values: { ...filled, familyName: ["ZWEITENFELS"] } });
    expect(conflict.status).toBe(409);
    expect(textOf(conflict)).toContain("ERSTENFELS");
    expect(valuesOf(conflict)["familyName"]).toEqual(["ZWEITENFELS"]);
    const saved = await browser.submit(conflict);
    expect(saved.status).toBe(200);
    expect(valuesOf(await browser.open(tabA.url.href))["familyName"]).toEqual(["ZWEITENFELS"]);
  });

  test("a save in one tab does not undo that of another page in a second one", async () => {
    const { browser, page } = await p1At("appearance");
    const other = await browser.open(`${HOME}/W-18g/birth`);
    await browser.submit(page, { values: { heightCm: ["171"], eyeColour: ["green"] } });
    await browser.submit(other, { values: { placeOfBirth: ["Mumbai"] } });
    expect(valuesOf(await browser.open(page.url.href))).toMatchObject({ heightCm: ["171"], eyeColour: ["green"] });
    expect(valuesOf(await browser.open(other.url.href))["placeOfBirth"]).toEqual(["Mumbai"]);
  });

  test("the language switch keeps the page and what was saved", async () => {
    const { browser } = await p1At("birth");
    const page = await browser.open(`${HOME}/W-18g/name`);
    const link = page.document.querySelector('header a[hreflang="ar"]')?.getAttribute("href") ?? "";
    expect(link).toBe("/ar/potsdam/W-18g/name");
    const arabic = await browser.open(link);
    expect(arabic.document.querySelector("html")?.getAttribute("dir")).toBe("rtl");
    expect(valuesOf(arabic)["familyName"]).toEqual(["MUSTERKAR"]);
  });
});

describe("a draft of another version", () => {
  async function withContent(browser: PlainBrowser, change: (content: DraftContent) => Partial<DraftContent>) {
    const holder = await holderIn(browser);
    const now = new Date();
    const time = { now, expiresAt: new Date(now.getTime() + 86_400_000) };
    await changeDraft(db, holder, time, ({ content }) => ({ ...content, ...change(content) }));
    return holder;
  }

  test("opens: unknown answers are dropped, invalid ones asked again, the others stay", async () => {
    const { browser } = await p1At("review");
    const holder = await withContent(browser, ({ answers }) => ({
      service: "W-18g",
      version: "0.0.1",
      answers: { ...answers, sex: "neverAnOption", formerField: "Altfeldwert", eyeColour: 7 },
    }));
    const asked = await browser.open(`${HOME}/W-18g`);
    expect(asked.url.pathname).toBe(`${HOME}/W-18g/birth`);
    expect(asked.status).toBe(200);
    expect(valuesOf(asked)["placeOfBirth"]).toEqual(["Pune"]);
    expect(valuesOf(asked)["sex"]).toBeUndefined();
    const review = await walkOn(browser, p1, asked, (path) => path.endsWith("/review"));
    expect(textOf(review)).not.toContain("Altfeldwert");
    expect(textOf(review)).toContain("MUSTERKAR");
    const filed = await browser.submit(review, { values: fillingOf(review, p1.answers) });
    expect(filed.url.pathname).toBe(`${HOME}/receipt`);
    expect(await findDraft(db, holder, new Date())).toBeUndefined();
  });

  test("of another shape altogether opens empty instead of failing", async () => {
    const { browser } = await p1At("passport");
    await withContent(browser, () => ({
      service: "W-00x",
      version: "9",
      answers: { family: "no list", evidence: [1], nationalities: "IND", postalCode: 14467, place: null },
    }));
    const page = await browser.open(`${HOME}/W-18g/name`);
    expect(page.status).toBe(200);
    expect(page.url.pathname).toBe(`${HOME}/triage/place`);
  });
});

describe("files that cannot be taken", () => {
  const pdf = (inside: string) => Buffer.from(`%PDF-1.7\n${inside}\n%%EOF\n`);
  const refusals = [
    ["leer.pdf", Buffer.alloc(0), /leer/],
    ["zu-gross.pdf", Buffer.concat([pdf("x"), Buffer.alloc(10_000_001), pdf("x")]), /größer als 10\sMB/],
    ["passwort.pdf", pdf("trailer << /Encrypt 5 0 R >>"), /Passwort/],
    ["programm.pdf", Buffer.from("MZ\x90\x00 no document"), /kein PDF/],
    ["abgebrochen.pdf", Buffer.from("%PDF-1.7\nhalf a file"), /beschädigt/],
    ["seite.html", Buffer.from("<html><script>alert(1)</script>"), /kein PDF/],
  ] as const;

  test("are refused one by one with the reason, and the others stay", async () => {
    const { browser, page } = await p1At("evidence");
    const files = {
      "PASS.files": [personaFile("passport.pdf"), ...refusals.map(([name, bytes]) => ({ name, bytes }))],
      "CONTR.files": [personaFile("contract.pdf")],
    };
    const answered = await browser.submit(page, { files, press: ["then", "stay"] });
    expect(answered.status).toBe(422);
    expect(titleOf(answered)).toMatch(/^Fehler: /);
    for (const [name, , reason] of refusals) {
      const error = errorsOf(answered).find(({ text }) => text.includes(name));
      expect(error?.text, name).toMatch(reason);
      expect(answered.document.querySelectorAll(error?.target ?? "nothing"), name).toHaveLength(1);
    }
    const again = await browser.open(page.url.href);
    const kept = again.document.querySelectorAll(".ao-file bdi").map((name) => name.textContent);
    expect(kept).toEqual(["passport.pdf", "contract.pdf"]);
    expect((await pool.query("select 1 from blobs where owner = $1", [(await holderIn(browser)).id])).rowCount).toBe(2);
  });

  test("with an odd name lose only the name", async () => {
    const { browser, page } = await p1At("evidence");
    const bytes = pdf("fine");
    const names = [
      "../../etc/passwd.pdf",
      "C:\\Users\\x\\pass.pdf",
      "a\u202Efdp.exe.pdf",
      "صورة الجواز.pdf",
      `${"n".repeat(300)}.pdf`,
      '"><img src=x>.pdf',
    ];
    const files = { "PASS.files": names.map((name) => ({ name, bytes })) };
    const answered = await browser.submit(page, { files, press: ["then", "stay"] });
    expect(answered.status).toBe(200);
    const shown = answered.document.querySelectorAll(".ao-file bdi").map((name) => name.textContent);
    expect(shown).toHaveLength(names.length);
    for (const name of shown) expect(name).not.toMatch(/[/\\\u202a-\u202e]|.{120}/);
    expect(shown).toContain("صورة الجواز.pdf");
    expect(answered.document.querySelectorAll("main img[src=x]")).toHaveLength(0);
  });

  test("beyond 20 for one paper are refused, and removing one makes room", async () => {
    const { browser, page } = await p1At("evidence");
    const files = {
      "PASS.files": Array.from({ length: 21 }, (_, index) => ({ name: `${index}.pdf`, bytes: pdf(`${index}`) })),
    };
    const full = await browser.submit(page, { files, press: ["then", "stay"] });
    expect(full.status).toBe(422);
    expect(errorsOf(full)).toHaveLength(1);
    const [id = ""] = full.document
      .querySelectorAll("button[name=remove]")
      .map((button) => button.getAttribute("value"));
    const removed = await browser.submit(full, { press: ["remove", id] });
    expect(removed.document.querySelectorAll(".ao-file bdi")).toHaveLength(19);
  });
});

describe("forgeries", () => {
  test("a forged or damaged cookie counts as none and tells nothing", async () => {
    const { browser } = await p1At("passport");
    const own = browser.cookies.get("access") ?? "";
    const paths = [
      `${HOME}/W-18g/passport`,
      `${HOME}/save-code`,
      `${HOME}/receipt`,
      `${HOME}/access-sheet`,
      "/de/status",
      "/de/delete-data",
    ];
    const stranger = plainBrowser(stack.url);
    for (const forged of ["", "x", "AAAA".repeat(40), own.slice(0, -6), `${own.slice(0, -2)}AA`, own.toLowerCase()]) {
      for (const path of paths) {
        browser.cookies.set("access", forged);
        const [seen, nothing] = [await browser.open(path), await stranger.open(path)];
        expect([seen.status, seen.url.pathname, headingOf(seen)], path).toEqual([
          nothing.status,
          nothing.url.pathname,
          headingOf(nothing),
        ]);
      }
    }
  });

  test("a forged or missing form token is refused and saves nothing", async () => {
    const { browser, page } = await p1At("name");
    for (const csrf of [
      [""],
      ["forged"],
      [valuesOf(await plainBrowser(stack.url).open("/de/resume"))["csrf"]?.[0] ?? ""],
    ]) {
      expectFriendly(await browser.submit(page, { values: { ...fillingOf(page, p1.answers), csrf } }), 403);
    }
    expect(valuesOf(await browser.open(page.url.href))["familyName"]).toEqual([""]);
  });

  test("a forged token refuses files before they are read", async () => {
    const { browser, page } = await p1At("evidence");
    const filling = { values: { csrf: ["forged"] }, files: { "PASS.files": [personaFile("passport.pdf")] } };
    expectFriendly(await browser.submit(page, filling), 403);
    const again = await browser.open(page.url.href);
    expect(again.document.querySelectorAll(".ao-file")).toHaveLength(0);
  });

  test.each<Record<string, string>>([
    { origin: "https://example.org" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ])("a post from elsewhere (%o) is refused, whether or not there is a draft", async (headers) => {
    const { browser, page } = await p1At("name");
    const refused = await browser.submit(page, { values: fillingOf(page, p1.answers) }, headers);
    expectFriendly(refused, 403);
    expect(valuesOf(await browser.open(page.url.href))["familyName"]).toEqual([""]);
    const stranger = plainBrowser(stack.url);
    const same = await stranger.submit(await stranger.open("/de/resume"), { values: { code: ["x"] } }, headers);
    expect(textOf(same)).toBe(textOf(refused));
  });

  test("a code that never existed, one that was deleted and one of another kind are told the same", async () => {
    const { browser } = await p1At("passport");
    const code = await codeFrom(browser);
    await browser.submit(await browser.open("/de/delete-data"));
    const stranger = plainBrowser(stack.url);
    const ask = async (path: string, typed: string) =>
      stranger.submit(await stranger.open(path), { values: { code: [typed] } });
    const neverUsed = "0000-0000-0000-0000-0000-0000-000T";
    for (const path of ["/de/resume", "/de/status"]) {
      const deleted = await ask(path, code);
      expect(deleted.status).toBe(422);
      expect(titleOf(deleted)).toMatch(/^Fehler: /);
      const unknown = await ask(path, validCode(neverUsed));
      expect(errorsOf(unknown)).toEqual(errorsOf(deleted));
      for (const odd of ["", "abc", code.slice(0, -1), `${code.slice(0, -1)}%`, `${code}${code}`, "<script>"]) {
        expect((await ask(path, odd)).status, odd).toBe(422);
      }
    }
    expect(stranger.cookies.has("access")).toBe(false);
  });
});

/** The given code with the last character that makes its check right. */
function validCode(code: string): string {
  const candidates = [...Array(1024).keys()].map((number) => {
    const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    return `${code.slice(0, -2)}${digits[number >> 5]}${digits[number & 31]}`;
  });
  const found = candidates.find((candidate) => parseAccessCode(candidate).ok);
  if (!found) throw new Error("no valid code");
  return found;
}

describe("too much at once", () => {
  test("a body that announces more than the limit is refused before it is sent", async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { "content-type": "application/x-www-form-urlencoded", "content-length": 100 * 1024 * 1024 };
      const request = plainRequest(`${stack.url}/de/resume`, { method: "POST", headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.once("error", reject);
      request.flushHeaders();
    });
    expect(status).toBe(413);
  });

  test("a form that is too long is refused in words, and the draft stays", async () => {
    const { browser, page } = await p1At("name");
    const values = { ...fillingOf(page, p1.answers), familyName: ["A".repeat(600_000)] };
    expectFriendly(await browser.submit(page, { values }), 413);
    expect((await browser.open(page.url.href)).status).toBe(200);
  });

  test("a body without announced length is cut off at the limit too", async () => {
    const { browser, page } = await p1At("name");
    const chunk = Buffer.alloc(64 * 1024, "a=1&");
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += chunk.length;
        if (sent > 20 * 1024 * 1024) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const init = { method: "POST", headers, body, duplex: "half" } as RequestInit;
    const status = await browser.send(page.url.href, init).then(
      (response) => response.status,
      () => "connection closed",
    );
    expect([413, "connection closed"]).toContain(status);
    expect((await browser.open(page.url.href)).status).toBe(200);
  });
});

describe("submitting", () => {
  const filedFor = async (reference: string) =>
    (await pool.query("select id from cases where reference = $1", [reference])).rowCount;
  const referenceOn = (page: PlainPage) => page.document.querySelector(".ao-ref")?.textContent.trim() ?? "";

  test("twice at the same moment, again later, and reloading the receipt give one application", async () => {
    const { browser, page } = await p1At("review");
    const filling = { values: fillingOf(page, p1.answers) };
    const before = (await pool.query("select id from cases")).rowCount ?? 0;
    const both = await Promise.all([browser.submit(page, filling), browser.submit(page, filling)]);
    const later = await browser.submit(page, filling);
    const reloaded = await browser.open(`${HOME}/receipt`);
    const pages = [...both, later, reloaded];
    for (const shown of pages) expect([shown.status, shown.url.pathname]).toEqual([200, `${HOME}/receipt`]);
    expect(new Set(pages.map(referenceOn)).size).toBe(1);
    expect(await filedFor(referenceOn(reloaded))).toBe(1);
    expect((await pool.query("select id from cases")).rowCount).toBe(before + 1);
    expect((await pool.query("select id from outbox")).rowCount).toBe(before + 1);
  });

  test("while the database fails in the middle files nothing, and the next press files it", async () => {
    const { browser, page } = await p1At("review");
    const filling = { values: fillingOf(page, p1.answers) };
    const before = (await pool.query("select id from cases")).rowCount;
    const failed = await withoutTable("outbox", () => browser.submit(page, filling));
    expectFriendly(failed, 500);
    expect((await pool.query("select id from cases")).rowCount).toBe(before);
    const again = await browser.open(page.url.href);
    expect(again.status).toBe(200);
    const filed = await browser.submit(again, filling);
    expect(filed.url.pathname).toBe(`${HOME}/receipt`);
  });
});

describe("an error of ours", () => {
  test("says that it was us, in the language of the page, and what was saved is still there", async () => {
    const { browser, page } = await p1At("passport");
    const failed = await withoutTable("drafts", () => browser.open(page.url.href));
    expectFriendly(failed, 500);
    expect(headingOf(failed)).toBe("Da ist uns ein Fehler passiert");
    const posted = await withoutTable("drafts", () => browser.submit(page, { values: fillingOf(page, p1.answers) }));
    expectFriendly(posted, 500);
    expect((await browser.open(page.url.href)).status).toBe(200);
    expect(bodyOf(page, {}).get("csrf")).not.toBeNull();
  });
});
