import { randomUUID } from "node:crypto";
import { createLocalJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createDesk } from "./test-desk.ts";
import { SERVICE } from "./test-world.ts";

const LEIKA = "99010028000000";
const AREA = "urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:rs:";
let desk: Awaited<ReturnType<typeof createDesk>>;

beforeAll(async () => {
  desk = await createDesk();
});
beforeEach(() => desk.fault({ faults: [] }));
afterAll(() => desk.world.close());

interface Found {
  destinationId: string;
  destinationSignature: string;
  destinationName: string;
}

async function routes(query: string, version = "v2"): Promise<Found[]> {
  const answer = await desk.world.call("GET", `/routing/${version}/routes?leikaKey=${LEIKA}&${query}`);
  expect(answer.status).toBe(200);
  const { count, totalCount, routes: found } = answer.body as { count: number; totalCount: number; routes: Found[] };
  expect([count, totalCount]).toEqual([found.length, found.length]);
  return found;
}

async function portalKeys() {
  const { body } = await desk.world.call("GET", "/self-service-portal/.well-known/jwks.json");
  return createLocalJWKSet(body as { keys: [] });
}

const offering = (regions: string[]) => [
  { identifier: SERVICE, regions, submissionSchemas: [{ schemaUri: "urn:x", mimeType: "application/json" }] },
];
const search = async (query: string) =>
  (await desk.world.call("GET", `/routing/v2/areas?${query}`)).body as { areas: { id: string }[] };
const one = async () => (await routes("ars=09189"))[0]!;
const ids = async (query: string) => (await routes(query)).map(({ destinationId }) => destinationId);

