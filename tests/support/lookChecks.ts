import { expect, type Page } from "@playwright/test";
import { inspectShapes } from "./lookShapes.ts";
import { inspectTexts } from "./lookTexts.ts";

/** Only these may be drawn by fonts of the system: codes, and languages that name themselves in a menu. */
const SYSTEM_FONTS = ".ao-code, .ao-ref, .ao-resume__code, .ao-lang__others, .ao-lang__list, input, select, textarea";

/**
 * Texts that the browser draws with a font of the system, because no font of ours has their characters. A machine
 * without system fonts would show boxes there; `inspectTexts` finds these on such a machine.
 */
export async function foreignFonts(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  await session.send("DOM.enable");
  await session.send("CSS.enable");
  const { root } = await session.send("DOM.getDocument", { depth: 0 });
  const selector = `[data-look-glyphs]:not(:is(${SYSTEM_FONTS}) *):not(${SYSTEM_FONTS})`;
  const { nodeIds } = await session.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector });
  const texts = await page.locator(selector).evaluateAll((all) => all.map((element) => element.textContent ?? ""));
  const found = await Promise.all(
    nodeIds.map(async (nodeId, index) => {
      const { fonts } = await session.send("CSS.getPlatformFontsForNode", { nodeId });
      const foreign = fonts.filter(({ isCustomFont }) => !isCustomFont).map(({ familyName }) => familyName);
      return foreign.length > 0 ? [`${foreign.join(", ")}: ${texts[index]?.trim().slice(0, 60) ?? ""}`] : [];
    }),
  );
  await session.detach();
  expect(nodeIds.length, "texts whose fonts were looked at").toBeGreaterThan(0);
  return found.flat();
}

export type LookOptions = {
  /** Language of the page. */
  language: string;
  /** Names that are German in every language: authority and office. */
  german: readonly string[];
};

/** Checks how a page looks as it is now; gives the icons that were seen. */
export async function expectLook(page: Page, state: string, { language, german }: LookOptions): Promise<string[]> {
  await page.evaluate(() => document.fonts.ready);
  const texts = await page.evaluate(inspectTexts, german);
  const shapes = await page.evaluate(inspectShapes, language);
  const findings = {
    "wider than the window": shapes.wide,
    "text that is cut off": texts.clipped,
    "text in a column that is too narrow": texts.squeezed,
    "character without a glyph": texts.tofu,
    "text in a font that is not ours": await foreignFonts(page),
    "icon that looks the wrong way": shapes.icons,
    "target that is too small": shapes.targets,
    "direction of writing": shapes.direction,
    "number or code in the wrong order": texts.unordered,
    "German that is not marked": texts.unmarked,
  };
  for (const [what, list] of Object.entries(findings)) expect.soft([...new Set(list)], `${state}: ${what}`).toEqual([]);
  return shapes.seenIcons;
}

/** Opens or closes everything that folds. */
export async function unfold(page: Page, open: boolean): Promise<void> {
  await page.evaluate((isOpen) => {
    for (const details of document.querySelectorAll("details")) details.open = isOpen;
  }, open);
}
