import { expect, type Page } from "@playwright/test";
import { fillForm, pressOn, primary } from "#tests/support/formFilling.ts";
import { readPersona } from "#tests/support/persona.ts";
import { walkTo } from "#tests/support/plainJourney.ts";
import { expectAccessible, takeOver, test } from "#tests/support/watchedPage.ts";

/** P1 in this browser, everything before a page filled in; script is at work. */
async function openAt(page: Page, url: string, step: string, language = "de"): Promise<void> {
  const { browser } = await walkTo(url, readPersona("p1", language), step);
  await takeOver(page, browser, url);
  await page.goto(`/${language}/potsdam/W-18g/${step}`);
  await page.waitForLoadState("networkidle");
}

/** Begins to fill in, and waits until the browser judges by itself. */
async function beginAt(page: Page, field: string): Promise<void> {
  await page.locator(field).focus();
  await expect(page.locator("form[data-rules=live]")).toBeVisible();
}

const ERROR = "#f-postalCode-error, #f-familyName-error";

for (const language of ["de", "ar"]) {
  test.describe(`a page of questions in ${language}`, () => {
    test("says what is wrong when a field is left, and takes it back once it is right", async ({ page }) => {
      await page.goto(`/${language}/potsdam/triage/place`);
      await page.waitForLoadState("networkidle");
      const title = await page.title();
      await beginAt(page, "#f-postalCode");
      await page.locator("#f-postalCode").fill("144");
      await expect(page.locator(ERROR)).toHaveCount(0);
      await page.locator("#f-place").focus();
      await expect(page.locator("#f-postalCode")).toHaveAttribute("aria-invalid", "true");
      await expect(page.locator("#f-postalCode")).toHaveAttribute("aria-describedby", /f-postalCode-error$/);
      await expect(page.locator("#f-place")).toBeFocused();
      await expect(page.locator("#errors")).toHaveCount(0);
      expect(await page.title()).toBe(title);
      await expectAccessible(page, "an error at a field");
      await page.locator("#f-postalCode").fill("14467");
      await expect(page.locator(ERROR)).toHaveCount(0);
      await expect(page.locator("#f-postalCode")).not.toHaveAttribute("aria-invalid");
    });

    test("is not sent while something is wrong: the summary has the focus, and keeps step with the fields", async ({
      page,
    }) => {
      await page.goto(`/${language}/potsdam/triage/place`);
      await page.waitForLoadState("networkidle");
      const title = await page.title();
      await beginAt(page, "#f-postalCode");
      const posts: string[] = [];
      page.on("request", (request) => {
        if (request.method() === "POST") posts.push(request.url());
      });
      await page.locator("#f-postalCode").fill("144");
      await primary(page).click();
      await expect(page.locator("#errors")).toBeFocused();
      await expect(page.locator("#errors li")).toHaveCount(2);
      expect(await page.title()).not.toBe(title);
      await expectAccessible(page, "refused in the browser");
      await page.locator("#errors a").first().click();
      await expect(page.locator("#f-postalCode")).toBeFocused();
      await page.locator("#f-postalCode").fill("14467");
      await expect(page.locator("#errors li")).toHaveCount(1);
      await expect(page.locator("#f-postalCode")).toBeFocused();
      await primary(page).click();
      await expect(page.locator("#errors")).toBeFocused();
      await page.locator("#f-place").fill("Potsdam");
      await expect(page.locator("#errors")).toHaveCount(0);
      await expect(page).toHaveTitle(title);
      expect(posts).toEqual([]);
      await pressOn(page, primary(page));
      await expect(page).toHaveURL(/\/triage\/applicant$/);
      expect(posts).toHaveLength(1);
    });
  });
}

test("the words of the browser are those of the server", async ({ page, stack }) => {
  await openAt(page, stack.url, "birth");
  await page.locator('[name="dateOfBirth.day"]').fill("31");
  await page.locator('[name="dateOfBirth.month"]').fill("2");
  await page.locator("#f-placeOfBirth").fill("Пуна");
  const all = page.locator("#errors li");
  await primary(page).click();
  await expect(page.locator("#errors")).toBeFocused();
  const found = await all.allInnerTexts();
  expect(found.length).toBeGreaterThan(2);
  await page.route(/LiveRules/, (route) => route.fulfill({ status: 404 }));
  await page.evaluate(() => sessionStorage.clear());
  await page.reload();
  await page.locator('[name="dateOfBirth.day"]').fill("31");
  await page.locator('[name="dateOfBirth.month"]').fill("2");
  await page.locator("#f-placeOfBirth").fill("Пуна");
  await primary(page).click();
  await expect(page.locator("#errors")).toBeFocused();
  expect(await all.allInnerTexts()).toEqual(found);
});

