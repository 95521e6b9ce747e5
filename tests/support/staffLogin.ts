import { people } from "../../app/demo/identity/people.ts";
import { plainBrowser, type PlainBrowser, type PlainPage } from "./plainBrowser.ts";

/** Ids of the invented staff of the demo, by what they are. */
export const staffIds = {
  operator: "betrieb",
  clerk: "potsdam-sachbearbeitung",
  lead: "potsdam-leitung",
  administrator: "potsdam-verwaltung",
  clerkOfBarnim: "barnim-sachbearbeitung",
  helper: "beratung",
  nobody: "ohne-rolle",
} as const;

/** Somebody of the invented staff. */
export type StaffPerson = keyof typeof staffIds;

type Addresses = { url: string; identity: string };

/** A browser that is logged in, and the page to which the login led. */
export type LoggedIn = { browser: PlainBrowser; page: PlainPage };

/**
 * Logs a browser in as one of the invented staff over HTTP, as a person without script would: opens `path`, is led to the
 * login service of the demo and chooses. Needs a stack with `identity: true`.
 */
export async function logInAs(
  { url, identity }: Addresses,
  person: StaffPerson,
  path = "/operator",
  browser = plainBrowser(url),
): Promise<LoggedIn> {
  const choice = await browser.open(path);
  // Somebody who is logged in at the login service already is not asked again.
  if (choice.url.origin !== new URL(identity).origin) return { browser, page: choice };
  const id = staffIds[person];
  if (!people.some((someone) => someone.id === id)) throw new Error(`${id} is not among the staff of the demo`);
  const page = await browser.submit(choice, { press: ["person", id] }, { origin: identity });
  return { browser, page };
}
