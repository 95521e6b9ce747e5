import { expect } from "@playwright/test";
import { expectAccessible, test } from "#tests/support/watchedPage.ts";

test.use({ stackOptions: { identity: true } });

test("between two people the browser of a helper forgets everything, and stepping back shows nothing", async ({
  page,
  context,
}) => {
  await page.goto("/helper");
  await page.getByRole("button", { name: /Sascha Exempel/ }).click();
  await expect(page.locator("h1")).toHaveText("Heute");
  await expectAccessible(page, "helper");
  await page.locator("label", { hasText: "Deutsch" }).click();
  await page.locator("label", { hasText: "Landeshauptstadt Potsdam" }).click();
  await page.getByRole("button", { name: "Antrag beginnen" }).click();
  await expect(page).toHaveURL(/\/de\/potsdam\/triage\/place$/);
  await expect(page.locator(".ao-helped")).toBeVisible();
  await page.getByLabel("Postleitzahl").fill("14467");
  await page.getByLabel("Ort", { exact: true }).fill("Potsdam");
  const stored = () => page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
  expect(await stored()).not.toMatch(/unsent|14467/);
  await page.getByRole("button", { name: "Speichern und weiter" }).click();
  await expect(page).toHaveURL(/triage\/applicant/);
  await page.goto("/de/potsdam/save-code");
  const code = await page.locator(".ao-resume__code").first().innerText();
  await page.locator(".ao-helped a").click();
  await expect(page.locator("h1")).toHaveText("Antrag übergeben");
  await page.getByRole("button", { name: "Übergabecode anzeigen" }).click();
  await expect(page.locator("main .ao-resume__code")).toBeVisible();
  await expectAccessible(page, "hand-over with a ticket");

  await page.getByRole("button", { name: "Fertig, alles vergessen" }).click();
  await expect(page.getByText("Dieser Browser hat alles vergessen")).toBeVisible();
  expect((await context.cookies()).map(({ name }) => name)).not.toContain("access");
  for (let step = 0; step < 4; step += 1) {
    await page.goBack();
    await page.waitForLoadState();
    const text = await page.locator("body").innerText();
    expect(text).not.toContain(code.slice(0, 4));
    expect(await page.locator(".ao-helped").count()).toBe(0);
    expect(
      await page
        .locator("main input[type=text]")
        .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value).join("")),
    ).toBe("");
  }
  expect(await stored()).not.toMatch(/unsent|14467/);
});

test("a ticket is claimed on another device, and the helper's page says so by itself", async ({
  page,
  browser,
  stack,
}) => {
  await page.goto("/helper");
  await page.getByRole("button", { name: /Sascha Exempel/ }).click();
  await page.locator("label", { hasText: "Українська" }).click();
  await page.locator("label", { hasText: "Landeshauptstadt Potsdam" }).click();
  await page.getByRole("button", { name: "Antrag beginnen" }).click();
  await page.locator(".ao-helped a").click();
  await expect(page).toHaveURL(/\/uk\/hand-over/);
  await expect(page.locator("main form button")).toHaveCount(1);
  await page.locator("main form button").click();
  await expect(page.locator("main .ao-resume__code")).toBeVisible();
  const ticket = (await page.locator("main .ao-resume__code span").allInnerTexts()).join("-");
  const own = await browser.newContext({ baseURL: stack.url });
  const phone = await own.newPage();
  // As the QR code opens it: the ticket stands behind "#", and no server sees it.
  await phone.goto(`/uk/claim#${ticket}`);
  await expect(phone).toHaveURL(/\/uk\/potsdam\/save-code/);
  await expectAccessible(phone, "save-code after a claim");
  await expect(page.locator(".kern-alert--success")).toBeVisible({ timeout: 15_000 });
  await own.close();
});
