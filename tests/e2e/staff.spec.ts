import { expect } from "@playwright/test";
import { expectAccessible, test } from "#tests/support/watchedPage.ts";

test.use({ stackOptions: { identity: true } });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("staff log in by a click, see what is theirs, and log out here and at the login service", async ({
      page,
      stack,
    }) => {
      await page.goto("/operator");
      await page.getByRole("button", { name: /Ira Beispiel/ }).click();
      await expect(page).toHaveURL(`${stack.url}/operator`);
      await page.goto("/staff/logout");
      await page.locator("main form button").click();
      await page.getByRole("button", { name: "Ja, abmelden" }).click();
      await expect(page).toHaveURL(`${stack.url}/staff/logout`);
      await expect(page.locator("h1")).toHaveText("Sie sind abgemeldet");
      await page.goto("/operator");
      await expect(page.locator("h1")).toHaveText("Als wen anmelden?");
    });

    test("somebody without a role is told so, and can log out", async ({ page }) => {
      await page.goto("/operator");
      await page.getByRole("button", { name: /Toni Ohnerolle/ }).click();
      await expect(page.locator("h1")).toHaveText("Kein Zugang");
      await expect(page.locator("main form button")).toBeVisible();
    });
  });
}

test("the pages of the login are accessible", async ({ page }) => {
  await page.goto("/operator");
  await expectAccessible(page, "choice");
  await page.getByRole("button", { name: /Toni Ohnerolle/ }).click();
  await expect(page.locator("h1")).toHaveText("Kein Zugang");
  await expectAccessible(page, "denied");
  for (const path of ["/staff/logout", "/staff/callback"]) {
    await page.goto(path);
    await expectAccessible(page, path);
  }
});
