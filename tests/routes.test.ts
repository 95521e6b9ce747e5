import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { LoaderFunctionArgs } from "@remix-run/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import routes from "#app/routes.ts";
import { action as operatorAction, loader as operatorLoader } from "#app/routes/operator.tsx";
import { readPersona } from "#tests/support/persona.ts";
import { codeOf, plainBrowser, type PlainBrowser } from "#tests/support/plainBrowser.ts";
import { fillingOf, walkTo } from "#tests/support/plainJourney.ts";
import { startStack, type Stack } from "#tests/support/service.ts";

/** Who may see an address. A holder has typed in an access code, or has got one here; `demo` is closed in production. */
type Who = "anyone" | "holder of a draft" | "holder of a case" | "holder of either" | "holder's script" | "demo";
/** An address to try, and where it leads a person without a code. */
type Row = { who: Who; at: string; strangerTo?: string };

const anyone = (at: string): Row => ({ who: "anyone", at });
const START = "/de/potsdam/triage/place";

const PAGES: Readonly<Record<string, Row>> = {
  "/": { ...anyone("/"), strangerTo: "/de" },
  status: { ...anyone("/status"), strangerTo: "/de/status" },
  resume: { ...anyone("/resume"), strangerTo: "/de/resume" },
  verify: { ...anyone("/verify"), strangerTo: "/de/verify" },
  forbidden: { ...anyone("/forbidden"), strangerTo: "/de/forbidden" },
  operator: { who: "demo", at: "/operator" },
  ":lng": anyone("/de"),
  // The form is for anyone, the status behind it for the holder of a case: see the test of its own.
  ":lng/status": anyone("/de/status"),
  ":lng/resume": anyone("/de/resume"),
  ":lng/verify": anyone("/de/verify"),
  ":lng/lost-code": anyone("/de/lost-code"),
  ":lng/session-ended": anyone("/de/session-ended"),
  ":lng/end-session": { ...anyone("/de/end-session"), strangerTo: "/de" },
  ":lng/session": { ...anyone("/de/session"), strangerTo: "/de" },
  ":lng/supplement": { ...anyone("/de/supplement"), strangerTo: "/de/status" },
  ":lng/forbidden": anyone("/de/forbidden"),
  ":lng/delete-data": anyone("/de/delete-data"),
  ":lng/imprint": anyone("/de/imprint"),
  ":lng/privacy": anyone("/de/privacy"),
  ":lng/accessibility": anyone("/de/accessibility"),
  ":lng/visualisation/:service": anyone("/de/visualisation/W-18g"),
  ":lng/:authority": anyone("/de/potsdam"),
  ":lng/:authority/privacy": anyone("/de/potsdam/privacy"),
  ":lng/:authority/save-code": { who: "holder of a draft", at: "/de/potsdam/save-code", strangerTo: START },
  ":lng/:authority/not-responsible": anyone("/de/potsdam/not-responsible"),
  ":lng/:authority/receipt": { who: "holder of a case", at: "/de/potsdam/receipt", strangerTo: "/de/status" },
  ":lng/:authority/access-sheet": { who: "holder of either", at: "/de/potsdam/access-sheet", strangerTo: "/de/resume" },
  ":lng/:authority/application": { who: "holder of a case", at: "/de/potsdam/application", strangerTo: "/de/status" },
  ":lng/:authority/application.pdf": {
    who: "holder of a case",
    at: "/de/potsdam/application.pdf",
    strangerTo: "/de/status",
  },
  ":lng/:authority/uploads": { who: "holder's script", at: "/de/potsdam/uploads" },
  ":lng/:authority/uploads/:id": { who: "holder's script", at: "/de/potsdam/uploads/abc" },
  ":lng/:authority/uploads/:id/complete": { who: "holder's script", at: "/de/potsdam/uploads/abc/complete" },
  ":lng/:authority/uploads/:id/:part": { who: "holder's script", at: "/de/potsdam/uploads/abc/0" },
  ":lng/:authority/:service": { who: "holder of a draft", at: "/de/potsdam/W-18g", strangerTo: START },
  // Its very first page is for anyone, because there is no draft yet: see the test of its own.
  ":lng/:authority/:service/:step": { who: "holder of a draft", at: "/de/potsdam/W-18g/name", strangerTo: START },
  ":lng/:authority/:service/:group/:item/:step": {
    who: "holder of a draft",
    at: "/de/potsdam/W-18g/family/abc/relative",
    strangerTo: START,
  },
  "*": anyone("/no/such/page/at/all"),
};

