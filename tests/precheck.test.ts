import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plainBrowser, type PlainBrowser, type PlainPage } from "./support/plainBrowser.ts";
import { startStack, type Stack } from "./support/service.ts";

const MINUTES = 60_000;
const FIRST = "/de/potsdam/triage/place";
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ clock: "2026-11-21" });
}, 2 * MINUTES);
afterAll(() => stack?.stop());

const heading = ({ document }: PlainPage) => document.querySelector("h1")?.text.trim();
const said = ({ document }: PlainPage) => document.querySelector("main")?.text.replaceAll("\u00a0", " ") ?? "";
const one = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]));

/** Types a place and goes on. */
async function at(postalCode: string, place: string): Promise<{ browser: PlainBrowser; page: PlainPage }> {
  const browser = plainBrowser(stack.url);
  const page = await browser.submit(await browser.open(FIRST), { values: one({ postalCode, place }) });
  return { browser, page };
}

/** Answers the pages that follow, one set of values each. */
async function answer(browser: PlainBrowser, first: PlainPage, ...pages: Record<string, string>[]): Promise<PlainPage> {
  let page = first;
  for (const values of pages) page = await browser.submit(page, { values: one(values) });
  return page;
}

describe("a postal code of several districts", () => {
  test("asks which of its places is meant, and goes on here or to the authority of the chosen one", async () => {
    const { browser, page } = await at("14476", "Irgendwo");
    expect(page.url.pathname).toBe("/de/potsdam/which-place");
    expect(page.text).toContain("Golm (Potsdam)");
    const refused = await browser.submit(page);
    expect(refused.status).toBe(422);
    const here = await browser.submit(refused, { values: one({ place: "Golm" }) });
    expect(here.url.pathname).toBe("/de/potsdam/triage/applicant");
    const other = await at("14476", "Irgendwo");
    const elsewhere = await other.browser.submit(other.page, { values: one({ place: "Töplitz" }) });
    expect(elsewhere.url.pathname).toBe("/de/potsdam/not-responsible");
    const unknown = await at("14476", "Irgendwo");
    const kept = await unknown.browser.submit(unknown.page, { values: one({ place: "-" }) });
    expect(kept.url.pathname).toBe("/de/potsdam/triage/applicant");
  });

  test("asks also if none of them is looked after here", async () => {
    const { browser, page } = await at("03058", "Irgendwo");
    expect(page.url.pathname).toBe("/de/potsdam/which-place");
    const elsewhere = await browser.submit(page, { values: one({ place: "Haasow" }) });
    expect(elsewhere.url.pathname).toBe("/de/potsdam/not-responsible");
  });

  test("is not asked about when the place says it", async () => {
    expect((await at("14476", "Golm")).page.url.pathname).toBe("/de/potsdam/triage/applicant");
    expect((await at("14476", "Potsdam")).page.url.pathname).toBe("/de/potsdam/triage/applicant");
  });
});

test("an authority that only matches by name is said to be probable, with the official search beside", async () => {
  const sure = (await at("10115", "Berlin")).page;
  expect(sure.text).toContain("Zuständig ist in der Regel");
  expect(sure.text).not.toContain("bamf-navi");
  const { page } = await at("80331", "München");
  expect(page.text).toContain("Wahrscheinlich zuständig");
  expect(page.text).toContain("https://bamf-navi.bamf.de");
  expect(page.text).toContain("Es wurde nichts abgesendet");
});

/** Up to the suggestion for a card that is not in danger of anything. */
const card: Record<string, string>[] = [
  { applicantIs: "self" },
  { "nationalities.0": "USA" },
  { familyOf: "none" },
  { currentTitleType: "residencePermit" },
  { "titleValidUntil.day": "14", "titleValidUntil.month": "8", "titleValidUntil.year": "2028" },
  { request: "card" },
  { cardGoal: "newPassport" },
];

test("the suggestion can be printed as a checklist and kept for later", async () => {
  const { browser, page } = await at("14467", "Potsdam");
  const result = await answer(browser, page, ...card);
  expect(result.url.pathname).toBe("/de/potsdam/triage/result");
  expect(result.text).toContain("/de/potsdam/save-code?leave=yes");
  const list = await browser.open("/de/potsdam/checklist");
  expect(list.status).toBe(200);
  expect(heading(list)).toBe("Checkliste für Ihren Antrag");
  for (const words of ["Pass", "67 €", "Ausländerbehörde", "§ 45c"]) expect(said(list)).toContain(words);
  expect(list.text).not.toContain("/de/leave");
});

test("a sensitive service names advice first and can be left quickly from every page, without a trace", async () => {
  const { browser, page } = await at("14467", "Potsdam");
  const result = await answer(
    browser,
    page,
    { applicantIs: "self" },
    { "nationalities.0": "MAR" },
    { familyOf: "none" },
    { currentTitleType: "residencePermit" },
    { "titleValidUntil.day": "14", "titleValidUntil.month": "8", "titleValidUntil.year": "2027" },
    { request: "extension" },
    { purpose: "family" },
    { familyGoal: "ownRight" },
    { documentChanges: "none" },
  );
  expect(said(result)).toContain("116 016");
  expect(result.text).not.toMatch(/<title>[^<]*(Trennung|Gewalt)/);
  const first = await browser.open("/de/potsdam/FAM-31");
  for (const shown of [result, first, await browser.open("/de/potsdam/checklist")]) {
    expect(shown.document.querySelector('form[action="/de/leave"]'), shown.url.pathname).not.toBeNull();
  }
  const left = await browser.send("/de/leave", { method: "POST" });
  expect(left.status).toBe(200);
  expect(left.headers.get("clear-site-data")).toBe('"cache", "storage"');
  expect(await left.text()).toContain('http-equiv="refresh"');
  expect((await browser.open("/de/potsdam/FAM-31")).url.pathname).not.toContain("FAM-31");
});
