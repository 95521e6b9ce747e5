import type { Authority } from "#app/config/authority.ts";
import type { AuthorityEntry, PlaceFormProps, SearchResult } from "#app/routes/shared/PlaceSearch.tsx";
import { authoritiesOf } from "#app/routes/shared/placeSearch.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";

/** A connected authority as a row that leads to its start page. */
export function entryOf(page: Page, authority: Authority): AuthorityEntry {
  const note = authority.transport.kind === "none" ? "offline" : "online";
  return {
    name: authority.name,
    note: page.say(`pages:chooseAuthority.${note}`),
    href: `/${page.language}/${authority.id}`,
  };
}

/** The search form with what was typed. */
export function formOf(page: Page, typed: string, error: string | undefined): PlaceFormProps {
  const say = (key: string) => page.say(`pages:chooseAuthority.${key}`);
  const words = { label: say("postalCode"), hint: say("postalCodeHint"), submit: say("search") };
  return { action: `/${page.language}`, typed, ...words, ...(error ? { error } : {}) };
}

/** What a search by postal code shows, in words; `error` if it is none. */
export function searchOf(
  page: Page,
  authorities: readonly Authority[],
  typed: string,
): { error?: string; result?: SearchResult } {
  const say = (key: string) => page.say(`pages:chooseAuthority.${key}`);
  if (typed === "") return {};
  if (!/^\d{5}$/.test(typed)) return { error: page.say("errors:postalCode", { label: say("postalCode") }) };
  const hits = authoritiesOf(authorities, typed);
  const entries = hits.map(({ name, places, connected }): AuthorityEntry => {
    const entry = connected ? entryOf(page, connected) : { name, note: say("notConnected") };
    return hits.length > 1 ? { ...entry, places: places.join(", ") } : entry;
  });
  if (entries.length === 0) return { result: { tone: "warning", title: say("unknown"), entries } };
  if (entries.length > 1) return { result: { tone: "info", title: say("several"), entries } };
  return entries[0]?.href
    ? { result: { tone: "success", title: say("found"), entries } }
    : { result: { tone: "warning", title: say("none"), entries } };
}