/** Addresses that are answered before the pages, in `app/http.server.ts`. */
const FRONT: Readonly<Record<string, Row>> = {
  "/health/live": anyone("/health/live"),
  "/health": anyone("/health"),
  "/.well-known/receipt-keys.json": anyone("/.well-known/receipt-keys.json"),
  "/brand/:file{.+\\.css}": anyone("/brand/potsdam.css"),
  "/assets/*": anyone("/assets/no-such-file.js"),
  "/fonts/*": anyone("/fonts/no-such-file.woff2"),
  "/schemas/*": anyone("/schemas/no-such-file.json"),
  "/favicon.ico": anyone("/favicon.ico"),
  "/favicon.svg": anyone("/favicon.svg"),
  "/robots.txt": anyone("/robots.txt"),
  "*": anyone("/de"),
};

const all = [...Object.values(PAGES), ...Object.values(FRONT)];
const personal = Object.values(PAGES).filter(({ who }) => who.startsWith("holder"));
const isFor = (whose: "draft" | "case") =>
  personal.filter(({ who }) => who === `holder of a ${whose}` || who === "holder of either");

let stack: Stack;
const stranger = () => plainBrowser(stack.url);
/** P1 with the form of a filled page, and a second P1 who has filed. */
let drafting: PlainBrowser;
let filed: PlainBrowser;
let secrets: { code: string; reference: string };

beforeAll(async () => {
  stack = await startStack();
  const p1 = readPersona("p1", "de");
  const draft = await walkTo(stack.url, p1, "evidence");
  drafting = draft.browser;
  const code = codeOf(await drafting.open("/de/potsdam/save-code"));
  const review = await walkTo(stack.url, p1, "review");
  filed = review.browser;
  const receipt = await filed.submit(review.page, { values: fillingOf(review.page, p1.answers) });
  secrets = { code, reference: receipt.document.querySelector(".ao-ref")?.textContent.trim() ?? "" };
}, 180_000);

afterAll(async () => {
  await stack?.stop();
}, 60_000);

/** Texts that only the holder may see, in the forms in which pages and their data carry them. */
function expectNothingPersonal(text: string): void {
  const [first = ""] = secrets.code.split("-");
  expect(secrets.reference).toMatch(/^\w{4}-\w{4}-\w{4}$/);
  for (const secret of ["MUSTERKAR", "passport.pdf", secrets.code, `"${first}"`, secrets.reference])
    expect(text).not.toContain(secret);
}

describe("the table", () => {
  test("has a row for every page, and no other", () => {
    const paths = routes.map((route) => route.path ?? "/");
    expect(new Set(Object.keys(PAGES))).toEqual(new Set(paths));
  });

  test("has a row for every address in front of the pages, and no other", () => {
    const source = readFileSync(fileURLToPath(new URL("../app/http.server.ts", import.meta.url)), "utf8");
    const direct = [...source.matchAll(/\bhttp\.(?:get|post|put|delete|all|on|use|route|mount)\(\s*"([^"]+)"/g)].map(
      ([, path]) => path,
    );
    const lists = [...source.matchAll(/for \(const path of \[([^\]]+)\]\)\s*http\./g)].map(([, list = ""]) => list);
    const listed = lists.flatMap((list) => [...list.matchAll(/"([^"]+)"/g)].map(([, path]) => path));
    const inSource = [...direct, ...listed].map((path = "") => path.replaceAll("\\\\", "\\"));
    expect(new Set(Object.keys(FRONT))).toEqual(new Set(inSource));
  });
});

