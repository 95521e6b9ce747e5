import { expect, type Page, type Route } from "@playwright/test";
import arabic from "#locales/ar/pages.json" with { type: "json" };
import { pressOn, primary } from "#tests/support/formFilling.ts";
import { readPersona } from "#tests/support/persona.ts";
import { walkTo } from "#tests/support/plainJourney.ts";
import { PART, pdfOf, uploaderOf } from "#tests/support/uploads.ts";
import { expectAccessible, takeOver, test } from "#tests/support/watchedPage.ts";

const PARTS = /\/uploads\/[\w-]+\/\d+$/;

const pdf = (name: string, size: number) => ({ name, mimeType: "application/pdf", buffer: pdfOf(size) });
const field = (page: Page, code: string) => page.locator(`[name="${code}.files"]`);
const row = (page: Page, name: string) => page.locator(".ao-file", { hasText: name });
/** A file that the service lists as handed in. */
const taken = (page: Page, name: string) => row(page, name).locator("button[name=remove]");

/** P1 on the page for files. */
async function openEvidence(page: Page, url: string, language = "de") {
  const { browser, page: plain } = await walkTo(url, readPersona("p1", language), "evidence");
  await takeOver(page, browser, url);
  await page.goto(`/${language}/potsdam/W-18g/evidence`);
  return { browser, plain };
}

/** Waits until the queue has taken over from the form. */
async function ready(page: Page): Promise<void> {
  await expect(page.locator("button[name=then][value=stay]")).toHaveCount(0);
}

/** Notes the part of every PUT that the service acknowledged, in order. */
function acknowledged(page: Page): string[] {
  const parts: string[] = [];
  page.on("response", (response) => {
    if (response.request().method() === "PUT" && response.status() === 204)
      parts.push(response.url().split("/").at(-1) ?? "");
  });
  return parts;
}

/** Lets the first parts through and cuts the line for all others. Gives back the way to mend it. */
async function cutAfter(page: Page, parts: number): Promise<() => Promise<void>> {
  let sent = 0;
  const handler = (route: Route) => {
    if (route.request().method() !== "PUT") return route.continue();
    sent += 1;
    return sent > parts ? route.abort("internetdisconnected") : route.continue();
  };
  await page.route(PARTS, handler);
  return () => page.unroute(PARTS, handler);
}

/** Holds requests back. Gives back the way to let them go. */
async function hold(page: Page, address: RegExp): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(address, async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}

test("three files come in with progress while the person goes on ticking, and saving waits for them", async ({
  page,
  stack,
}) => {
  await openEvidence(page, stack.url);
  await ready(page);
  const release = await hold(page, /\/uploads\/[\w-]+\/1$/);
  const names = ["eins.pdf", "zwei.pdf", "drei.pdf"];
  await field(page, "PASS").setInputFiles(names.map((name) => pdf(name, 2 * PART + 9)));
  await expect(row(page, "eins.pdf").locator("progress")).toHaveAttribute("value", /^(4|5)\d$/);
  await expect(row(page, "eins.pdf")).toContainText(/\d+\s%\svon\s2,1\sMB/);
  await expect(row(page, "drei.pdf")).toHaveAttribute("data-phase", "queued");
  await expect(page.locator(".ao-hidden[role=status]")).not.toBeEmpty();
  await expectAccessible(page, "files on their way");

  await page.locator('label[for="f-KV-later"], label[for="f-KV.later"]').click();
  await page.locator('[name="KV.reason"]').fill("kommt im Januar");
  await primary(page).click();
  await expect(page.locator("main form [role=status] .kern-alert")).toBeVisible();
  await expectAccessible(page, "saving waits for files");
  release();
  // Something else is missing: the page comes back with everything that was done.
  await expect(page.locator("#errors")).toBeFocused();
  for (const name of names) await expect(taken(page, name)).toBeVisible();
  await expect(page.locator('[name="KV.later"]')).toBeChecked();
  await expect(page.locator('[name="KV.reason"]')).toHaveValue("kommt im Januar");
});

