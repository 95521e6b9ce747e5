import type { App } from "#app/context.server.ts";
import { openLine, type Line } from "#app/door/line.server.ts";
import { measurePressure, type Pressure } from "#app/door/pressure.server.ts";
import { readTicket, writeTicket } from "#app/door/ticket.server.ts";
import { isServiceId } from "#flows/services/registry.ts";
import { short } from "#flows/services/short.ts";
import { triage } from "#flows/services/triage.ts";
import { isLanguage, type Language } from "#locales/languages.ts";
import { cookieAttributes, cookieName, sessionKey } from "#app/session.server.ts";

/** What a newcomer meets: the open door, or the line with their place in it. `cookie` is the `Set-Cookie` value, if one is due. */
export type Meeting = { isIn: boolean; cookie?: string };

/** The door of the service: running applications never come to it, newcomers wait there while it is too full. */
export type Door = {
  meet: (cookies: ReadonlyMap<string, string>) => Meeting;
  note: Pressure["note"];
  stop: () => void;
};

/** Who was let in has so long to begin; from the first saved page on the application itself lets them in. */
const ADMITTED_MS = 30 * 60_000;
/** A place in the line is kept so long: with one of another day somebody would pass everybody who waits now. */
const PLACE_MS = 12 * 60 * 60_000;
const TICK_MS = 1_000;

/**
 * Pages of an authority by which an application begins. Whoever only reads, comes back or was invited never waits: an invitation
 * belongs to an application that runs.
 */
const BEGINNINGS: readonly string[] = [triage.id, short.id, "ukraine"];

/** A page by which an application begins: its language, and its address behind that, in words of this service only. */
export type Beginning = { language: Language; path: string };

/** A part of an address as the pages read it. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The page at the door that a request is for; undefined for every other page. */
export function beginningOf(app: App, request: Request): Beginning | undefined {
  const { pathname } = new URL(request.url);
  const [language, authority = "", page = ""] = pathname
    .replace(/\.data$/, "")
    .split("/")
    .slice(1)
    .map(decoded);
  if (!isLanguage(language) || !app.config.byId.has(authority)) return undefined;
  if (page === "") return { language, path: `/${authority}` };
  // Fixed words of addresses are read in small and capital letters.
  const word = [page, page.toLowerCase()].find((each) => BEGINNINGS.includes(each) || isServiceId(each));
  return word === undefined ? undefined : { language, path: `/${authority}/${word}` };
}

/** Opens the door of this process. Tickets are signed, so any process of the service knows a place that another one gave. */
export function openDoor(app: App, line: Line = openLine(Date.now()), pressure: Pressure = measurePressure()): Door {
  const key = sessionKey(app, "door ticket");
  const name = cookieName(app, "door");
  const cookie = (kind: "waits" | "admitted", at: number) =>
    `${name}=${writeTicket(key, { kind, at })}; ${cookieAttributes(app)}`;
  const timer = setInterval(() => line.tick(Date.now(), pressure.read()), TICK_MS);
  timer.unref();
  return {
    meet: (cookies) => {
      const now = Date.now();
      const ticket = readTicket(key, cookies.get(name));
      if (ticket?.kind === "admitted" && now - ticket.at < ADMITTED_MS) return { isIn: true };
      if (ticket?.kind === "waits" && now - ticket.at < PLACE_MS) {
        return line.isCalled(ticket.at) ? { isIn: true, cookie: cookie("admitted", now) } : { isIn: false };
      }
      return line.come(now) ? { isIn: true } : { isIn: false, cookie: cookie("waits", now) };
    },
    note: pressure.note,
    stop: () => {
      clearInterval(timer);
      pressure.stop();
    },
  };
}
