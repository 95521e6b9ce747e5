import { expect, type Page } from "@playwright/test";
import { fillForm, pressOn, primary, tick } from "#tests/support/formFilling.ts";
import { readPersona } from "#tests/support/persona.ts";
import { walkTo } from "#tests/support/plainJourney.ts";
import { expectAccessible, takeOver, test, watch } from "#tests/support/watchedPage.ts";

const HOME = "/de/potsdam";
const p1 = readPersona("p1", "de");

/** P1 in this browser, everything before a page filled in. */
async function openAt(page: Page, url: string, step: string): Promise<void> {
  const { browser } = await walkTo(url, p1, step);
  await takeOver(page, browser, url);
  await page.goto(`${HOME}/W-18g/${step}`);
}

/** Posts a page that is not in order and sees what is wrong with it. */
async function expectRefused(page: Page): Promise<void> {
  const summary = page.locator("#errors");
  await expect(summary).toBeFocused();
  await expect(page).toHaveTitle(/^Fehler: /);
  await expect(page.locator("#f-familyName")).toHaveValue("Мустеркар");
  await expect(page.locator("#f-familyName")).toHaveAttribute("aria-invalid", "true");
  await summary.getByRole("link").first().click();
  await expect(page.locator("#f-familyName")).toBeFocused();
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("the summary of errors has the focus and leads to the fields, each time", async ({ page, stack }) => {
      await openAt(page, stack.url, "name");
      await page.locator("#f-familyName").fill("Мустеркар");
      await primary(page).click();
      await expectRefused(page);
      await primary(page).click();
      await expectRefused(page);
      // Without the anchor of the followed link, to which the browser would give the focus instead.
      await page.goto("about:blank");
      await page.goto(`${HOME}/W-18g/name`);
      await expectRefused(page);
      await fillForm(page, p1.answers);
      await pressOn(page, primary(page));
      await expect(page).not.toHaveTitle(/^Fehler/);
    });

    test("the browser's back button shows what was saved, forward goes on", async ({ page, stack }) => {
      await openAt(page, stack.url, "birth");
      await fillForm(page, p1.answers);
      await pressOn(page, primary(page));
      const after = page.url();
      await page.goBack();
      await expect(page).toHaveURL(`${HOME}/W-18g/birth`);
      await expect(page.locator("#f-placeOfBirth")).toHaveValue("Pune");
      await page.goForward();
      await expect(page).toHaveURL(after);
    });

    test("a double click files once, and going back from the receipt does not file again", async ({ page, stack }) => {
      await openAt(page, stack.url, "review");
      for (const name of ["declareTrue", "declareDuties"]) await tick(page, `[name="${name}"]`);
      await primary(page).dblclick();
      await expect(page).toHaveURL(`${HOME}/receipt`);
      const reference = await page.locator(".ao-ref").first().innerText();
      await page.reload();
      await expect(page.locator(".ao-ref").first()).toHaveText(reference);
      await page.goBack();
      await page.goto(`${HOME}/W-18g/review`);
      await expect(page).toHaveURL(`${HOME}/receipt`);
      await expect(page.locator(".ao-ref").first()).toHaveText(reference);
    });
  });
}

test("two tabs show both values, and the second save counts", async ({ page, stack, context }) => {
  await openAt(page, stack.url, "name");
  const second = await context.newPage();
  const errors = watch(second);
  await second.goto(page.url());
  await fillForm(page, { ...p1.answers, familyName: "ERSTENFELS" });
  await pressOn(page, primary(page));
  await fillForm(second, { ...p1.answers, familyName: "ZWEITENFELS" });
  await primary(second).click();
  await expect(second.locator("main .kern-alert--warning")).toContainText("ERSTENFELS");
  await expect(second.locator("#f-familyName")).toHaveValue("ZWEITENFELS");
  await expectAccessible(second, "two values");
  await pressOn(second, primary(second));
  await page.goto(`${HOME}/W-18g/name`);
  await expect(page.locator("#f-familyName")).toHaveValue("ZWEITENFELS");
  expect(errors).toEqual([]);
});

test("a lost connection keeps what was typed, says so, and the next press saves it", async ({
  page,
  stack,
  context,
}) => {
  await openAt(page, stack.url, "employer");
  await page.waitForLoadState("networkidle");
  await fillForm(page, p1.answers);
  await context.setOffline(true);
  await primary(page).click();
  await expect(page.locator(".ao-offline")).toBeVisible();
  await expectAccessible(page, "offline");
  await expect(page.locator("#f-employerName")).toHaveValue("Beispiel Software GmbH");
  await context.setOffline(false);
  await expect(page.locator(".ao-offline")).toBeHidden();
  await pressOn(page, primary(page));
  await page.goto(`${HOME}/W-18g/employer`);
  await expect(page.locator("#f-employerName")).toHaveValue("Beispiel Software GmbH");
});

test("a scanned access code moves out of the address into the form; other anchors stay", async ({
  page,
  stack,
  context,
}) => {
  await openAt(page, stack.url, "birth");
  await page.goto(`${HOME}/save-code`);
  const code = (await page.locator("main .ao-resume__code span").allInnerTexts()).join("-");
  await context.clearCookies();
  await page.goto("/de/resume#f-code");
  await expect(page.locator("#errors")).toHaveCount(0);
  await page.goto("/de/lost-code");
  await page.goto(`/de/resume#${code}`);
  await expect(page).toHaveURL(`${HOME}/W-18g/birth`);
});
