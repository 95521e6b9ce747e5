import { z } from "zod";
import { find, openBrowser, request, requireOk, type Browser, type Page } from "#app/cli/persona/browser.ts";
import { badFile, notReached } from "#app/cli/persona/fault.ts";
import type { Persona } from "#app/cli/persona/file.ts";
import { submit, type Filling } from "#app/cli/persona/form.ts";
import type { Judgement } from "#app/cli/persona/judge.ts";
import { followStatus } from "#app/cli/persona/status.ts";
import {
  fillEvidence,
  fillGroup,
  fillItem,
  fillQuestions,
  placeOf,
  type Lists,
  type Place,
} from "#app/cli/persona/steps.ts";
import type { Walkable } from "#flows/engine/walk.ts";
import { isServiceId, services } from "#flows/services/registry.ts";
import { walkable } from "#flows/services/service.ts";
import { short } from "#flows/services/short.ts";
import { triage } from "#flows/services/triage.ts";

/** What became of an application; all empty if the service leads elsewhere. */
export type Applied = { reference: string | null; status: string | null; statusHistory: readonly string[] };

const MAX_PAGES = 300;
const health = z.object({ today: z.iso.date() });

/** Makes sure that file and service have the same date. @throws PersonaFault 2 if not */
export async function requireSameDay(base: URL, today: string): Promise<void> {
  const response = await request(new URL("/health", base), { headers: { accept: "application/json" } });
  const parsed = health.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success) throw notReached(`${base.origin}/health does not tell the date of the service`);
  if (parsed.data.today === today) return;
  throw badFile(
    `today is ${today} in the file, but ${parsed.data.today} at ${base.origin}: start it with CLOCK=${today}`,
  );
}

/**
 * Applies over HTTP as a browser without script: from the start page of the authority to the receipt, then reads the
 * status until the authority has answered.
 * @throws PersonaFault 1 with the page's own words if it refuses something, 2 if a file is missing
 */
export async function applyAt(base: URL, persona: Persona, judgement: Judgement): Promise<Applied> {
  const { authority, report } = judgement;
  if (Object.keys(persona.settings).length > 0) throw badFile("settings: a running service has its own");
  if (!authority) throw notReached(`${report.authority?.name ?? "the authority"} does not take part in this service`);
  const browser = openBrowser(base);
  const home = `/${persona.language}/${authority.id}`;
  const journey: Journey = { browser, persona, judgement, home, lists: new Map(), seen: [], code: "" };
  const wizard = report.completeness === "minimal" ? short.id : triage.id;
  const page = await walkPages(
    journey,
    await follow(journey, requireOk(await browser.open(home)), `${home}/${wizard}/`),
  );
  comparePath(journey);
  if (page.url.pathname !== `${home}/receipt`) return { reference: null, status: null, statusHistory: [] };
  const reference = find(page, ".ao-ref")?.textContent.trim();
  if (!reference) throw notReached(`${page.url.pathname} shows no reference`);
  return { reference, ...(await followStatus(browser, persona.language, journey.code)) };
}

type Journey = {
  browser: Browser;
  persona: Persona;
  judgement: Judgement;
  home: string;
  lists: Lists;
  /** Pages of the wizards in the order they came, each once. */
  seen: string[];
  /** The access code as the page showed it. */
  code: string;
};

/** Follows the first link of a page whose address begins with `href`. */
async function follow({ browser }: Journey, page: Page, href: string): Promise<Page> {
  const link = find(page, `a[href^="${href}"]`)?.getAttribute("href");
  if (!link) throw notReached(`${page.url.pathname} has no link to ${href}`);
  return requireOk(await browser.open(new URL(link, page.url)));
}

/** Goes on page by page until the receipt, or a page that leads no further. */
async function walkPages(journey: Journey, start: Page): Promise<Page> {
  let page = start;
  for (let count = 0; count < MAX_PAGES; count += 1) {
    const next = await nextPage(journey, page);
    if (!next) return page;
    page = next;
  }
  throw notReached(`${page.url.pathname} is page ${MAX_PAGES}, and there is no end`);
}

async function nextPage(journey: Journey, page: Page): Promise<Page | undefined> {
  const { browser, home, judgement } = journey;
  const { pathname } = page.url;
  if (pathname === `${home}/receipt` || pathname === `${home}/not-responsible`) return undefined;
  if (pathname === `${home}/save-code`) return passCode(journey, page);
  const place = placeOf(page.url);
  if (!place || !pathname.startsWith(`${home}/`)) throw notReached(`the service leads to ${pathname}`);
  if (place.item === undefined && journey.seen.at(-1) !== place.step) journey.seen.push(place.step);
  const flow = flowOf(place);
  if (flow.steps[place.step]?.kind !== "result") return submit(browser, page, fillingOf(journey, place, flow, page));
  const { service } = judgement.report;
  return service === null ? undefined : follow(journey, page, `${home}/${service}`);
}

/** Reads the access code that the page shows, and goes on. */
async function passCode(journey: Journey, page: Page): Promise<Page> {
  const groups = page.document.querySelectorAll("main .ao-resume__code span").map((span) => span.textContent.trim());
  if (groups.length === 0) throw notReached(`${page.url.pathname} shows no access code`);
  journey.code = groups.join("-");
  return follow(journey, page, page.url.searchParams.get("next") ?? `${journey.home}/`);
}

function flowOf({ wizard }: Place): Walkable {
  const entry = [triage, short].find(({ id }) => id === wizard);
  if (entry) return entry;
  if (!isServiceId(wizard)) throw notReached(`the service leads to the unknown wizard "${wizard}"`);
  return walkable(services[wizard]);
}

function fillingOf(journey: Journey, place: Place, flow: Walkable, page: Page): Filling {
  const { typed, setting } = journey.judgement;
  const { settings } = setting;
  const step = flow.steps[place.step];
  if (!step) throw notReached(`${page.url.pathname} is no page of ${flow.id}`);
  if (step.kind === "evidence") return fillEvidence(journey.judgement.asked, journey.persona.uploads);
  if (step.kind !== "group") return fillQuestions(step, typed, settings);
  const list = { lists: journey.lists, name: place.step, flow: step.item as Walkable, typed, settings };
  return place.item ? fillItem(list, place.item) : fillGroup(list);
}

/** The pages over HTTP must be those of the pure walk. */
function comparePath({ seen, judgement }: Journey): void {
  const [expected, actual] = [judgement.report.path.join(" "), seen.join(" ")];
  if (expected !== actual) throw notReached(`the pages were: ${actual}\nexpected: ${expected}`);
}
