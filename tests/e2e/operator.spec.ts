import { expect, type Page } from "@playwright/test";
import { readPersona } from "#tests/support/persona.ts";
import { fillingOf, walkTo } from "#tests/support/plainJourney.ts";
import { expectLook } from "#tests/support/lookChecks.ts";
import { logInAs } from "#tests/support/staffLogin.ts";
import { expectAccessible, NARROW, takeOver, test } from "#tests/support/watchedPage.ts";

test.use({ stackOptions: { identity: true } });

const FOLDER = "test-results/look";
const WIDE = { width: 1280, height: 900 };

/** Files P1's application and gives its reference. */
async function file(url: string): Promise<string> {
  const p1 = readPersona("p1", "de");
  const { browser, page } = await walkTo(url, p1, "review");
  const receipt = await browser.submit(page, { values: fillingOf(page, p1.answers) });
  return receipt.document.querySelector(".ao-ref")?.textContent.trim() ?? "";
}

/** Checks how a page reads and looks, on a phone and on a desk, light and dark. */
async function check(page: Page, state: string): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(WIDE);
    await expectAccessible(page, `${state} ${colorScheme}`);
  }
  for (const size of [NARROW, WIDE]) {
    await page.setViewportSize(size);
    await expectLook(page, `${state} ${size.width}`, { language: "de", german: [] });
    await page.screenshot({ path: `${FOLDER}/operator-${state}.${size.width}.png`, fullPage: true });
  }
}

/** Loads the page again until it shows a text. */
async function reloadUntil(page: Page, text: string | RegExp): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(page.locator("main")).toContainText(text, { timeout: 500 });
  }).toPass({ timeout: 60_000 });
}

test("a drill from the first fault to the application that arrives after all", async ({ page, stack }) => {
  const { browser } = await logInAs(stack, "operator");
  await takeOver(page, browser, stack.url);
  await page.goto("/operator");
  await expect(page.locator("h1")).toBeVisible();
  await check(page, "calm");

  await page.getByRole("button", { name: /^Auslösen ?: Zustelldienst antwortet mit 503/ }).click();
  await expect(page.getByText("Gerade in Kraft: Zustelldienst antwortet mit 503")).toBeVisible();
  const reference = await file(stack.url);
  await reloadUntil(page, "unreachable");
  await check(page, "fault");

  await page.getByRole("link", { name: /^1 (wartend|unterwegs)$/ }).click();
  await expect(page).toHaveURL(/\/operator\/messages\?/);
  await expect(page.getByRole("table", { name: "Nachrichten" })).toContainText(reference);
  await check(page, "list");
  await page.getByRole("textbox").fill(reference.toLowerCase().replaceAll("-", " "));
  await page.getByRole("button", { name: "Suchen" }).click();
  await expect(page.locator("h1")).toContainText(reference);
  expect(page.url()).not.toContain(reference);
  await expect(page.locator(".ao-timeline")).toContainText("Versuch gescheitert: Gegenstelle nicht erreichbar");
  await check(page, "trace");
  const trace = page.url();

  await page.goto("/operator");
  await page.getByRole("button", { name: "Störung beenden" }).click();
  await expect(page.getByRole("alert")).toContainText("Die Übung ist beendet.");
  const resume = page.getByRole("button", { name: /^Fortsetzen ?: Landeshauptstadt Potsdam/ });
  if (await resume.isVisible()) await resume.click();
  await page.goto(trace);
  const resend = page.getByRole("button", { name: "Erneut senden" });
  if (await resend.isVisible()) await resend.click();
  await reloadUntil(page, "Von der Behörde übernommen");
  await check(page, "accepted");
});

test("a reference that does not exist", async ({ page, stack }) => {
  await takeOver(page, (await logInAs(stack, "operator")).browser, stack.url);
  await page.goto("/operator/search");
  await page.getByRole("textbox").fill("ABCD");
  await page.getByRole("button", { name: "Suchen" }).click();
  await expect(page.locator("#errors")).toBeFocused();
  await expectAccessible(page, "search with an error");
});
