import { expect, type Page } from "@playwright/test";
import fields from "#locales/de/fields.json" with { type: "json" };
import { primary, pressOn, walkPages } from "#tests/support/formFilling.ts";
import { readPersona, type TestPersona } from "#tests/support/persona.ts";
import { test } from "#tests/support/watchedPage.ts";

/** The status page, read again until the authority has answered. */
async function expectAccepted(page: Page, language: string): Promise<void> {
  await expect(async () => {
    await page.goto(`/${language}/status`);
    await expect(page.locator("[data-status]")).toHaveAttribute("data-status", "accepted", { timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
}

async function applyInGerman(page: Page): Promise<void> {
  const persona = readPersona("p1", "de");
  await page.goto("/de");
  await page.getByLabel("Postleitzahl").fill("14467");
  await page.locator("main").getByRole("button").first().click();
  await page
    .locator("main")
    .getByRole("link", { name: /Landeshauptstadt Potsdam/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/de\/potsdam$/);
  await pressOn(page, primary(page).first());
  await walkPages(page, persona, "review", fields);

  await expect(page.getByText("MUSTERKAR")).toBeVisible();
  for (const { label } of [fields.declareTrue, fields.declareDuties]) {
    await page.getByText(label, { exact: true }).click();
    await expect(page.getByLabel(label)).toBeChecked();
  }
  await pressOn(page, page.getByRole("button", { name: "Antrag absenden" }));
  await expect(page).toHaveURL(/\/de\/potsdam\/receipt$/);
  const reference = await page.locator(".ao-ref").first().innerText();
  expect(reference).toMatch(/^\w{4}-\w{4}-\w{4}$/);
  await expectAccepted(page, "de");
  await expect(page.locator("main")).toContainText(reference);
}

test("P1 applies in German and the authority accepts", async ({ page }) => {
  await applyInGerman(page);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });
  test("P1 applies in German and the authority accepts", async ({ page }) => {
    await applyInGerman(page);
  });
});

test("a married person with a child fills in everything in Arabic, right to left", async ({ page }) => {
  const alone = readPersona("p1", "ar");
  const spouse = {
    relation: "spouse",
    relativeFamilyName: "Musterkar",
    relativeGivenNames: "Ravi",
    relativeDateOfBirth: "1994-05",
    relativeSex: "m",
    relativeNationality: "IND",
    relativeResidence: "abroad",
    relativeCountry: "IND",
    relativeWillJoin: true,
  };
  const child = {
    ...spouse,
    relation: "child",
    relativeGivenNames: "Mira",
    relativeDateOfBirth: "2022-08-09",
    relativeSex: "w",
  };
  const persona: TestPersona = {
    ...alone,
    answers: { ...alone.answers, maritalStatus: "married", maritalStatusSince: "2020", family: [spouse, child] },
  };
  await page.goto("/ar/potsdam");
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await pressOn(page, primary(page).first());
  const seen = await walkPages(page, persona, "review");
  expect(seen.filter((step) => step.startsWith("family "))).toHaveLength(4);
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  for (const word of ["Ravi", "Mira", "passport.pdf"]) await expect(page.locator("main")).toContainText(word);
  // The German declarations lead, whatever the language of the page.
  await expect(page.locator("main form [lang=de]").first()).toBeVisible();
});
