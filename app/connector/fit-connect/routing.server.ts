import type { KeyObject } from "node:crypto";
import { compactVerify } from "jose";
import { z } from "zod";
import { DeliveryError } from "../errors.ts";
import type { SelfTest } from "../transport.ts";
import { readJson } from "./answers.server.ts";
import type { Client } from "./client.server.ts";
import { portalKeysUrl, type FitConnectConfig, type RoutingConfig } from "./config.server.ts";
import { checkJwk, publicJwk, type PublicJwk } from "./jwk.server.ts";
import { LEIKA_URN, ROUTING_VERSION } from "./unverified.ts";

// Minutes only: an address that was withdrawn must not be used for long.
const KEEP_MS = 5 * 60 * 1000;
const RS_URN = "urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:rs:";

/** What is asked for: service (LeiKa key, 14 digits) and regional key (ARS, 12 digits) of the competent authority. */
export type RouteQuery = { leika: string; ars: string };

/** Finds the Zustellpunkt of a service in an area. @throws DeliveryError; destinationMismatch if there is not exactly one */
export type FindRoute = (query: RouteQuery) => Promise<{ destinationId: string }>;

const routes = z.object({
  totalCount: z.int().min(0),
  routes: z.array(z.object({ destinationId: z.guid().toLowerCase(), destinationSignature: z.string().max(100_000) })),
});
// One odd key in the set must not make the others unusable.
const keySet = z.object({ keys: z.array(z.unknown()) });

const header = z.object({
  typ: z.literal("jwt"),
  alg: z.literal("PS512"),
  kid: z.string().min(1).max(200),
  crit: z.undefined().optional(),
});
const claims = z.object({
  iss: z.string(),
  submissionHost: z.string(),
  destinationId: z.guid().toLowerCase(),
  services: z.array(z.object({ gebietIDs: z.array(z.string()), leistungIDs: z.array(z.string()) })),
});

/**
 * Looks Zustellpunkte up at the Routing API. An address counts only if the portal signed it for our environment, this
 * service and this area; what was verified is kept for minutes, failures never.
 */
export function createRouting(client: Client, config: FitConnectConfig): FindRoute {
  const { routing } = config;
  const kept = new Map<string, { destinationId: string; until: number }>();
  const portalKey = routing && createPortalKeys(client, routing);

  return async (query) => {
    if (!routing || !portalKey) throw fault("misconfigured", "No Routing API is configured");
    const name = `${query.leika}/${query.ars}`;
    const held = kept.get(name);
    if (held && client.now() < held.until) return { destinationId: held.destinationId };
    const { destinationId, destinationSignature } = await lookUp(client, routing, query);
    const signed = await verify(destinationSignature, routing, portalKey);
    requireFit(signed, { destinationId, query, submissionHost: hostOf(config) });
    kept.set(name, { destinationId, until: client.now() + KEEP_MS });
    return { destinationId };
  };
}

/**
 * Checks credentials, Routing API and the portal's keys. Which Zustellpunkt a message goes to shows only with the message.
 * Findings are `<step>:<code>`.
 */
export async function routingTest(client: Client, config: FitConnectConfig): Promise<SelfTest> {
  const { routing } = config;
  if (!routing) return { ok: false, findings: ["routing:misconfigured"] };
  let step = "token";
  try {
    await client.tokens.get();
    step = "routing";
    await client.ask({ method: "GET", url: `${routing.url}${ROUTING_VERSION}/info` });
    step = "portal";
    readJson(await client.ask({ method: "GET", url: portalKeysUrl(routing) }), keySet);
    return { ok: true, findings: [] };
  } catch (error) {
    if (error instanceof DeliveryError) return { ok: false, findings: [`${step}:${error.code}`] };
    throw error;
  }
}

async function lookUp(client: Client, { url }: RoutingConfig, { leika, ars }: RouteQuery) {
  const wanted = new URLSearchParams({ leikaKey: leika, ars });
  const answer = await client.ask({ method: "GET", url: `${url}${ROUTING_VERSION}/routes?${wanted}` });
  const found = readJson(answer, routes);
  const [route] = found.routes;
  if (!route) throw fault("destinationMismatch", "The Routing API knows no route");
  // Which of several is meant only the operator can know, by naming it in the authority's file.
  if (found.routes.length > 1 || found.totalCount > 1) {
    throw fault("destinationMismatch", "The Routing API knows several routes");
  }
  return route;
}

type PortalKey = (kid: string) => Promise<KeyObject | undefined>;

/** Keys of the portal, kept for minutes; an unknown kid makes the set be fetched once more. */
function createPortalKeys(client: Client, routing: RoutingConfig): PortalKey {
  const url = portalKeysUrl(routing);
  let set: { keys: readonly PublicJwk[]; until: number } | undefined;
  const fetchSet = async () => {
    const { keys } = readJson(await client.ask({ method: "GET", url }), keySet);
    set = { keys: keys.flatMap((key) => publicJwk.safeParse(key).data ?? []), until: client.now() + KEEP_MS };
    return set.keys;
  };
  return async (kid) => {
    const held = set && client.now() < set.until ? set.keys.find((key) => key.kid === kid) : undefined;
    const jwk = held ?? (await fetchSet()).find((key) => key.kid === kid);
    // Fetched from its configured address, and trusted by that.
    const checked = jwk && checkJwk(jwk, { kid, use: "service", allowWithoutCertificate: true, now: client.now() });
    return checked?.ok ? checked.key : undefined;
  };
}

type Signed = z.infer<typeof claims>;

async function verify(jws: string, { issuers }: RoutingConfig, portalKey: PortalKey): Promise<Signed> {
  const [head = "", body = "", ...rest] = jws.split(".");
  const parsed = { header: header.safeParse(parsePart(head)).data, claims: claims.safeParse(parsePart(body)).data };
  if (rest.length !== 1 || !parsed.header || !parsed.claims) throw unproven("shape");
  if (!issuers.includes(parsed.claims.iss)) throw unproven("issuer");
  const key = await portalKey(parsed.header.kid);
  if (!key) throw unproven("key");
  try {
    await compactVerify(jws, key, { algorithms: ["PS512"] });
  } catch {
    throw unproven("signature");
  }
  return parsed.claims;
}

function requireFit(
  signed: Signed,
  { destinationId, query, submissionHost }: { destinationId: string; query: RouteQuery; submissionHost: string },
): void {
  if (signed.destinationId !== destinationId) throw unproven("destination");
  if (signed.submissionHost.toLowerCase() !== submissionHost) throw unproven("submissionHost");
  const covers = signed.services.some(
    ({ gebietIDs, leistungIDs }) =>
      leistungIDs.includes(LEIKA_URN + query.leika) && gebietIDs.some((area) => coversArs(area, query.ars)),
  );
  if (!covers) throw unproven("serviceOrRegion");
}

/** Whether an area, given by the beginning of its regional key, holds a place. */
function coversArs(area: string, ars: string): boolean {
  if (!area.startsWith(RS_URN)) return false;
  const key = area.slice(RS_URN.length);
  return /^(\d{2}|\d{3}|\d{5}|\d{9}|\d{12})$/.test(key) && ars.startsWith(key);
}

function hostOf({ routing, submissionUrl }: FitConnectConfig): string {
  return (routing?.submissionHost ?? new URL(submissionUrl).host).toLowerCase();
}

function parsePart(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

function unproven(reason: string): DeliveryError {
  return fault("destinationMismatch", `The route is not proven: ${reason}`);
}

function fault(code: "misconfigured" | "destinationMismatch", reason: string): DeliveryError {
  return new DeliveryError(code, false, { cause: new Error(reason) });
}
