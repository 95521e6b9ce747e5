import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { personaFile, readPersona, type TestPersona } from "#tests/support/persona.ts";
import { plainBrowser, type PlainBrowser } from "#tests/support/plainBrowser.ts";
import { walkOn, walkTo } from "#tests/support/plainJourney.ts";
import { expectAccessible, expectNarrow, NARROW, takeOver, test } from "#tests/support/watchedPage.ts";

/** Opens an address and checks what it shows. */
async function check(page: Page, path: string, status = 200): Promise<void> {
  const response = await page.goto(path);
  expect.soft(response?.status(), path).toBe(status);
  await expectAccessible(page, path);
}

/** Posts the form of the page as it is, and waits for the errors. */
async function postEmpty(page: Page): Promise<void> {
  await page.locator("main form button.kern-btn--primary").click();
  await expect(page.locator("#errors")).toBeFocused();
}

/** A person in the browser who filled in everything before a page. */
async function personAt(page: Page, url: string, persona: TestPersona, step: string): Promise<PlainBrowser> {
  const { browser } = await walkTo(url, persona, step);
  await takeOver(page, browser, url);
  return browser;
}

const family = [
  {
    relation: "spouse",
    relativeFamilyName: "Musterkar",
    relativeGivenNames: "Ravi",
    relativeDateOfBirth: "1994",
    relativeSex: "m",
    relativeNationality: "IND",
    relativeResidence: "abroad",
    relativeCountry: "IND",
    relativeWillJoin: true,
  },
];

for (const language of ["de", "ar"]) {
  const home = `/${language}/potsdam`;
  const persona = readPersona("p1", language);

  test.describe(`pages in ${language}`, () => {
    test("pages for everybody", async ({ page }) => {
      const open = [
        "",
        "?plz=14467",
        "?plz=99999",
        "?plz=12",
        "/potsdam",
        "/uckermark",
        "/status",
        "/resume",
        "/verify",
        "/lost-code",
        "/session-ended",
        "/delete-data",
      ];
      for (const path of open) await check(page, `/${language}${path}`);
      for (const path of [
        "imprint",
        "privacy",
        "accessibility",
        "potsdam/privacy",
        "potsdam/not-responsible",
        "potsdam/join",
        "potsdam/ukraine",
      ])
        await check(page, `/${language}/${path}`);
      for (const flow of ["triage", "W-18g"]) await check(page, `/${language}/visualisation/${flow}`);
      await check(page, `/${language}/nirgendwo`, 404);
      await check(page, `/${language}/forbidden`, 403);
    });

    test("codes and receipts that are wrong", async ({ page }) => {
      await page.goto(`/${language}/resume`);
      await page.locator("#f-code").fill("AAAA-AAAA");
      await postEmpty(page);
      await expectAccessible(page, "resume with an error");
    });

    test("questions before the draft", async ({ page }) => {
      await check(page, `${home}/triage/place`);
      await postEmpty(page);
      await expectAccessible(page, "first question with errors");
    });

    test("a draft from the result to the review", async ({ page, stack }) => {
      const browser = await personAt(
        page,
        stack.url,
        { ...persona, answers: { ...persona.answers, family } },
        "evidence",
      );
      await check(page, `${home}/triage/result`);
      await check(page, `${home}/checklist`);
      await check(page, `${home}/triage/nationality`);
      await check(page, `${home}/W-18g/birth`);
      await page.locator('[name="dateOfBirth.day"]').fill("31");
      await page.locator('[name="dateOfBirth.month"]').fill("2");
      await postEmpty(page);
      await expectAccessible(page, "a date that does not exist");
      await check(page, `${home}/W-18g/previousStays`);
      await check(page, `${home}/W-18g/family`);
      await check(page, `${home}/W-18g/family/abcdef012345/relative`);
      await check(page, `${home}/save-code?leave=yes`);
      await check(page, `${home}/access-sheet`);
      await check(page, `/${language}/delete-data`);

      await check(page, `${home}/household`);
      await page.locator('form:has([name="person"]) button[type="submit"]').click();
      await expect(page.locator("#errors")).toBeFocused();
      await expectAccessible(page, "household without a choice");
      await page.locator('button[name="invite"]').click();
      await expect(page.locator("main .ao-resume__code")).toBeVisible();
      await expectAccessible(page, "household with the code of an invitation");

      await page.goto(`${home}/W-18g/evidence`);
      await page.locator('[name="PASS.files"]').setInputFiles([
        { name: "passport.pdf", mimeType: "application/pdf", buffer: readFileSync(personaFile("passport.pdf")) },
        { name: "leer.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(0) },
      ]);
      await page.locator('label[for="f-KV-later"], label[for="f-KV.later"]').click();
      await postEmpty(page);
      await expectAccessible(page, "evidence with a file taken, one refused, one later, others missing");

      await walkOn(browser, persona, await browser.open(`${home}/W-18g/evidence`), (path) => path.endsWith("/review"));
      await check(page, `${home}/W-18g/review`);
      await postEmpty(page);
      await expectAccessible(page, "review with errors");

      const links = await page
        .locator("main a[href*='/W-18g/']")
        .evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
      await page.setViewportSize(NARROW);
      for (const path of new Set(links)) {
        await page.goto(path);
        await expectNarrow(page, path);
      }
    });

    test("an application that was filed", async ({ page, stack }) => {
      await personAt(page, stack.url, persona, "receipt");
      const paths = [`${home}/receipt`, `${home}/application`, `${home}/access-sheet`, `/${language}/status`];
      for (const path of paths) await check(page, path);
    });

    test("a postal code of several districts", async ({ page, stack }) => {
      const open = { ...persona, answers: { ...persona.answers, postalCode: "14476", place: "Irgendwo" } };
      await personAt(page, stack.url, open, "which-place");
      await check(page, `${home}/which-place`);
      await postEmpty(page);
      await expectAccessible(page, "no place chosen");
    });

    test("somebody who lives elsewhere, and a draft that is deleted", async ({ page, stack }) => {
      const elsewhere = { ...persona, answers: { ...persona.answers, postalCode: "16225", place: "Eberswalde" } };
      const browser = plainBrowser(stack.url, language);
      await walkOn(browser, elsewhere, await browser.open(`${home}/triage/place`), (path) =>
        path.endsWith("/not-responsible"),
      );
      await takeOver(page, browser, stack.url);
      await check(page, `${home}/not-responsible`);
      await page.goto(`/${language}/delete-data`);
      await page.locator("main form button[type=submit]").click();
      await expect(page).toHaveURL(/done/);
      await expectAccessible(page, "data deleted");
    });
  });
}
