import { expect, type Page } from "@playwright/test";
import { PDFDocument } from "pdf-lib";
import { expectLook, foreignFonts, unfold } from "#tests/support/lookChecks.ts";
import { inspectShapes } from "#tests/support/lookShapes.ts";
import { inspectTexts } from "#tests/support/lookTexts.ts";
import { readPersona } from "#tests/support/persona.ts";
import { walkTo } from "#tests/support/plainJourney.ts";
import { expectAccessible, NARROW, takeOver, test } from "#tests/support/watchedPage.ts";

// As in look.full.spec.ts, so that both share one running demo.
test.use({ stackOptions: { decision: "manual" } });

const FOLDER = "test-results/look";
const WIDE = { width: 1280, height: 900 };
const GERMAN = ["Landeshauptstadt Potsdam", "Ausländerbehörde Potsdam"];

/** A person in the browser who filled in everything before a page of the wizard. */
async function openAt(page: Page, url: string, language: string, step: string, answers = {}): Promise<string> {
  const persona = readPersona("p1", language);
  const { browser } = await walkTo(url, { ...persona, answers: { ...persona.answers, ...answers } }, step);
  await page.context().clearCookies();
  await takeOver(page, browser, url);
  return `/${language}/${persona.authority}`;
}

/** On how many A4 sheets a page is printed, and what of the navigation is printed with it. */
async function printed(page: Page): Promise<{ sheets: number; noise: string[] }> {
  const bytes = await page.pdf({ format: "A4" });
  const document = await PDFDocument.load(bytes);
  await page.emulateMedia({ media: "print" });
  const navigation = ".ao-tools, .ao-context, .ao-wizard__nav, .ao-help, .ao-footer, .ao-actions, .ao-back, .ao-skip";
  const noise = await page
    .locator(navigation)
    .evaluateAll((all) => all.filter((element) => element.checkVisibility()).map((element) => element.className));
  await page.emulateMedia({ media: null });
  return { sheets: document.getPageCount(), noise };
}

for (const language of ["de", "ar"]) {
  test(`every tone of a deadline in ${language}`, async ({ page, stack }) => {
    const ends = { calm: "2027-06-30", soon: "2027-01-15", urgent: "2026-11-30", expired: "2026-11-10" };
    for (const [tone, titleValidUntil] of Object.entries(ends)) {
      const home = await openAt(page, stack.url, language, "result", { titleValidUntil });
      await page.setViewportSize(WIDE);
      await page.goto(`${home}/triage/result`);
      const banner = page.locator(`main .ao-deadline--${tone}`);
      await expect(banner).toBeVisible();
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await expectAccessible(page, `${tone} ${colorScheme}`);
        await banner.screenshot({ path: `${FOLDER}/deadline-${tone}.${language}.${colorScheme}.png` });
      }
      await page.emulateMedia({ colorScheme: "light" });
      await page.setViewportSize(NARROW);
      await expectLook(page, `${tone} ${language}`, { language, german: GERMAN });
      await banner.screenshot({ path: `${FOLDER}/deadline-${tone}.${language}.320.png` });
    }
    const unlimited = {
      currentTitleType: "settlementPermit",
      titleValidUntil: undefined,
      request: "card",
      cardGoal: "expired",
    };
    const home = await openAt(page, stack.url, language, "result", unlimited);
    await page.goto(`${home}/triage/result`);
    await expect(page.locator("main h1")).toBeVisible();
    await expect(page.locator(".ao-deadline")).toHaveCount(0);
  });
}

test("receipt and access sheet print on one page each, the review on few, all without navigation", async ({
  page,
  stack,
}) => {
  const home = await openAt(page, stack.url, "de", "review");
  await page.goto(`${home}/W-18g/review`);
  const review = await printed(page);
  expect(review.noise).toEqual([]);
  expect(review.sheets).toBeLessThanOrEqual(4);
  await page.goto(`${home}/access-sheet`);
  expect(await printed(page)).toEqual({ sheets: 1, noise: [] });

  await openAt(page, stack.url, "ar", "receipt");
  for (const path of ["receipt", "access-sheet"]) {
    await page.goto(`/ar/potsdam/${path}`);
    expect(await printed(page), path).toEqual({ sheets: 1, noise: [] });
  }
});

