import { PDFDocument } from "pdf-lib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatTicket, parseAccessCode } from "#app/store/access-code.ts";
import { p1, referenceOf } from "./support/applicant.ts";
import { dumpPostgres } from "./support/dump.ts";
import { beginHelp, claim, fillHelped, HAND_OVER, helpedPersona, resume, ticketFrom } from "./support/helping.ts";
import { startOpenStack, type OpenStack } from "./support/openStack.ts";
import { codeFrom, textOf } from "./support/pageChecks.ts";
import { searchFor } from "./support/plaintext.ts";
import { codeOf, errorsOf, plainBrowser, valuesOf, type PlainBrowser } from "./support/plainBrowser.ts";
import { fillingOf, walkOn, walkTo } from "./support/plainJourney.ts";
import { logInAs } from "./support/staffLogin.ts";
import { until } from "./support/until.ts";
import { PART, uploaderOf } from "./support/uploads.ts";

const MINUTES = 60_000;
const notFound =
  "Mit diesem Code geht es nicht weiter. Vielleicht ist er abgelaufen, schon benutzt oder anders geschrieben. Bitten Sie um einen neuen.";

let stack: OpenStack;
beforeAll(async () => {
  stack = await startOpenStack({ identity: true });
}, 4 * MINUTES);
afterAll(() => stack?.stop(), MINUTES);

/** Ends a helped sitting as the button of the bar does. */
const forget = (browser: PlainBrowser) => browser.send("/de/forget", { method: "POST", body: new URLSearchParams() });

const rows = async (query: string) => (await stack.pool.query<Record<string, unknown>>(query)).rows;

describe("a ticket", () => {
  test("that is wrong, over or used is told the same way", async () => {
    const [used, over] = [(await beginHelp(stack)).browser, (await beginHelp(stack)).browser];
    const [first, second] = [await ticketFrom(used), await ticketFrom(over)];
    expect((await claim(stack, first)).page.status).toBe(200);
    await stack.pool.query("update tickets set expires_at = now() - interval '1 second' where claimed_at is null");
    for (const ticket of [first, second, formatTicket(Buffer.alloc(5, 3))]) {
      const { page, browser } = await claim(stack, ticket);
      expect([page.status, errorsOf(page).map(({ text }) => text)]).toEqual([422, [notFound]]);
      expect(browser.cookies.has("access")).toBe(false);
    }
    expect((await over.open("/de/potsdam/save-code")).status).toBe(200);
    expect(errorsOf((await claim(stack, "7K4M")).page).map(({ text }) => text)).toEqual([
      "Geben Sie beide Gruppen ein.",
    ]);
  });

  test("that two claim at once serves one of them", async () => {
    const { browser } = await beginHelp(stack);
    const ticket = await ticketFrom(browser);
    const claims = await Promise.all([1, 2, 3, 4].map(() => claim(stack, ticket)));
    expect(claims.map(({ page }) => page.status).toSorted()).toEqual([200, 422, 422, 422]);
  });

  test("answers the browser that claimed with it again, pressed twice or with the answer lost, and no other", async () => {
    const { browser } = await beginHelp(stack);
    const ticket = await ticketFrom(browser);
    const phone = plainBrowser(stack.url);
    const form = await phone.open("/de/claim");
    const filling = { values: { code: [ticket] } };
    const [one, two] = await Promise.all([phone.submit(form, filling), phone.submit(form, filling)]);
    phone.cookies.delete("access");
    const three = await phone.submit(form, filling);
    expect([one, two, three].map(({ url }) => url.pathname)).toEqual(Array(3).fill("/de/potsdam/save-code"));
    expect(new Set([one, two, three].map(codeOf)).size).toBe(1);
    expect((await claim(stack, ticket)).page.status).toBe(422);
    await stack.pool.query("update tickets set expires_at = now() - interval '1 second'");
    expect((await phone.submit(form, filling)).status).toBe(422);
  });

  test("waits for what is being filed, without either breaking the other off", async () => {
    const { browser } = await beginHelp(stack);
    const ticket = await ticketFrom(browser);
    const client = await stack.pool.connect();
    try {
      // In the order of filing: the draft, then the row of the help.
      await client.query("begin");
      await client.query("select id from drafts for update");
      const claiming = claim(stack, ticket);
      await until(
        () => rows("select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"),
        (waiting) => waiting.length > 0,
      );
      await client.query("update helped set filed_at = filed_at");
      await client.query("commit");
      expect((await claiming).page.url.pathname).toBe("/de/potsdam/save-code");
    } finally {
      client.release(true);
    }
  });

  test("that a fault breaks in the middle leaves everything with the old code, and serves afterwards", async () => {
    const { browser } = await beginHelp(stack);
    const old = await codeFrom(browser);
    const ticket = await ticketFrom(browser);
    const broken = await stack.withoutTable("invitations", () => claim(stack, ticket));
    expect([broken.page.status, broken.browser.cookies.has("access")]).toEqual([500, false]);
    expect((await resume(stack, old)).status).toBe(200);
    expect((await claim(stack, ticket)).page.url.pathname).toBe("/de/potsdam/save-code");
    expect((await resume(stack, old)).status).toBe(422);
  });

  test("is for helped sittings alone", async () => {
    const stranger = plainBrowser(stack.url);
    expect((await stranger.open(HAND_OVER)).url.pathname).toBe("/de");
    const own = await walkOn(stranger, p1, await stranger.open("/de/potsdam/triage/place"), (path) =>
      path.endsWith("/save-code"),
    );
    expect(own.document.querySelector(".ao-helped")).toBeNull();
    expect((await stranger.open(HAND_OVER)).url.pathname).toBe("/de");
    expect(parseAccessCode(codeOf(own)).ok).toBe(true);
  });

  test("stands nowhere in the database, nor does the code that it holds", async () => {
    const { browser } = await beginHelp(stack);
    const code = await codeFrom(browser);
    const ticket = await ticketFrom(browser);
    const parsed = parseAccessCode(code);
    const secrets = [
      { name: "ticket", bytes: Buffer.from(ticket) },
      { name: "ticket without stroke", bytes: Buffer.from(ticket.replace("-", "")) },
      { name: "code", bytes: Buffer.from(code) },
      { name: "secret", bytes: Buffer.from(parsed.ok ? parsed.secret : []) },
    ];
    const { text } = await dumpPostgres(stack.databaseUrl);
    expect(text).toContain("public.tickets");
    expect(searchFor(secrets).inBytes(Buffer.from(text), "dump")).toEqual([]);
  });
});

