import { readPersona, type TestPersona } from "./persona.ts";
import { bodyOf, type PlainBrowser, type PlainPage } from "./plainBrowser.ts";
import { fillingOf, walkTo } from "./plainJourney.ts";

/** Persona P1, who uses the service in German. */
export const p1 = readPersona("p1", "de");

/** A person whose application is filled in and not yet filed. */
export type Applicant = {
  browser: PlainBrowser;
  /** Presses "submit" once and follows to the page that comes back. */
  submit: () => Promise<PlainPage>;
  /** Presses "submit" and does not wait for more than the answer's status and where it leads. */
  press: () => Promise<{ status: number; location: string | null; text: string }>;
  /** What the status page tells, in the order in which it became known. */
  events: () => Promise<string[]>;
};

/** Fills in everything up to the review page, as a browser without script would. */
export async function fillIn(base: string, persona: TestPersona = p1): Promise<Applicant> {
  const { browser, page } = await walkTo(base, persona, "review");
  const filling = { values: fillingOf(page, persona.answers) };
  return {
    browser,
    submit: () => browser.submit(page, filling),
    press: async () => {
      const response = await browser.send(page.url.href, { method: "POST", body: bodyOf(page, filling) });
      return { status: response.status, location: response.headers.get("location"), text: await response.text() };
    },
    events: async () => {
      const { document } = await browser.open(`/${persona.language}/status`);
      return document.querySelector("[data-events]")?.getAttribute("data-events")?.split(" ") ?? [];
    },
  };
}

/** The reference on a receipt. @throws when the page is none */
export function referenceOf({ document, url, status }: PlainPage): string {
  const reference = document.querySelector(".ao-ref")?.textContent.trim();
  if (!reference || !url.pathname.endsWith("/receipt")) throw new Error(`no receipt: ${url.pathname} (${status})`);
  return reference;
}
