import { entriesFor, itemsFor, placeOf, type Answers, type TestPersona } from "./persona.ts";
import { controlsOf, plainBrowser, type PlainBrowser, type PlainPage } from "./plainBrowser.ts";

const MAX_PAGES = 120;

/** The person's way so far: entries of groups get their ids from the service. */
type Journey = { browser: PlainBrowser; persona: TestPersona; items: Map<string, string[]> };

/** The controls of a page filled by a person. */
export function fillingOf(page: PlainPage, answers: Answers): Record<string, string[]> {
  const names = new Set(controlsOf(page).map(({ name }) => name));
  const entries = [...names].map((name) => [name, entriesFor(name, answers)] as const);
  return Object.fromEntries(entries.filter(([, values]) => values.length > 0));
}

/** The evidence that a person hands in: files by control, and the ticks for what comes later. */
export function evidenceOf(page: PlainPage, { uploads }: TestPersona) {
  const codes = controlsOf(page).flatMap(({ name, kind }) => (kind === "file" ? [name.replace(/\.files$/, "")] : []));
  const files = codes.map((code) => [`${code}.files`, uploads.get(code) ?? []] as const);
  const later = codes.filter((code) => (uploads.get(code) ?? []).length === 0);
  return {
    files: Object.fromEntries(files),
    values: Object.fromEntries(later.map((code) => [`${code}.later`, ["yes"]])),
  };
}

async function next({ browser, persona, items }: Journey, page: PlainPage): Promise<PlainPage> {
  const link = page.document.querySelector("main a.kern-btn--primary")?.getAttribute("href");
  if (link) return browser.open(new URL(link, page.url).href);
  const { step, item } = placeOf(page.url);
  if (item !== undefined) {
    const known = items.get(step) ?? [];
    if (!known.includes(item)) items.set(step, [...known, item]);
    const index = items.get(step)?.indexOf(item) ?? 0;
    return browser.submit(page, { values: fillingOf(page, itemsFor(step, persona)[index] ?? {}) });
  }
  if (page.document.querySelector('main button[name="add"]')) {
    const isMore = (items.get(step)?.length ?? 0) < itemsFor(step, persona).length;
    return browser.submit(page, isMore ? { press: ["add", "yes"] } : {});
  }
  if (step === "evidence") return browser.submit(page, evidenceOf(page, persona));
  return browser.submit(page, { values: fillingOf(page, persona.answers) });
}

/** Goes on from a page until `isThere` says so. @throws when a page refuses something or the way does not end */
export async function walkOn(
  browser: PlainBrowser,
  persona: TestPersona,
  start: PlainPage,
  isThere: (path: string) => boolean,
): Promise<PlainPage> {
  const journey: Journey = { browser, persona, items: new Map() };
  let page = start;
  for (let count = 0; count < MAX_PAGES; count += 1) {
    if (page.status !== 200) throw new Error(`${page.url.pathname}: ${page.status}`);
    if (isThere(page.url.pathname)) return page;
    page = await next(journey, page);
  }
  throw new Error(`no end after ${page.url.pathname}`);
}

/** A new person who fills in everything before a page of the wizard, e.g. `review`, or `receipt` to file. */
export async function walkTo(
  base: string,
  persona: TestPersona,
  step: string,
): Promise<{ browser: PlainBrowser; page: PlainPage }> {
  const browser = plainBrowser(base, persona.language);
  const start = await browser.open(`/${persona.language}/${persona.authority}/triage/place`);
  const page = await walkOn(browser, persona, start, (path) => path.endsWith(`/${step}`));
  return { browser, page };
}