test("a file that is done is listed, and what was typed beside it stays", async ({ page, stack }) => {
  await openEvidence(page, stack.url);
  await ready(page);
  await page.locator('label[for="f-KV-later"], label[for="f-KV.later"]').click();
  await field(page, "PASS").setInputFiles([pdf("pass.pdf", 5_000)]);
  await expect(taken(page, "pass.pdf")).toBeVisible();
  await expect(page.locator('[name="KV.later"]')).toBeChecked();
  await expect(page.locator('[name="PASS.later"]')).toHaveCount(0);
  await taken(page, "pass.pdf").click();
  await expect(row(page, "pass.pdf")).toHaveCount(0);
  await expect(page.locator('[name="PASS.later"]')).toBeVisible();
});

test("after a cut in the middle it goes on with the next part and sends none twice", async ({ page, stack }) => {
  await openEvidence(page, stack.url);
  await ready(page);
  const parts = acknowledged(page);
  const mend = await cutAfter(page, 2);
  await field(page, "PASS").setInputFiles([pdf("lang.pdf", 3 * PART + 9)]);
  await expect(row(page, "lang.pdf")).toHaveAttribute("data-phase", "waiting");
  await expectAccessible(page, "a file waits for the connection");
  await mend();
  const again = row(page, "lang.pdf").getByRole("button", { name: "Noch einmal versuchen" });
  // It may have gone on by itself in the same moment.
  await again.click({ timeout: 1_000 }).catch(() => undefined);
  await expect(taken(page, "lang.pdf")).toBeVisible();
  expect(parts).toEqual(["0", "1", "2", "3"]);
});

test("a file that the service has no time for is completed by itself a little later", async ({ page, stack }) => {
  await openEvidence(page, stack.url);
  await ready(page);
  const parts = acknowledged(page);
  let asked = 0;
  await page.route(/\/complete$/, (route) => {
    asked += 1;
    return asked === 1 ? route.fulfill({ status: 503 }) : route.continue();
  });
  await field(page, "PASS").setInputFiles([pdf("bild.pdf", PART + 9)]);
  await expect(row(page, "bild.pdf")).toHaveAttribute("data-phase", "waiting");
  await expect(taken(page, "bild.pdf")).toBeVisible();
  expect([asked, ...parts]).toEqual([2, "0", "1"]);
});

test("a button that goes with its file leaves the focus in its box", async ({ page, stack }) => {
  await openEvidence(page, stack.url);
  await ready(page);
  const mend = await cutAfter(page, 0);
  await field(page, "PASS").setInputFiles([pdf("lang.pdf", 5_000)]);
  await expect(row(page, "lang.pdf")).toHaveAttribute("data-phase", "waiting");
  const release = await hold(page, /\/complete$/);
  await mend();
  await row(page, "lang.pdf").getByRole("button", { name: "Entfernen" }).focus();
  await expect(row(page, "lang.pdf")).toHaveAttribute("data-phase", "uploading");
  release();
  await expect(taken(page, "lang.pdf")).toBeVisible();
  await expect(field(page, "PASS")).toBeFocused();
  await taken(page, "lang.pdf").focus();
  await page.keyboard.press("Enter");
  await expect(row(page, "lang.pdf")).toHaveCount(0);
  await expect(field(page, "PASS")).toBeFocused();
});

test("offline it waits, and goes on by itself when the connection is back", async ({ page, stack, context }) => {
  await openEvidence(page, stack.url);
  await ready(page);
  await context.setOffline(true);
  await field(page, "PASS").setInputFiles([pdf("zug.pdf", 5_000)]);
  await expect(row(page, "zug.pdf")).toHaveAttribute("data-phase", "waiting");
  await context.setOffline(false);
  await expect(taken(page, "zug.pdf")).toBeVisible();
});

test("after a reload the same file, chosen again, goes on where it was", async ({ page, stack }) => {
  await openEvidence(page, stack.url);
  await ready(page);
  const parts = acknowledged(page);
  const mend = await cutAfter(page, 2);
  await field(page, "PASS").setInputFiles([pdf("lang.pdf", 3 * PART + 9)]);
  await expect(row(page, "lang.pdf")).toHaveAttribute("data-phase", "waiting");
  await mend();
  await page.reload();
  await expect(row(page, "lang.pdf")).toContainText("Wählen Sie dieselbe Datei noch einmal");
  await expectAccessible(page, "a file of which a part is missing");
  await ready(page);
  await page.locator("summary", { hasText: "Weitere Datei" }).click();
  await field(page, "PASS").setInputFiles([pdf("lang.pdf", 3 * PART + 9)]);
  await expect(row(page, "lang.pdf")).not.toContainText("Wählen Sie dieselbe Datei noch einmal");
  await expect(row(page, "lang.pdf")).toHaveCount(1);
  await expect(row(page, "lang.pdf")).not.toHaveAttribute("data-phase");
  expect(parts).toEqual(["0", "1", "2", "3"]);
});

