import { afterAll, beforeAll, expect, test } from "vitest";
import { p1 } from "./support/applicant.ts";
import type { TestPersona } from "./support/persona.ts";
import { errorsOf, plainBrowser, valuesOf, type PlainBrowser, type PlainPage } from "./support/plainBrowser.ts";
import { fillingOf, walkOn } from "./support/plainJourney.ts";
import { startStack, type Stack } from "./support/service.ts";

const LINES = "P<INDMUSTERKAR<<ANIKA<<<<<<<<<<<<<<<<<<<<<<<\nX0000001<4IND9603149F3103016<<<<<<<<<<<<<<02";
const lines = { mrz: LINES };

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(() => stack?.stop());

/** P1 on the page of the passport lines. */
async function atLines(persona: TestPersona = p1): Promise<{ browser: PlainBrowser; page: PlainPage }> {
  const browser = plainBrowser(stack.url);
  const start = await browser.open("/de/potsdam/triage/place");
  return { browser, page: await walkOn(browser, persona, start, (path) => path.endsWith("/mrz")) };
}

/** Past the page that shows the access code, to that of the names. */
const toNames = (browser: PlainBrowser, page: PlainPage) => walkOn(browser, p1, page, (path) => path.endsWith("/name"));

const marked = ({ document }: PlainPage) =>
  document.querySelectorAll("[data-proposed]").map((note) => note.getAttribute("data-proposed"));

test("passport lines fill in later pages, marked, for a person without script", async () => {
  const { browser, page } = await atLines();
  const names = await toNames(browser, await browser.submit(page, { values: { mrz: [LINES.toLowerCase()] } }));
  expect(valuesOf(names)).toMatchObject({ familyName: ["MUSTERKAR"], givenNames: ["ANIKA"] });
  expect(marked(names)).toEqual(["familyName", "givenNames"]);

  const birth = await browser.submit(names, { values: { nameChanged: ["no"] } });
  expect(valuesOf(birth)).toMatchObject({ "dateOfBirth.day": ["14"], "dateOfBirth.year": ["1996"], sex: ["w"] });
  const own = { placeOfBirth: ["Pune"], countryOfBirth: ["IND"] };
  const { dateOfBirth: _birth, sex: _sex, ...rest } = p1.answers;
  const details = await walkOn(
    browser,
    { ...p1, answers: rest },
    await browser.submit(birth, { values: own }),
    (path) => path.endsWith("/passportDetails"),
  );
  expect(valuesOf(details)).toMatchObject({
    number: ["X0000001"],
    issuingState: ["IND"],
    "validUntil.day": ["01"],
    "validUntil.month": ["03"],
    "validUntil.year": ["2031"],
  });
  expect(marked(details)).toEqual(["number", "issuingState", "validUntil"]);

  const again = await browser.open(names.url.href);
  expect(valuesOf(again)).toMatchObject({ familyName: ["MUSTERKAR"] });
  expect(marked(again)).toEqual([]);
});

test("wrong lines are refused with what to look at, none at all are fine", async () => {
  const { browser, page } = await atLines();
  const wrong = await browser.submit(page, { values: { mrz: [LINES.replace("X0000001", "X0000002")] } });
  expect(wrong.status).toBe(422);
  expect(errorsOf(wrong).map(({ text }) => text)).toEqual([expect.stringContaining("Nummer des Dokuments")]);
  const names = await toNames(browser, await browser.submit(wrong, { values: { mrz: [""] } }));
  expect(marked(names)).toEqual([]);
});

test("the review shows no lines, and says what differs from them", async () => {
  const { browser, page } = await atLines({ ...p1, answers: { ...p1.answers, ...lines } });
  const persona = { ...p1, answers: { ...p1.answers, ...lines, number: "X0000009", givenNames: "Anika" } };
  const next = await browser.submit(page, { values: fillingOf(page, persona.answers) });
  const review = await walkOn(browser, persona, next, (path) => path.endsWith("/review"));
  const report = review.document.querySelectorAll("[data-quality] li").map(({ textContent }) => textContent.trim());
  expect(report).toHaveLength(1);
  expect(report[0]).toMatch(/^Prüfen: Nummer des Dokuments: /);
  expect(review.text).not.toContain("INDMUSTERKAR");
});
