import { request as plainRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseAccessCode } from "#app/store/access-code.ts";
import { startOpenStack, type OpenStack } from "#tests/support/openStack.ts";
import { codeFrom, expectFriendly, headingOf, holderIn, textOf } from "#tests/support/pageChecks.ts";
import { personaFile, readPersona } from "#tests/support/persona.ts";
import { errorsOf, plainBrowser, titleOf, valuesOf, type PlainPage } from "#tests/support/plainBrowser.ts";
import { fillingOf, walkTo } from "#tests/support/plainJourney.ts";

const HOME = "/de/potsdam";
const p1 = readPersona("p1", "de");

let stack: OpenStack;

beforeAll(async () => {
  stack = await startOpenStack();
}, 180_000);

afterAll(async () => {
  await stack?.stop();
}, 60_000);

/** P1 before a page of the wizard, everything before it filled in. */
const p1At = (step: string) => walkTo(stack.url, p1, step);

const pdf = (inside: string) => Buffer.from(`%PDF-1.7\n${inside}\n%%EOF\n`);

describe("files that cannot be taken", () => {
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
    expect(
      (await stack.pool.query("select 1 from blobs where owner = $1", [(await holderIn(browser)).id])).rowCount,
    ).toBe(2);
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

  test("a code with an endless row of marks is refused like any other, and only some of them are read", async () => {
    const stranger = plainBrowser(stack.url);
    const code = [`a${"\u0300\u0323".repeat(30_000)}`];
    const refused = await stranger.submit(await stranger.open("/de/resume"), { values: { code } });
    expect(refused.status).toBe(422);
    expect(valuesOf(refused)["code"]?.[0]?.length).toBeLessThan(100);
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

const filedFor = async (reference: string) =>
  (await stack.pool.query("select id from cases where reference = $1", [reference])).rowCount;
const referenceOn = (page: PlainPage) => page.document.querySelector(".ao-ref")?.textContent.trim() ?? "";

describe("submitting", () => {
  test("twice at the same moment, again later, and reloading the receipt give one application", async () => {
    const { browser, page } = await p1At("review");
    const filling = { values: fillingOf(page, p1.answers) };
    const before = (await stack.pool.query("select id from cases")).rowCount ?? 0;
    const both = await Promise.all([browser.submit(page, filling), browser.submit(page, filling)]);
    const later = await browser.submit(page, filling);
    const reloaded = await browser.open(`${HOME}/receipt`);
    const pages = [...both, later, reloaded];
    for (const shown of pages) expect([shown.status, shown.url.pathname]).toEqual([200, `${HOME}/receipt`]);
    expect(new Set(pages.map(referenceOn)).size).toBe(1);
    expect(await filedFor(referenceOn(reloaded))).toBe(1);
    expect((await stack.pool.query("select id from cases")).rowCount).toBe(before + 1);
    expect((await stack.pool.query("select id from outbox")).rowCount).toBe(before + 1);
  });

  test("while the database fails in the middle files nothing, and the next press files it", async () => {
    const { browser, page } = await p1At("review");
    const filling = { values: fillingOf(page, p1.answers) };
    const before = (await stack.pool.query("select id from cases")).rowCount;
    const failed = await stack.withoutTable("outbox", () => browser.submit(page, filling));
    expectFriendly(failed, 500);
    expect((await stack.pool.query("select id from cases")).rowCount).toBe(before);
    const again = await browser.open(page.url.href);
    expect(again.status).toBe(200);
    const filed = await browser.submit(again, filling);
    expect(filed.url.pathname).toBe(`${HOME}/receipt`);
  });
});

describe("an error of ours", () => {
  test("says that it was us, in the language of the page, and what was saved is still there", async () => {
    const { browser, page } = await p1At("passport");
    const failed = await stack.withoutTable("drafts", () => browser.open(page.url.href));
    expectFriendly(failed, 500);
    expect(headingOf(failed)).toBe("Da ist uns ein Fehler passiert");
    const posted = await stack.withoutTable("drafts", () =>
      browser.submit(page, { values: fillingOf(page, p1.answers) }),
    );
    expectFriendly(posted, 500);
    expect((await browser.open(page.url.href)).status).toBe(200);
  });
});