test("an answer elsewhere on the page puts an error right", async ({ page, stack }) => {
  await openAt(page, stack.url, "name");
  await beginAt(page, "#f-familyName");
  await page.locator("#f-familyName").blur();
  await expect(page.locator("#f-familyName-error")).toBeVisible();
  await page.locator('label[for="f-noFamilyName"]').click();
  await expect(page.locator("#f-familyName-error")).toHaveCount(0);
});

test("the parts of a date are judged when the date is left, not between them", async ({ page, stack }) => {
  await openAt(page, stack.url, "birth");
  await beginAt(page, "#f-dateOfBirth-day");
  await page.keyboard.type("17");
  await page.keyboard.press("Tab");
  await page.keyboard.type("13");
  await page.keyboard.press("Tab");
  await expect(page.locator("#f-dateOfBirth-year")).toBeFocused();
  await expect(page.locator("#f-dateOfBirth-error")).toHaveCount(0);
  await page.keyboard.type("1990");
  await page.keyboard.press("Tab");
  await expect(page.locator("#f-dateOfBirth-error")).toBeVisible();
});

test.describe("input that was not sent", () => {
  test("survives a reload, says so, and can be discarded", async ({ page, stack }) => {
    await openAt(page, stack.url, "employer");
    await page.locator("#f-employerName").fill("Beispiel Software GmbH");
    await page.reload();
    await expect(page.locator("#f-employerName")).toHaveValue("Beispiel Software GmbH");
    await expect(page.getByRole("status").filter({ hasText: "stehen wieder hier" })).toBeVisible();
    await expectAccessible(page, "restored input");
    await page.getByRole("button", { name: "Eingaben verwerfen" }).click();
    await expect(page.locator("#f-employerName")).toHaveValue("");
    await page.reload();
    await page.waitForLoadState("networkidle");
    await expect(page.locator("#f-employerName")).toHaveValue("");
  });

  test("comes back with its errors if it was refused", async ({ page, stack }) => {
    await openAt(page, stack.url, "employer");
    await beginAt(page, "#f-employerName");
    await page.locator("#f-employerName").fill("Beispiel Software GmbH");
    await primary(page).click();
    await expect(page.locator("#errors")).toBeFocused();
    await page.reload();
    await expect(page.locator("#errors")).toBeFocused();
    await expect(page).toHaveTitle(/^Fehler: /);
    await expect(page.locator("#f-employerName")).toHaveValue("Beispiel Software GmbH");
  });

  test("is forgotten once it is saved, and when the session is ended", async ({ page, stack }) => {
    const stored = () => page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("ao:unsent:")));
    await openAt(page, stack.url, "employer");
    await fillForm(page, readPersona("p1", "de").answers);
    expect(await stored()).toHaveLength(1);
    await pressOn(page, primary(page));
    expect(await stored()).toEqual([]);
    await page.locator("#f-employerContactName").fill("Frau Beispiel");
    expect(await stored()).toHaveLength(1);
    await page.goto("/de/potsdam/save-code?leave=yes");
    await page.getByRole("button", { name: "Sitzung beenden" }).click();
    await expect(page).toHaveURL("/de");
    expect(await stored()).toEqual([]);
  });

  test("on offences is never kept", async ({ page, stack }) => {
    await openAt(page, stack.url, "offences");
    for (const name of ["convicted", "pendingProceedings", "expelledOrRefused"]) {
      await page.locator(`label[for="f-${name}"]`).click();
    }
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain("ao:unsent");
  });
});

