import { expect, type Locator, type Page } from "@playwright/test";
import { entriesFor, itemsFor, placeOf, type Answers, type TestPersona } from "./persona.ts";

const MAX_PAGES = 120;

type Found = { name: string; type: string; value: string };

/** Words of fields in the language of the page: fields that have some are found as a person finds them. */
export type FieldWords = Readonly<Record<string, { label?: string } | undefined>>;

const byName = (page: Page, name: string): Locator => page.locator(`main form [name="${name}"]`);

/** Chooses an answer as people do: the whole row, its label, is the target. */
export async function tick(page: Page, selector: string): Promise<void> {
  const control = page.locator(`main form ${selector}`);
  await page.locator(`main label[for="${await control.getAttribute("id")}"]`).click();
  await expect(control).toBeChecked();
}

/** Fills the controls of a page; what the person has no answer for stays as it is. */
export async function fillForm(page: Page, answers: Answers, words: FieldWords = {}): Promise<void> {
  const controls = await page.locator("main form [name]").evaluateAll((elements) =>
    elements.map((element): Found => {
      const { name, type, value } = element as HTMLInputElement;
      return { name, type, value };
    }),
  );
  for (const { name, type, value } of controls) {
    const entries = entriesFor(name, answers);
    if (entries.length === 0 || ["hidden", "submit", "file"].includes(type)) continue;
    const label = words[name]?.label;
    const control = label === undefined ? byName(page, name) : page.getByLabel(label).and(byName(page, name));
    if (type === "select-one") await control.selectOption(entries);
    else if (type !== "radio" && type !== "checkbox") await control.fill(entries[0] ?? "");
    else if (entries.includes(value)) await tick(page, `[name="${name}"][value="${value}"]`);
  }
}

/** Hands in what the person has, and says of the rest that it comes later. */
export async function handIn(page: Page, { uploads }: TestPersona): Promise<void> {
  const names = await page
    .locator("main form input[type=file]")
    .evaluateAll((list) => list.map((input) => (input as HTMLInputElement).name));
  for (const name of names) {
    const code = name.replace(/\.files$/, "");
    const files = uploads.get(code) ?? [];
    if (files.length > 0) await byName(page, name).setInputFiles(files);
    else await tick(page, `[name="${code}.later"]`);
  }
}

/** Presses something that leads to another page, and waits until that page stands. */
export async function pressOn(page: Page, target: Locator): Promise<void> {
  const title = await page.title();
  const address = page.url();
  await target.click();
  await page.waitForURL((url) => url.href !== address);
  // With script the address changes a moment before the page does.
  await expect(page).not.toHaveTitle(title);
}

/** The one primary button or link of a page. */
export const primary = (page: Page): Locator => page.locator("main .kern-btn--primary");

/** Goes on page by page until the path ends with `/${last}`; gives the steps seen. */
export async function walkPages(page: Page, persona: TestPersona, last: string, words?: FieldWords): Promise<string[]> {
  const items = new Map<string, string[]>();
  const seen: string[] = [];
  for (let count = 0; count < MAX_PAGES; count += 1) {
    if (new URL(page.url()).pathname.endsWith(`/${last}`)) return seen;
    const { step, item } = placeOf(page.url());
    seen.push(item === undefined ? step : `${step} ${item}`);
    if (item !== undefined) {
      const known = items.get(step) ?? [];
      if (!known.includes(item)) items.set(step, [...known, item]);
      await fillForm(page, itemsFor(step, persona)[items.get(step)?.indexOf(item) ?? 0] ?? {}, words);
    } else if (await page.locator("main button[name=add]").isVisible()) {
      if ((items.get(step)?.length ?? 0) < itemsFor(step, persona).length) {
        await pressOn(page, page.locator("main button[name=add]"));
        continue;
      }
    } else if (step === "evidence") await handIn(page, persona);
    else await fillForm(page, persona.answers, words);
    await pressOn(page, primary(page));
  }
  throw new Error(`no end after ${page.url()}`);
}
