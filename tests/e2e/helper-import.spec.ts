import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { csvOf, family, onePerson } from "#tests/support/importFiles.ts";
import { expectLook } from "#tests/support/lookChecks.ts";
import { logInAs } from "#tests/support/staffLogin.ts";
import { expectAccessible, NARROW, takeOver, test } from "#tests/support/watchedPage.ts";

test.use({ stackOptions: { identity: true } });

const WIDE = { width: 1280, height: 900 };

async function check(page: Page, state: string): Promise<void> {
  await expectAccessible(page, state);
  for (const size of [NARROW, WIDE]) {
    await page.setViewportSize(size);
    await expectLook(page, `${state} ${size.width}`, { language: "de", german: [] });
    await page.screenshot({ path: `test-results/look/helper-${state}.${size.width}.png`, fullPage: true });
  }
}

test("a file of a centre, with what is to be mended and a report to save", async ({ page, stack }) => {
  const { browser } = await logInAs(stack, "helper", "/helper");
  await takeOver(page, browser, stack.url);
  await page.goto("/helper/import");
  await check(page, "import");

  await page.getByText("Landeshauptstadt Potsdam").click();
  const buffer = csvOf([...family("A", 0), onePerson(20, { familyName: "Тестенко" }), onePerson(30)]);
  await page.getByLabel("Datei").setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer });
  await page.getByRole("button", { name: "Datei hochladen" }).click();
  await expect(page.getByRole("table", { name: "Bitte berichtigen" })).toContainText("familyName");
  await check(page, "import-report");

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Bericht speichern" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("import-2026-11-21.csv");
  const saved = await readFile(await download.path(), "utf8");
  expect(saved).toContain("Das sind kyrillische Buchstaben");
});
