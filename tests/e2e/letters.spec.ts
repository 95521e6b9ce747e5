import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { primary, tick } from "#tests/support/formFilling.ts";
import { personaFile, readPersona } from "#tests/support/persona.ts";
import { plainBrowser } from "#tests/support/plainBrowser.ts";
import { fillingOf, walkTo } from "#tests/support/plainJourney.ts";
import { until } from "#tests/support/until.ts";
import { expectAccessible, takeOver, test } from "#tests/support/watchedPage.ts";

test.use({ stackOptions: { gateway: true } });

type Message = { messageId: string; reference: string; state: string; kind: string };

/** The page of the status, read again until it says a word. */
async function expectStatus(page: Page, language: string, word: string): Promise<void> {
  await expect(async () => {
    await page.goto(`/${language}/status`);
    await expect(page.locator("[data-status]")).toHaveAttribute("data-status", word, { timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
}

/** Somebody who has filed at an authority behind the gateway, in this browser; gives the message that arrived there. */
async function filed(page: Page, stack: { url: string; gateway: string }, language: string): Promise<string> {
  const p1 = readPersona("p1", language);
  const answers = { ...p1.answers, postalCode: "16225", place: "Eberswalde", knownToOffice: false };
  const { browser, page: review } = await walkTo(stack.url, { ...p1, authority: "barnim", answers }, "review");
  const receipt = await browser.submit(review, { values: fillingOf(review, answers) });
  const reference = receipt.document.querySelector(".ao-ref")?.text.trim();
  await takeOver(page, browser, stack.url);
  const own = async () => {
    const all = (await (await fetch(`${stack.gateway}/api/applications`)).json()) as Message[];
    return all.find((message) => message.reference === reference && message.state === "accepted");
  };
  const arrived = await until(own, (message) => message !== undefined, 60_000);
  await expectStatus(page, language, "accepted");
  return arrived?.messageId ?? "";
}

async function ask(gateway: string, message: string): Promise<void> {
  const body = JSON.stringify({ kind: "question", text: "Wie hoch ist die Miete?" });
  const init = { method: "POST", headers: { "content-type": "application/json" }, body, redirect: "manual" } as const;
  expect((await fetch(`${gateway}/messages/${message}/answer`, init)).status).toBe(303);
}

for (const language of ["de", "ar"]) {
  test(`a question is answered and the application withdrawn in ${language}`, async ({ page, stack }) => {
    await ask(stack.gateway, await filed(page, stack, language));
    await expectStatus(page, language, "question");
    await expectAccessible(page, "status with a question");

    await primary(page).click();
    await expect(page).toHaveURL(/\/answer\/[\w-]+$/);
    const question = page.url();
    await expectAccessible(page, "answer");
    await primary(page).click();
    await expect(page.locator("#errors")).toBeFocused();
    await expectAccessible(page, "answer without anything");
    // A link within the page must not take the errors away.
    await page.evaluate(() => (location.hash = "#inhalt"));
    await expect(page.locator("#errors")).toBeVisible();

    await page.locator("#f-text").fill("Die Miete beträgt 640 Euro.");
    expect((await page.locator("#f-text").boundingBox())?.height).toBeGreaterThan(190);
    const field = page.locator('[name="answer.files"]');
    const buffer = readFileSync(personaFile("passport.pdf"));
    await field.setInputFiles({ name: "miete.pdf", mimeType: "application/pdf", buffer });
    const names = page.locator(".ao-file__name bdi");
    for (const count of [1, 2]) {
      const answered = page.waitForResponse((response) => response.request().method() === "POST");
      await page.locator('[name="then"][value="stay"]').click();
      await answered;
      await expect(names, `press ${count}`).toHaveText(["miete.pdf"]);
      await expect(field).toHaveJSProperty("value", "");
    }
    await expectAccessible(page, "answer with a file");
    await primary(page).click();
    await expect(page).toHaveURL(/\/status$/);
    await expect(page.locator("[data-status]")).toHaveAttribute("data-status", "answered");
    await expect(page.locator("[data-letter] .kern-badge--success")).toBeVisible();
    await expectAccessible(page, "status with an answer");
    await page.goto(question);
    await expect(page).toHaveURL(/\/status$/);

    await page.locator(`main a[href="/${language}/withdraw"]`).click();
    await expect(page).toHaveURL(/\/withdraw$/);
    await expectAccessible(page, "withdrawal");
    await page.locator("main form button").click();
    await expect(page.locator("#errors")).toBeFocused();
    await expectAccessible(page, "withdrawal without a word");
    await tick(page, "#f-confirm");
    await page.locator("main form button").click();
    await expect(page.locator("[data-status]")).toHaveAttribute("data-status", "withdrawalRequested");
    await expectAccessible(page, "status with a withdrawal");
    const stranger = await plainBrowser(stack.url, language).open(new URL(question).pathname);
    expect(stranger.url.pathname).toBe(`/${language}/status`);
  });
}
