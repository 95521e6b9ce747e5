import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, type Request } from "@playwright/test";
import { loadKeys } from "#app/keys.server.ts";
import { signReceipt } from "#app/store/receipt.server.ts";
import { referenceOf } from "#tests/support/applicant.ts";
import { readPersona } from "#tests/support/persona.ts";
import { walkTo } from "#tests/support/plainJourney.ts";
import { expectAccessible, test as base } from "#tests/support/watchedPage.ts";

type Shown = { reference: string; receipt: string; pdf: Buffer };

/** A filed application of P1 with what its applicant can show. */
const test = base.extend<object, { shown: Shown }>({
  shown: [
    async ({ stack }, use) => {
      const { browser, page } = await walkTo(stack.url, readPersona("p1", "de"), "receipt");
      const reference = referenceOf(page);
      const keys = await loadKeys({ folder: join(stack.dataDir, "keys"), mayCreate: true });
      const claims = { authority: "120540000000", service: "W-18g", filedAt: "2026-11-21T09:00:00.000Z", files: 1 };
      const receipt = await signReceipt(keys, { v: 1, reference, hash: "0".repeat(64), ...claims });
      const pdf = Buffer.from(await (await browser.send("/de/potsdam/application.pdf")).arrayBuffer());
      await use({ reference, receipt, pdf });
    },
    { scope: "worker", timeout: 180_000 },
  ],
});

const result = (page: Page) => page.locator("#result");
const press = (page: Page) => page.locator("main form button.kern-btn--primary").click();
const asFile = (buffer: Buffer) => ({ name: "Antrag.pdf", mimeType: "application/pdf", buffer });

async function typePerson(page: Page, familyName: string): Promise<void> {
  const { answers } = readPersona("p1", "de");
  const [year = "", month = "", day = ""] = String(answers["dateOfBirth"]).split("-");
  await page.locator('[name="familyName"]').fill(familyName);
  await page.locator('[name="givenNames"]').fill(String(answers["givenNames"]));
  await page.locator('[name="dateOfBirth.day"]').fill(day);
  await page.locator('[name="dateOfBirth.month"]').fill(month);
  await page.locator('[name="dateOfBirth.year"]').fill(year);
  await press(page);
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("the reference is checked, then the person, then the next receipt", async ({ page, shown }) => {
      await page.goto("/de/verify");
      await press(page);
      await expect(page.locator("#errors")).toBeFocused();
      await page.locator("#f-reference").fill(shown.reference.toLowerCase().replaceAll("-", ""));
      await press(page);
      await expect(result(page)).toBeFocused();
      await expect(result(page)).toContainText(shown.reference);
      await press(page);
      await expect(page.locator("#errors")).toBeFocused();
      await typePerson(page, "Fremdenfels");
      await expect(result(page)).toBeFocused();
      await expect(result(page)).toContainText("stimmen nicht überein");
      await expect(page.locator('[name="givenNames"]')).toHaveValue("");
      await typePerson(page, "musterkar");
      await expect(result(page)).toContainText("stimmen überein");
      await page.getByRole("link", { name: "Mit der PDF-Datei prüfen" }).click();
      await expect(page.locator("#f-file")).toBeVisible();
      await expect(result(page)).toHaveCount(0);
      expect(page.url()).not.toContain(shown.reference);
    });

    test("the PDF is checked, and with JavaScript it stays on the device", async ({ page, shown }) => {
      const posted: Request[] = [];
      page.on("request", (request) => request.method() === "POST" && posted.push(request));
      await page.goto("/de/verify?way=file");
      if (javaScriptEnabled) await expect(page.getByText("Die Datei bleibt auf Ihrem Gerät.")).toBeVisible();
      await page.locator("#f-file").setInputFiles(asFile(shown.pdf));
      await press(page);
      await expect(result(page)).toContainText("echt und unverändert");
      await page.goto("/de/verify?way=file");
      if (javaScriptEnabled) await expect(page.getByText("Die Datei bleibt auf Ihrem Gerät.")).toBeVisible();
      await page.locator("#f-file").setInputFiles(asFile(Buffer.concat([shown.pdf, Buffer.from("\n")])));
      await press(page);
      await expect(result(page)).toContainText("kennen wir nicht");
      expect(posted).toHaveLength(2);
      const [first = "", second = ""] = posted.map((request) => request.postDataBuffer()?.toString("latin1") ?? "");
      if (javaScriptEnabled) {
        expect(new URLSearchParams(first).get("sha256")).toBe(createHash("sha256").update(shown.pdf).digest("hex"));
        for (const body of [first, second]) expect(body).not.toMatch(/%PDF|%25PDF|Antrag/);
      } else expect(posted[0]?.headers()["content-type"]).toContain("multipart/form-data");
    });
  });
}

test("a PDF of more than 20 MB is refused on the device", async ({ page }, info) => {
  const large = info.outputPath("large.pdf");
  writeFileSync(large, Buffer.alloc(20_000_001));
  await page.goto("/de/verify?way=file");
  await expect(page.getByText("Die Datei bleibt auf Ihrem Gerät.")).toBeVisible();
  await page.locator("#f-file").setInputFiles(large);
  await press(page);
  await expect(page.locator("#errors")).toContainText("20");
});

test("a scanned QR code is checked at once, and its text is in no address", async ({ page, shown }) => {
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(request.url()));
  await page.goto(`/verify#${shown.receipt}`);
  await expect(result(page)).toBeFocused();
  await expect(result(page)).toContainText("Die Bestätigung ist echt");
  await expect(page).toHaveURL("/de/verify?way=receipt");
  const [, payload = ""] = shown.receipt.split(".");
  for (const address of addresses) expect(new URL(address).pathname + new URL(address).search).not.toContain(payload);
});

test("without JavaScript the text of a QR code is pasted", async ({ browser, stack, shown }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: stack.url, locale: "de-DE" });
  const page = await context.newPage();
  await page.goto("/de/verify?way=receipt");
  await page.locator("main textarea").fill(`${stack.url}/verify#${shown.receipt}`);
  await press(page);
  await expect(result(page)).toContainText("Die Bestätigung ist echt");
  await context.close();
});

for (const language of ["de", "ar"]) {
  test(`every state is accessible in ${language}`, async ({ page, shown }) => {
    for (const way of ["reference", "file", "receipt"]) {
      await page.goto(`/${language}/verify?way=${way}`);
      await expectAccessible(page, `check by ${way}`);
      await press(page);
      await expect(page.locator("#errors")).toBeFocused();
      await expectAccessible(page, `check by ${way} with an error`);
    }
    await page.locator("main textarea").fill("kein.echter.Beleg");
    await press(page);
    await expect(result(page)).toBeFocused();
    await expectAccessible(page, "an unknown receipt");
    await page.locator("main textarea").fill(shown.receipt);
    await press(page);
    await expect(page.locator("#holder")).toBeVisible();
    await expectAccessible(page, "a valid receipt");
    await press(page);
    await expect(page.locator("#errors")).toBeFocused();
    await expectAccessible(page, "a person with errors");
    await typePerson(page, "Fremdenfels");
    await expect(result(page)).toBeFocused();
    await expectAccessible(page, "a person who differs");
  });
}
