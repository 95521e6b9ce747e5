import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import routes from "#app/routes.ts";
import { readPersona } from "#tests/support/persona.ts";
import { codeOf, plainBrowser, type PlainBrowser } from "#tests/support/plainBrowser.ts";
import { fillingOf, walkTo } from "#tests/support/plainJourney.ts";
import { FRONT, PAGES, START } from "#tests/support/routeTable.ts";
import { startStack, type Stack } from "#tests/support/service.ts";

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

  test.each(all.filter(({ strangerTo, who }) => strangerTo && who !== "staff"))(
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

  test.each(isFor("draft"))("$at opens for the holder of a draft", async ({ at, holderTo = at }) => {
    const page = await drafting.open(at);
    expect([page.status, page.url.pathname.startsWith(holderTo)]).toEqual([200, true]);
  });

  test.each(isFor("case"))("$at opens for the holder of a case", async ({ at, holderTo = at }) => {
    const page = await filed.open(at);
    expect([page.status, page.url.pathname]).toEqual([200, holderTo]);
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

test.each(Object.values(PAGES).filter(({ who, at }) => who === "staff" || who === "login" || at.startsWith("/staff/")))(
  "$at does not exist where staff do not log in",
  async ({ at }) => {
    expect((await stranger().open(at)).status).toBe(404);
    const body = new URLSearchParams({ csrf: "x" });
    expect([404, 405]).toContain((await stranger().send(at, { method: "POST", body })).status);
  },
);
