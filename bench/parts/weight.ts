import { setTimeout as pause } from "node:timers/promises";
import type { Browser, Page } from "@playwright/test";
import { openBrowser } from "../browser.ts";
import { figureOf, type Figure } from "../figures.ts";
import { startOnPglite } from "../stack.ts";
import { readPersona } from "#tests/support/persona.ts";
import { fillForm, pressOn, primary } from "#tests/support/formFilling.ts";

const FIRST_PAGE = "potsdam/triage/place";
/** A phone in the hand of a person: fonts and scripts are chosen by what it is. */
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true };

type Weight = { all: number; documents: number };

const QUIET_MS = 700;

/** Counts what goes over the wire for a page, headers included, from here until nothing more comes after `stop`. */
async function scale(page: Page): Promise<{ stop: () => Promise<Weight> }> {
  const session = await page.context().newCDPSession(page);
  const kinds = new Map<string, string>();
  const weight: Weight = { all: 0, documents: 0 };
  let lastAt = performance.now();
  session.on("Network.requestWillBeSent", () => {
    lastAt = performance.now();
  });
  session.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    lastAt = performance.now();
    weight.all += encodedDataLength / 1024;
    if (["Document", "Stylesheet"].includes(kinds.get(requestId) ?? "")) weight.documents += encodedDataLength / 1024;
  });
  await session.send("Network.enable");
  return {
    stop: async () => {
      await page.waitForLoadState("load");
      lastAt = performance.now();
      while (performance.now() - lastAt < QUIET_MS) await pause(50);
      await session.detach();
      return weight;
    },
  };
}

async function firstPage(browser: Browser, base: string, language: string, headers: Record<string, string> = {}) {
  const context = await browser.newContext({ ...PHONE, locale: language, extraHTTPHeaders: headers });
  const page = await context.newPage();
  const weighed = await scale(page);
  await page.goto(`${base}/${language}/${FIRST_PAGE}`);
  return { page, weight: await weighed.stop() };
}

const figure = (name: string, value: number, bar: number) =>
  figureOf({ name: `weight.${name}`, value, unit: "KB" }, { atMost: bar });

/** What the first and the second page of the wizard weigh on the wire: cold cache, compressed, with all they load. */
export async function benchWeight(): Promise<Figure[]> {
  const { stack, stop } = await startOnPglite();
  const browser = await openBrowser();
  try {
    const { page, weight } = await firstPage(browser, stack.url, "de");
    // The rules of a page come with the first touch; they are no part of the next one.
    const rules = await scale(page);
    await fillForm(page, readPersona("p1", "de").answers);
    await page.keyboard.press("Tab");
    const touched = await rules.stop();
    const weighed = await scale(page);
    await pressOn(page, primary(page));
    const second = await weighed.stop();
    const arabic = await firstPage(browser, stack.url, "ar");
    const saving = await firstPage(browser, stack.url, "de", { "save-data": "on" });
    return [
      figure("htmlAndCss", weight.documents, 40),
      figure("firstPage", weight.all, 180),
      figure("firstPageArabic", arabic.weight.all, 220),
      figure("firstPageSaveData", saving.weight.all, 60),
      figure("firstTouch", touched.all, 40),
      figure("secondPage", second.all, 15),
    ];
  } finally {
    await browser.close();
    await stop();
  }
}