describe("the browser of a helper", () => {
  test(
    "hands out no files but labels, and says where there are some",
    async () => {
      const { browser, page } = await fillHelped(stack, "review");
      for (const path of ["/de/potsdam/draft.pdf", "/de/potsdam/application.pdf"]) {
        const there = await browser.open(path);
        expect([there.url.pathname, textOf(there).includes("Hier werden keine Dateien gespeichert")]).toEqual([
          HAND_OVER,
          true,
        ]);
      }
      const receipt = await browser.submit(page, { values: fillingOf(page, helpedPersona.answers) });
      const reference = referenceOf(receipt);
      expect(receipt.document.querySelector('form[action$="/end-session"]')).toBeNull();
      const links = receipt.document.querySelectorAll("main a").map((link) => link.getAttribute("href") ?? "");
      expect(links.filter((href) => href.includes(".pdf"))).toEqual([
        "/de/potsdam/label.pdf",
        "/de/potsdam/label.pdf?sheet",
      ]);
      const [row] = await rows(`select id from helped where reference = '${reference}'`);
      const sizes = { "": [252, 102], "?sheet": [595, 842] };
      for (const [query, size] of Object.entries(sizes)) {
        const id = `${query === "" ? "?" : `${query}&`}id=${String(row?.["id"])}`;
        for (const path of [`/de/potsdam/label.pdf${query}`, `/helper/labels.pdf${id}`]) {
          const pdf = await PDFDocument.load(await (await browser.send(path)).arrayBuffer());
          const { width, height } = pdf.getPage(0).getSize();
          expect([path, pdf.getPageCount(), Math.round(width), Math.round(height)]).toEqual([path, 1, ...size]);
        }
      }
      expect((await browser.send("/helper/labels.pdf?id=0")).status).toBe(404);
    },
    4 * MINUTES,
  );

  test("says which files have not arrived whole before it hands over", async () => {
    const { browser, page } = await fillHelped(stack, "evidence");
    expect(textOf(await browser.open(HAND_OVER))).not.toContain("noch nicht ganz angekommen");
    await uploaderOf(browser, page).begin(2 * PART);
    const there = textOf(await browser.open(HAND_OVER));
    expect(there).toContain("Dateien sind noch nicht ganz angekommen");
    expect(there).toContain("pass.pdf");
  });

  test("forgets somebody who came with a code of their own, and saves no file of theirs", async () => {
    const own = await walkTo(stack.url, p1, "save-code");
    const { browser } = await logInAs(stack, "helper", "/helper");
    const values = { code: [codeOf(own.page)] };
    const there = await browser.submit(await browser.open("/de/resume"), { values });
    expect(there.document.querySelector(".ao-helped form")?.getAttribute("action")).toBe("/de/forget");
    // What was not begun here is not handed over from here either.
    expect(there.document.querySelector(".ao-helped a")).toBeNull();
    const draft = await browser.open("/de/potsdam/draft.pdf");
    expect([draft.url.pathname, textOf(draft).includes("Hier werden keine Dateien gespeichert")]).toEqual([
      HAND_OVER,
      true,
    ]);
    expect(draft.document.querySelector('main form[method="post"]')).toBeNull();
    expect((await browser.open(HAND_OVER)).url.pathname).toBe("/de");
    expect(textOf(await browser.open("/helper"))).toContain("noch der Antrag einer Person geöffnet");
    expect((await forget(browser)).headers.get("clear-site-data")).toBe('"cache", "storage"');
    expect(browser.cookies.has("access")).toBe(false);
    expect(textOf(await browser.open("/helper"))).not.toContain("noch der Antrag einer Person geöffnet");
    // On their own device nothing of this is there.
    expect((await own.browser.open("/de/potsdam/save-code")).document.querySelector(".ao-helped")).toBeNull();
  });

  test("forgets the person as well when the helper logs out", async () => {
    const { browser } = await beginHelp(stack);
    const form = await browser.open("/staff/logout");
    const body = new URLSearchParams({ csrf: valuesOf(form)["csrf"]?.[0] ?? "" });
    const out = await browser.send("/staff/logout", { method: "POST", body });
    expect([out.status, out.headers.get("clear-site-data")]).toEqual([302, '"cache", "storage"']);
    expect(["staff", "access", "visit"].filter((name) => browser.cookies.has(name))).toEqual([]);
  });

  test("hands over and forgets also when the login ended in the middle of the sitting", async () => {
    const { browser } = await beginHelp(stack);
    browser.cookies.delete("staff");
    const { page } = await claim(stack, await ticketFrom(browser));
    expect(page.url.pathname).toBe("/de/potsdam/save-code");
    expect(textOf(await browser.open(HAND_OVER))).toContain("Der Antrag gehört jetzt nur noch der Person.");
    expect((await forget(browser)).headers.get("location")).toBe("/helper?forgotten");
    // By way of the login service, which still knows the helper.
    const today = await browser.open("/helper?forgotten");
    expect([browser.cookies.has("staff"), textOf(today).includes("Dieser Browser hat alles vergessen")]).toEqual([
      true,
      true,
    ]);
  });

  test("forgets the person and keeps the login", async () => {
    const { browser, page } = await fillHelped(stack, "name");
    const { cookies } = browser;
    expect([page.headers.get("cache-control"), cookies.has("access")]).toEqual(["no-store", true]);
    const visit = cookies.get("visit");
    const done = await forget(browser);
    expect([done.status, done.headers.get("location"), done.headers.get("clear-site-data")]).toEqual([
      302,
      "/helper?forgotten",
      '"cache", "storage"',
    ]);
    expect(done.headers.getSetCookie().map((line) => line.split(";").slice(0, 2).join(";"))).toEqual([
      "access=; Max-Age=0",
      "visit=; Max-Age=0",
    ]);
    const today = await browser.open("/helper?forgotten");
    expect(textOf(today)).toContain("Dieser Browser hat alles vergessen");
    expect([cookies.has("access"), cookies.has("staff"), cookies.get("visit") === visit]).toEqual([false, true, false]);
    const back = await browser.open(page.url.pathname);
    expect([back.url.pathname, back.document.querySelector(".ao-helped")]).toEqual(["/de/potsdam/triage/place", null]);
    // The next press of a page that stayed open does no harm.
    expect((await forget(browser)).status).toBe(302);
  });
});