describe("a route", () => {
  test("names the destination and carries the address signed by the portal", async () => {
    const [route, ...more] = await routes("ars=091890000000");
    expect(more).toEqual([]);
    expect(route).toMatchObject({
      destinationId: desk.destinationId,
      destinationName: "Demo-Ausländerbehörde (SIMULATOR)",
      origin: "SIMULATOR",
    });
    const { payload, protectedHeader } = await jwtVerify(route!.destinationSignature, await portalKeys());
    expect(protectedHeader).toEqual({ kid: expect.any(String), typ: "jwt", alg: "PS512" });
    expect(payload).toEqual({
      iss: `${desk.world.url()}/self-service-portal`,
      submissionHost: new URL(desk.world.url()).host,
      destinationId: desk.destinationId,
      services: [{ gebietIDs: [`${AREA}09189`], leistungIDs: [SERVICE] }],
      iat: expect.any(Number),
      jti: expect.any(String),
    });
  });

  test("is found by every key of a place that the region covers, and by no other", async () => {
    for (const query of ["ars=09189", "ars=091890119", "ags=09189", "ags=09189119", "areaId=09189"]) {
      expect(await ids(query)).toEqual([desk.destinationId]);
    }
    for (const query of ["ars=09", "ars=091", "ars=091900000000", "ags=09190000", "areaId=09190"]) {
      expect(await ids(query)).toEqual([]);
    }
    expect(await routes("ars=09189", "v1")).toHaveLength(1);
  });

  test("leads to active destinations with the service only, and a region may be the country or one municipality", async () => {
    const [inactive, country, town] = [randomUUID(), randomUUID(), randomUUID()];
    await desk.register(inactive, { status: "inactive", publicServices: offering(["DE05"]) });
    await desk.register(town, { publicServices: offering(["DE055150000000"]) });
    expect(await ids("ars=053150000000")).toEqual([]);
    expect(await ids("ars=05515")).toEqual([town]);
    expect(await ids("ags=05515000")).toEqual([town]);
    await desk.register(country, { publicServices: offering(["DE"]) });
    const [route] = await routes("ars=053150000000");
    expect(route?.destinationId).toBe(country);
    const { services } = decodeJwt<{ services: { gebietIDs: string[] }[] }>(route!.destinationSignature);
    expect(services[0]?.gebietIDs).toHaveLength(16);
    await desk.register(country, { status: "inactive", publicServices: offering(["DE"]) });
    const other = await desk.world.call("GET", "/routing/v2/routes?leikaKey=99000000000000&ars=09189");
    expect(other.body).toEqual({ count: 0, offset: 0, totalCount: 0, routes: [] });
  });

  test.each([
    "ars=09189",
    "leikaKey=99010028000000",
    "leikaKey=urn:de:fim:leika:leistung:99010028000000&ars=09189",
    "leikaKey=99010028000000&ars=0918",
    "leikaKey=99010028000000&ags=091890000000",
    "leikaKey=99010028000000&areaId=x",
    "leikaKey=99010028000000&ars=09189&areaId=09189",
    "leikaKey=99010028000000&ars=09189&limit=501",
  ])("is not looked for by %s", async (query) => {
    const answer = await desk.world.call("GET", `/routing/v2/routes?${query}`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([400, "application/problem+json"]);
  });
});

describe("areas", () => {
  test("are found by words of the authority's name and by postcode, with a wildcard", async () => {
    const contactInformation = { legalName: "Kreis Musterland", address: "Markt 1, 83278 Musterstadt" };
    await desk.register(undefined, { contactInformation });
    const area = { id: "09189", name: "Demo-Ausländerbehörde (SIMULATOR)", type: "Kreis oder kreisfreie Stadt" };
    const result = { count: 1, offset: 0, totalCount: 1, areas: [area] };
    for (const query of ["83278", "muster*", "*stadt", "Musterland&areaSearchexpression=83278"]) {
      expect(await search(`areaSearchexpression=${query}`)).toEqual(result);
    }
    for (const query of ["Muster", "8327", "Musterland&areaSearchexpression=11111", "(("]) {
      expect((await search(`areaSearchexpression=${query}`)).areas).toEqual([]);
    }
    expect((await search("areaSearchexpression=83278&offset=1")).areas).toEqual([]);
  });

  test.each(["", "areaSearchexpression=a", "areaSearchexpression=*a*", "areaSearchexpression=aa&limit=0"])(
    "are not searched by '%s'",
    async (query) => {
      expect((await desk.world.call("GET", `/routing/v2/areas?${query}`)).status).toBe(400);
    },
  );

  test("come with the version of the interface", async () => {
    const { body } = await desk.world.call("GET", "/routing/v2/info");
    expect(body).toEqual({ version: { major: 2, minor: 0, patch: 0 } });
  });
});

describe("a fault of the routing service", () => {
  test("no-route and two-routes change how many there are", async () => {
    await desk.fault({ mode: "no-route", count: 1 });
    expect(await ids("ars=09189")).toEqual([]);
    await desk.fault({ mode: "two-routes", count: 1 });
    const [first, second] = await ids("ars=09189");
    expect(first).toBe(desk.destinationId);
    expect(second).not.toBe(first);
    expect(await ids("ars=09189")).toHaveLength(1);
  });

  test("wrong-route signs for another destination", async () => {
    await desk.fault({ mode: "wrong-route", count: 1 });
    const { destinationId, destinationSignature } = await one();
    const { payload } = await jwtVerify(destinationSignature, await portalKeys());
    expect(destinationId).toBe(desk.destinationId);
    expect(payload["destinationId"]).not.toBe(destinationId);
  });

  test("foreign-route signs under the published kid with a key that is not published", async () => {
    await desk.fault({ mode: "foreign-route", count: 1 });
    await expect(jwtVerify((await one()).destinationSignature, await portalKeys())).rejects.toThrow("signature");
    await jwtVerify((await one()).destinationSignature, await portalKeys());
  });

  test("of the whole service strikes here too", async () => {
    await desk.fault({ mode: "down", count: 1 });
    expect((await desk.world.call("GET", "/routing/v2/info")).status).toBe(503);
  });
});

test("the key of the portal outlives a restart and has nothing private", async () => {
  const keys = async () =>
    (await desk.world.call("GET", "/self-service-portal/.well-known/jwks.json")).body["keys"] as { d?: string }[];
  const before = await keys();
  await desk.world.restart();
  expect(await keys()).toEqual(before);
  expect(before).toHaveLength(1);
  expect(before[0]).toMatchObject({ kty: "RSA", alg: "PS512", key_ops: ["verify"], e: "AQAB" });
  expect(before[0]).not.toHaveProperty("d");
});