describe("every address", () => {
  test.each(all)("$at carries the security headers", async ({ at }) => {
    const { headers } = await stranger().send(at);
    const policy = headers.get("content-security-policy") ?? "";
    for (const rule of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"])
      expect(policy).toContain(rule);
    expect(policy).not.toMatch(/unsafe-|\*|https?:/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("permissions-policy")).toContain("camera=()");
    expect(headers.get("x-powered-by")).toBeNull();
  });

  test("uses a new nonce for each answer", async () => {
    const nonces = await Promise.all(
      [1, 2, 3].map(async () => (await stranger().open("/de")).headers.get("content-security-policy")),
    );
    expect(new Set(nonces).size).toBe(3);
  });

  test.each(Object.values(PAGES))("$at is never stored by browsers or proxies", async ({ at }) => {
    for (const who of [stranger(), drafting, filed]) {
      expect((await who.send(at)).headers.get("cache-control")).toBe("no-store");
    }
  });

  test.each(all.filter(({ strangerTo, who }) => who === "anyone" && !strangerTo))(
    "$at answers anyone, without a session and without an error of ours",
    async ({ at }) => {
      const browser = stranger();
      const response = await browser.send(at);
      expect([200, 403, 404]).toContain(response.status);
      expect(browser.cookies.has("access")).toBe(false);
      expectNothingPersonal(await response.text());
    },
  );

  test.each(all.filter(({ strangerTo }) => strangerTo))(
    "$at leads a stranger to $strangerTo and tells nothing",
    async ({ at, strangerTo }) => {
      const response = await stranger().send(at);
      expect([302, 303]).toContain(response.status);
      expect(await response.text()).toBe("");
      const { url } = await stranger().open(at);
      expect(url.pathname).toBe(strangerTo);
    },
  );
});

describe("pages of a person", () => {
  test.each(personal)("$at has no data for a stranger, asked as a script asks either", async ({ at }) => {
    const browser = stranger();
    const response = await browser.send(`${at}.data`);
    expectNothingPersonal(await response.text());
    expect(browser.cookies.has("access")).toBe(false);
  });

  test.each(personal)("$at refuses a post of a stranger", async ({ at }) => {
    const body = new URLSearchParams({ csrf: "x", familyName: "FREMD" });
    const response = await stranger().send(at, { method: "POST", body });
    expect(response.status).toBeGreaterThan(299);
    expect(response.status).toBeLessThan(500);
    expectNothingPersonal(await response.text());
  });

  test.each(personal.filter(({ who }) => who === "holder's script"))(
    "$at tells the script of a stranger, or of somebody who has filed, no and nothing more",
    async ({ at }) => {
      for (const who of [stranger(), filed]) {
        const response = await who.send(at);
        expect([response.status, await response.text()]).toEqual([403, ""]);
      }
    },
  );

  test.each(isFor("draft"))("$at opens for the holder of a draft", async ({ at }) => {
    const page = await drafting.open(at);
    expect([page.status, page.url.pathname.startsWith(at)]).toEqual([200, true]);
  });

  test.each(isFor("case"))("$at opens for the holder of a case", async ({ at }) => {
    const page = await filed.open(at);
    expect([page.status, page.url.pathname]).toEqual([200, at]);
  });

  test("of a draft lead the holder of a case to the receipt, those of a case the holder of a draft to the draft", async () => {
    for (const { at, who } of isFor("draft")) {
      if (who !== "holder of either")
        expect((await filed.open(at)).url.pathname, at).toMatch(/\/(receipt|triage\/place)$/);
    }
    for (const { at, who } of isFor("case")) {
      if (who !== "holder of either")
        expect((await drafting.open(at)).url.pathname, at).toContain("/de/potsdam/triage/");
    }
  });

  test("show the holder what they hide from everybody else", async () => {
    expect((await drafting.open("/de/potsdam/W-18g/name")).text).toContain("MUSTERKAR");
    expect((await drafting.open("/de/potsdam/save-code")).text).toContain(secrets.code.slice(0, 4));
    expect((await filed.open("/de/potsdam/receipt")).text).toContain(secrets.reference);
    expect((await filed.open("/de/potsdam/access-sheet")).text).toContain(secrets.reference);
  });

  test("the first question is for anyone, and the status only behind its form", async () => {
    expect((await stranger().open(START)).status).toBe(200);
    expect((await filed.open("/de/status")).text).toContain(secrets.reference);
    expectNothingPersonal((await stranger().open("/de/status")).text);
    expectNothingPersonal((await drafting.open("/de/status")).text.replaceAll(secrets.code, ""));
  });
});

describe("pages of the demo", () => {
  const context = { app: { env: { mode: "production" } } };
  const args = {
    request: new Request("http://127.0.0.1/operator"),
    params: {},
    context,
  } as unknown as LoaderFunctionArgs;

  test("are open in the demo and do not exist in production", async () => {
    expect((await stranger().open("/operator")).status).toBe(200);
    await expect(operatorLoader(args)).rejects.toMatchObject({ init: { status: 404 } });
    await expect(operatorAction(args)).rejects.toMatchObject({ init: { status: 404 } });
  });
});
