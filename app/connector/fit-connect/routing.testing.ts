import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { signSet, type TestKey } from "./keys.testing.ts";

const RS = "urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:rs:";

/** What the portal signs about a Zustellpunkt, with the parts that a test replaces. */
export function addressClaims(portal: string, destinationId: string, change: object = {}) {
  return {
    iss: portal,
    submissionHost: "127.0.0.1:4010",
    destinationId,
    services: [{ gebietIDs: [`${RS}09189`], leistungIDs: ["urn:de:fim:leika:leistung:99010028000000"] }],
    iat: Math.floor(Date.now() / 1000),
    jti: randomUUID(),
    ...change,
  };
}

/** Signs an address as the portal does; `header` replaces parts of a correct header. */
export const signAddress = (key: TestKey, claims: object, header: { typ?: string; kid?: string } = {}) =>
  signSet(key, claims, { typ: "jwt", ...header });

/** A Routing API and a portal in this process: `routes` and `keys` are what they answer, `seen` what they were asked. */
export async function startRouting() {
  const state = {
    routes: [] as { destinationId: string; destinationSignature: string }[],
    keys: [] as object[],
    seen: [] as string[],
    authorised: false,
    status: 200,
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
    state.seen.push(`${pathname}${searchParams.size > 0 ? `?${searchParams}` : ""}`);
    state.authorised ||= request.headers.authorization !== undefined;
    const { routes, keys } = state;
    const body = pathname.endsWith("/jwks.json")
      ? { keys }
      : { count: routes.length, offset: 0, totalCount: routes.length, routes };
    response.writeHead(state.status, { "Content-Type": "application/problem+json" }).end(JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    state,
    portal: `${url}/portal`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