test("empty lists, errors, and no session look like the rest", async ({ page, stack }) => {
  const home = await openAt(page, stack.url, "de", "evidence");
  const paths = [
    `${home}/W-18g/family`,
    `${home}/W-18g/evidence`,
    "/de/nirgendwo",
    "/de/forbidden",
    "/de/session-ended",
  ];
  for (const path of paths) {
    for (const size of [NARROW, WIDE]) {
      await page.setViewportSize(size);
      await page.goto(path);
      await page.screenshot({ path: `${FOLDER}/state-${path.split("/").at(-1)}.${size.width}.png`, fullPage: true });
      await expectLook(page, `${path} ${size.width}`, { language: "de", german: GERMAN });
    }
  }
});

test("a window zoomed to twice the size shows everything, and nothing moves for people who want calm", async ({
  page,
  stack,
}) => {
  const home = await openAt(page, stack.url, "de", "review");
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const path of [home, `${home}/W-18g/passportDetails`, `${home}/W-18g/evidence`, `${home}/W-18g/review`]) {
    await page.setViewportSize({ width: 640, height: 450 });
    await page.goto(path);
    await unfold(page, true);
    await expectLook(page, `${path} at 200 %`, { language: "de", german: GERMAN });
    const moving = await page.evaluate(() => document.getAnimations().map((animation) => animation.id || "animation"));
    expect(moving, path).toEqual([]);
  }
});

test("the checks of the look find what is wrong", async ({ page }) => {
  await page.setViewportSize(NARROW);
  await page.goto("/ar/potsdam/triage/place");
  await page.waitForLoadState("networkidle");
  const wrong: [markup: string, style: Record<string, string>][] = [
    ["Donaudampfschifffahrt", { width: "60px", overflow: "hidden", whiteSpace: "nowrap" }],
    ["Donaudampfschifffahrt", { width: "60px", border: "1px solid", whiteSpace: "nowrap" }],
    ["Donaudampfschifffahrt", { width: "12px", overflowWrap: "anywhere" }],
    ["هاتف +49 30 23125100", {}],
    ["\u2F00", {}],
    ["Landeshauptstadt Potsdam", {}],
    ['<span class="kern-icon kern-icon--arrow-forward"></span>', { transform: "scaleX(-1)" }],
    ['<span class="kern-icon kern-icon--check"></span>', { transform: "scaleX(-1)" }],
    ['<button type="button">x</button>', {}],
    ['<span class="ao-code">AB12</span>', {}],
    ["breit", { width: "900px" }],
  ];
  await page.evaluate((boxes) => {
    for (const [markup, style] of boxes) {
      const box = document.createElement("div");
      box.innerHTML = markup;
      Object.assign(box.style, style);
      const code = box.querySelector<HTMLElement>(".ao-code");
      if (code) code.style.direction = "rtl";
      document.querySelector("main .ao-page")?.append(box);
    }
  }, wrong);
  const texts = await page.evaluate(inspectTexts, GERMAN);
  expect(texts.clipped.join("\n")).toMatch(/cut off.*\n.*over the edge/);
  expect(texts.squeezed).toContain("Donaudampfschifffahrt");
  expect(texts.unordered).toEqual(["+49 30 23125100"]);
  expect(texts.unmarked).toEqual(["not marked as German: Landeshauptstadt Potsdam"]);
  const shapes = await page.evaluate(inspectShapes, "ar");
  expect(shapes.wide[0]).toContain("px in 320 px");
  expect(shapes.icons).toEqual(["arrow-forward does not mirror", "check mirrors"]);
  expect(shapes.targets.join()).toContain("button.");
  expect(shapes.direction).toEqual(["not isolated: span.ao-code AB12"]);
  // Without a font for it on the system, the character is a box; with one, the font is not ours.
  expect([...texts.tofu, ...(await foreignFonts(page))].join()).toContain("\u2F00");
});
