import type { Hono } from "hono";
import { paging, refused, type AppContext, type AppEnv } from "./access.ts";
import { areasOf, searchAreas } from "./areas.ts";
import { pass, problemResponse, refuse, type Outcome } from "./problems.ts";
import { competent, findRoutes } from "./routes.ts";
import type { Service } from "./service.ts";

const LEIKA_KEY = /^99\d{12}$/;
const ARS = /^(\d{2}|\d{3}|\d{5}|\d{9}|\d{12})$/;
const AGS = /^(\d{2}|\d{3}|\d{5}|\d{8})$/;
const MOST_TERMS = 10;
const LONGEST_TERM = 100;

/** Stand-in for the routing service (Routing API 2.0.0); it asks for no token. `base` is the path of its version. */
export function addRoutingRoutes(app: Hono<AppEnv>, service: Service, base: string): void {
  app.get(`${base}/info`, (c) => c.json({ version: { major: 2, minor: 0, patch: 0 } }));

  app.get(`${base}/areas`, (c) => {
    const page = paging(c);
    if (!page.ok) return refused(page);
    const terms = c.req.queries("areaSearchexpression") ?? [];
    if (terms.length === 0 || terms.length > MOST_TERMS || !terms.every(isTerm)) {
      return refused(refuse("malformed-request", "areaSearchexpression: 1 to 10 terms of 2 characters or more"));
    }
    const found = searchAreas(areasOf(service.store.destinations()), terms);
    const { offset, limit } = page.value;
    const areas = found.slice(offset, offset + limit);
    return c.json({ count: areas.length, offset, totalCount: found.length, areas });
  });

  app.get(`${base}/routes`, async (c) => {
    const page = paging(c);
    if (!page.ok) return refused(page);
    const leikaKey = c.req.query("leikaKey") ?? "";
    if (!LEIKA_KEY.test(leikaKey)) return problemResponse({ slug: "malformed-request", detail: "leikaKey" });
    const area = areaOf(c);
    if (!area.ok) return refused(area);
    const found = await findRoutes(service, leikaKey, area.value);
    const { offset, limit } = page.value;
    const routes = found.slice(offset, offset + limit);
    return c.json({ count: routes.length, offset, totalCount: found.length, routes });
  });
}

/** A search term holds two characters in a row besides the wildcard. */
function isTerm(term: string): boolean {
  return term.length <= LONGEST_TERM && /[^*]{2}/.test(term);
}

/** The one place that is asked for, as a test for the digits of a region. */
function areaOf(c: AppContext): Outcome<(region: string) => boolean> {
  const { ars, ags, areaId } = { ars: c.req.query("ars"), ags: c.req.query("ags"), areaId: c.req.query("areaId") };
  const given = [ars, ags, areaId].filter((value) => value !== undefined);
  if (given.length !== 1) return refuse("malformed-request", "exactly one of ars, ags and areaId");
  if (ars !== undefined) return ARS.test(ars) ? pass(competent.forArs(ars)) : refuse("malformed-request", "ars");
  if (ags !== undefined) return AGS.test(ags) ? pass(competent.forAgs(ags)) : refuse("malformed-request", "ags");
  return areaId && /^\d{1,12}$/.test(areaId) ? pass(competent.forArea(areaId)) : refuse("malformed-request", "areaId");
}