test("a refused file says why in the language of the page, and the others stay", async ({ page, stack }) => {
  await openEvidence(page, stack.url, "ar");
  await ready(page);
  await field(page, "PASS").setInputFiles([
    { name: "notiz.pdf", mimeType: "application/pdf", buffer: Buffer.from("kein PDF") },
    pdf("gut.pdf", 5_000),
    pdf("gross.pdf", 10_000_001),
  ]);
  await expect(row(page, "notiz.pdf")).toContainText(arabic.uploadReason.type);
  await expect(row(page, "gross.pdf")).toContainText(arabic.uploadReason.tooLarge);
  await expect(taken(page, "gut.pdf")).toBeVisible();
  await expectAccessible(page, "refused files in Arabic");
  await row(page, "notiz.pdf").getByRole("button").click();
  await expect(row(page, "notiz.pdf")).toHaveCount(0);
  await expect(field(page, "PASS")).toBeFocused();
});

test("saving that waited for a file that is refused stays and leads to its field", async ({ page, stack }) => {
  await openEvidence(page, stack.url);
  await ready(page);
  const release = await hold(page, /\/complete$/);
  await field(page, "PASS").setInputFiles([
    { name: "notiz.pdf", mimeType: "application/pdf", buffer: Buffer.from("kein PDF") },
  ]);
  await primary(page).click();
  await expect(page.locator("main form [role=status] .kern-alert")).toBeVisible();
  release();
  await expect(page.locator("#errors")).toBeFocused();
  await expect(page.locator("#errors a")).toHaveText([/^notiz\.pdf: /]);
  await page.locator("#errors a").click();
  await expect(field(page, "PASS")).toBeFocused();
});

test("a file can be dropped on its box", async ({ page, stack }) => {
  await openEvidence(page, stack.url);
  await ready(page);
  const data = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], "gezogen.pdf", { type: "application/pdf" }));
    return transfer;
  }, pdfOf(5_000).toString("latin1"));
  const box = page.locator(".ao-upload").first();
  await box.dispatchEvent("dragover", { dataTransfer: data });
  await expect(box).toHaveClass(/ao-upload--over/);
  await box.dispatchEvent("drop", { dataTransfer: data });
  await expect(row(page, "gezogen.pdf").first()).toBeVisible();
  await expect(box).not.toHaveClass(/ao-upload--over/);
});

test("other pages load nothing of it", async ({ page, stack }) => {
  const scripts: string[] = [];
  page.on("request", (request) => scripts.push(request.url()));
  const { browser } = await walkTo(stack.url, readPersona("p1", "de"), "evidence");
  await takeOver(page, browser, stack.url);
  await page.goto("/de/potsdam/W-18g/name");
  await page.waitForLoadState("networkidle");
  const engines = () => scripts.filter((url) => url.includes("UploadEngine"));
  expect(engines()).toEqual([]);
  await page.goto("/de/potsdam/W-18g/evidence");
  await ready(page);
  expect(engines()).toHaveLength(1);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("files are handed in by the form, and what a script left unfinished can be removed", async ({ page, stack }) => {
    const { browser, plain } = await openEvidence(page, stack.url);
    await uploaderOf(browser, plain).begin(5_000, { name: "halb.pdf" });
    await page.reload();
    await expect(row(page, "halb.pdf")).toContainText("Nur ein Teil");
    await row(page, "halb.pdf").locator("button[name=remove]").click();
    await expect(row(page, "halb.pdf")).toHaveCount(0);
    await field(page, "PASS").setInputFiles([pdf("pass.pdf", 5_000)]);
    await page.locator("button[name=then][value=stay]").click();
    await expect(taken(page, "pass.pdf")).toBeVisible();
    await pressOn(page, page.locator("button[name=then][value=later]"));
  });
});
