import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { test as base } from "./e2e.ts";
import type { PlainBrowser } from "./plainBrowser.ts";

/** What a browser says about answers that are meant to be refusals. */
const EXPECTED =
  /^Failed to load resource: (the server responded with a status of (4\d\d|503)|net::ERR_INTERNET_DISCONNECTED)/;
/** Smallest phones; also a page of 1280 px at 400 % (WCAG 2.2, 1.4.10). */
export const NARROW = { width: 320, height: 640 };
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/** Collects errors of scripts and of the content security policy from now on. */
export function watch(page: Page): string[] {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !EXPECTED.test(message.text())) errors.push(`${page.url()}: ${message.text()}`);
  });
  return errors;
}

/** Playwright test on a running demo that fails when the page's console shows an error. */
export const test = base.extend<{ quietConsole: void }>({
  // A control that is not there is a finding, not a reason to wait for the end of the test.
  actionTimeout: 10_000,
  navigationTimeout: 15_000,
  quietConsole: [
    async ({ page }, use) => {
      const errors = watch(page);
      await use();
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
});

/** Gives the cookies of a browser without script to a real one: both are the same person then. */
export async function takeOver(page: Page, { cookies }: PlainBrowser, url: string): Promise<void> {
  const { hostname } = new URL(url);
  const jar = [...cookies].map(([name, value]) => ({ name, value, domain: hostname, path: "/", httpOnly: true }));
  await page.context().addCookies(jar);
}

/** Checks a page state: WCAG 2.0 to 2.2 A and AA with best practices, and no scrolling sideways at 320 px. */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  const { violations, passes } = await new AxeBuilder({ page }).withTags(RULES).setLegacyMode(true).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
  expect(passes.length, "rules that axe looked at").toBeGreaterThan(10);
  expect.soft(found, `axe: ${state}`).toEqual([]);
  await expectNarrow(page, state);
}

/** Checks that a page of 320 px width needs no scrolling sideways. */
export async function expectNarrow(page: Page, state: string): Promise<void> {
  const before = page.viewportSize();
  if (before?.width !== NARROW.width) await page.setViewportSize(NARROW);
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const isOut = (element: Element) => {
      const { left, right } = element.getBoundingClientRect();
      return right > clientWidth + 0.5 || left < -0.5;
    };
    const outside = [...document.querySelectorAll("body *")].filter(isOut);
    return [`${scrollWidth} px`, ...outside.map((element) => `${element.tagName} ${element.className}`)];
  });
  expect.soft(wide, `320 px: ${state}`).toEqual([]);
  if (before && before.width !== NARROW.width) await page.setViewportSize(before);
}
