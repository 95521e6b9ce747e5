import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changeDraft, findDraft, type DraftContent } from "#app/store/drafts.server.ts";
import { startOpenStack, type OpenStack } from "#tests/support/openStack.ts";
import { codeFrom, expectFriendly, holderIn, textOf } from "#tests/support/pageChecks.ts";
import { readPersona } from "#tests/support/persona.ts";
import { errorsOf, plainBrowser, titleOf, valuesOf, type PlainBrowser } from "#tests/support/plainBrowser.ts";
import { evidenceOf, fillingOf, walkOn, walkTo } from "#tests/support/plainJourney.ts";

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
    // Cyrillic letters, signs that no name has, a doctorate that is too long, and the question that was left open.
    expect(errors).toHaveLength(4);
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

/** Makes the draft of a browser what another version of the service could have left. */
async function withContent(browser: PlainBrowser, change: (content: DraftContent) => Partial<DraftContent>) {
  const holder = await holderIn(browser);
  const now = new Date();
  const time = { now, expiresAt: new Date(now.getTime() + 86_400_000) };
  await changeDraft(stack.db, holder, time, ({ content }) => ({ ...content, ...change(content) }));
  return holder;
}

describe("a draft of another version", () => {
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
    expect(await findDraft(stack.db, holder, new Date())).toBeUndefined();
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