test.describe("the end of a session", () => {
  test("is announced in time and put off by one press", async ({ page, stack }) => {
    await page.clock.install();
    await openAt(page, stack.url, "employer");
    await page.clock.fastForward("54:30");
    const dialog = page.getByRole("dialog", { name: "Sind Sie noch da?" });
    await page.clock.runFor("01:00");
    await expect(dialog).toBeVisible();
    await expect(dialog).toContainText("In 5 Minuten");
    await expect(dialog.getByRole("button", { name: "Weiter ausfüllen" })).toBeFocused();
    await expectAccessible(page, "session warning");
    await page.clock.runFor("02:00");
    await expect(dialog).toContainText("In 3 Minuten");
    const renewed = page.waitForResponse((response) => response.url().endsWith("/de/session"));
    await dialog.getByRole("button", { name: "Weiter ausfüllen" }).click();
    expect(await (await renewed).json()).toEqual({ open: true });
    await expect(dialog).toBeHidden();
    await page.clock.runFor("05:00");
    await expect(dialog).toBeHidden();
  });

  test("is put off by Escape; without a connection the dialog stays and says so", async ({ page, stack, context }) => {
    await page.clock.install();
    await openAt(page, stack.url, "employer");
    await page.clock.fastForward("54:30");
    await page.clock.runFor("01:00");
    const dialog = page.getByRole("dialog", { name: "Sind Sie noch da?" });
    await expect(dialog).toBeVisible();
    await context.setOffline(true);
    await page.keyboard.press("Escape");
    await expect(dialog).toContainText("Keine Verbindung");
    await context.setOffline(false);
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  });

  test("leads to the page that says so, and what was typed is gone from the tab", async ({ page, stack }) => {
    await page.clock.install();
    await openAt(page, stack.url, "employer");
    await page.locator("#f-employerName").fill("Beispiel Software GmbH");
    await page.clock.fastForward("54:30");
    await page.clock.runFor("01:00");
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.clock.runFor("06:00");
    await expect(page).toHaveURL("/de/session-ended");
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain("Beispiel");
  });

  test("is put off in all tabs by one", async ({ page, stack, context }) => {
    await page.clock.install();
    await openAt(page, stack.url, "employer");
    await page.clock.fastForward("54:30");
    await page.clock.runFor("01:00");
    const dialog = page.getByRole("dialog");
    await expect(dialog).toBeVisible();
    const second = await context.newPage();
    await second.clock.install({ time: Date.now() + 60 * 60_000 });
    await second.goto(page.url());
    await expect(dialog).toBeHidden();
  });
});

test.describe("with Save-Data", () => {
  test.use({ extraHTTPHeaders: { "Save-Data": "on" } });

  test("a page has no script and no web font, stays small, and works", async ({ page }) => {
    const requests: string[] = [];
    let bytes = 0;
    page.on("response", async (response) => {
      requests.push(response.url());
      const { responseBodySize } = await response.request().sizes();
      bytes += responseBodySize;
    });
    const response = await page.goto("/ar/potsdam/triage/place");
    await page.waitForLoadState("networkidle");
    expect(response?.headers()["vary"]).toMatch(/save-data/i);
    expect(requests.filter((url) => /\.js\b|woff2/.test(url))).toEqual([]);
    await expect(page.locator("script, link[rel=preload], link[rel=modulepreload]")).toHaveCount(0);
    expect(bytes).toBeLessThan(60_000);
    await expectAccessible(page, "Save-Data");
    await primary(page).click();
    await expect(page.locator("#errors")).toBeFocused();
    await fillForm(page, readPersona("p1", "ar").answers);
    await pressOn(page, primary(page));
    await expect(page).toHaveURL(/\/triage\/applicant$/);
  });
});

test("a page that cannot be fetched says so and is there on the next try", async ({ page, stack, context }) => {
  await openAt(page, stack.url, "birth");
  await context.setOffline(true);
  await page.locator("a.ao-back").click();
  await expect(page.locator("h1")).toHaveText("Keine Verbindung");
  await expectAccessible(page, "offline page");
  await page.getByRole("link", { name: "Noch einmal versuchen" }).click();
  await expect(page.locator("h1")).toHaveText("Keine Verbindung");
  await context.setOffline(false);
  await page.getByRole("link", { name: "Noch einmal versuchen" }).click();
  await expect(page.locator("#f-familyName")).toHaveValue("MUSTERKAR");
});

test("a new page takes the focus", async ({ page, stack }) => {
  await openAt(page, stack.url, "employer");
  await fillForm(page, readPersona("p1", "de").answers);
  await pressOn(page, primary(page));
  await expect(page.locator("#inhalt")).toBeFocused();
});
