import { p1 } from "./applicant.ts";
import type { OpenStack } from "./openStack.ts";
import { codeOf, plainBrowser, type PlainBrowser, type PlainPage } from "./plainBrowser.ts";
import { walkOn } from "./plainJourney.ts";
import { logInAs } from "./staffLogin.ts";

/** Where a helped sitting is handed over. */
export const HAND_OVER = "/de/hand-over";

/** Persona P1 under a name that stands nowhere else, who declares that somebody helps. */
export const helpedPersona = { ...p1, answers: { ...p1.answers, familyName: "ŹRÓDLAK", declareHelped: true } };

/** A browser with the page that it is at. */
type At = { browser: PlainBrowser; page: PlainPage };

/** Somebody who helps, with the first page of an application that they began. Needs a stack with `identity: true`. */
export async function beginHelp(stack: OpenStack): Promise<At> {
  const { browser, page } = await logInAs(stack, "helper", "/helper");
  const values = { language: ["de"], authority: ["potsdam"] };
  return { browser, page: await browser.submit(page, { values }) };
}

/** An application that a helper filled in, up to a page. */
export async function fillHelped(stack: OpenStack, step: string): Promise<At> {
  const { browser, page } = await beginHelp(stack);
  return { browser, page: await walkOn(browser, helpedPersona, page, (path) => path.endsWith(`/${step}`)) };
}

/** Presses the button that shows a ticket. */
export async function ticketFrom(browser: PlainBrowser): Promise<string> {
  return codeOf(await browser.submit(await browser.open(HAND_OVER)));
}

/** Somebody on their own device who types a ticket. */
export async function claim({ url }: Pick<OpenStack, "url">, ticket: string): Promise<At> {
  const browser = plainBrowser(url);
  return { browser, page: await browser.submit(await browser.open("/de/claim"), { values: { code: [ticket] } }) };
}

/** What a code that was written down opens on another device. */
export async function resume({ url }: Pick<OpenStack, "url">, code: string): Promise<PlainPage> {
  const browser = plainBrowser(url);
  return browser.submit(await browser.open("/de/resume"), { values: { code: [code] } });
}
