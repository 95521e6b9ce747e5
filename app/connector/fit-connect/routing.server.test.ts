import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createClient } from "./client.server.ts";
import type { FitConnectConfig, RoutingConfig } from "./config.server.ts";
import { makeKey, type TestKey } from "./keys.testing.ts";
import { createRouting } from "./routing.server.ts";
import { addressClaims, signAddress, startRouting } from "./routing.testing.ts";

const MINUTE_MS = 60_000;
const destinationId = "0d6f1c52-8a3e-4b17-9c64-2f5be1a7d054";
const query = { leika: "99010028000000", ars: "091890124124" };
const mismatch = (reason: string) =>
  expect.objectContaining({
    code: "destinationMismatch",
    retryable: false,
    cause: expect.objectContaining({ message: expect.stringContaining(reason) }),
  });

let service: Awaited<ReturnType<typeof startRouting>>;
let key: TestKey;
let next: TestKey;
let time = Date.now();

beforeAll(async () => {
  service = await startRouting();
  [key, next] = await Promise.all([makeKey("portal-1", "verify"), makeKey("portal-2", "verify")]);
});
afterAll(() => service.close());
beforeEach(async () => {
  Object.assign(service.state, { seen: [], authorised: false, status: 200, keys: [key.jwk] });
  await offer();
});

/** Lets the Routing API answer with one address, signed by the portal. */
async function offer(change: object = {}, header: { typ?: string; kid?: string } = {}, by = key): Promise<void> {
  const claims = addressClaims(service.portal, destinationId, change);
  service.state.routes = [{ destinationId, destinationSignature: await signAddress(by, claims, header) }];
}

function routing(change: Partial<RoutingConfig> = {}) {
  const config: FitConnectConfig = {
    tokenUrl: "http://127.0.0.1:4010/token",
    submissionUrl: "http://127.0.0.1:4010/submission-api",
    destinationUrl: "http://127.0.0.1:4010/destination-api",
    issuer: "http://127.0.0.1:4010/submission-api",
    clientId: "sender",
    clientSecret: "secret",
    allowKeyWithoutCertificate: true,
    trust: { roots: [], revocation: "required", privateHosts: [] },
    userAgent: "Aufenthalt-Online/1.0 (Test)",
    author: { name: "Amt", product: { name: "Aufenthalt Online", version: "1.0", manufacturer: "Amt" } },
    timeoutMs: 5_000,
    now: () => time,
    routing: { url: `${service.url}/routing`, issuers: [service.portal], ...change },
  };
  return createRouting(createClient(config), config);
}

test("a route that the portal signed for us is found, without showing anybody our token", async () => {
  expect(await routing()(query)).toEqual({ destinationId });
  expect(service.state.seen).toEqual([
    "/routing/v2/routes?leikaKey=99010028000000&ars=091890124124",
    "/portal/.well-known/jwks.json",
  ]);
  expect(service.state.authorised).toBe(false);
});

test("a verified route is kept for five minutes, a failure never", async () => {
  const find = routing();
  const [signed] = service.state.routes;
  service.state.routes = [];
  await expect(find(query)).rejects.toEqual(mismatch("no route"));
  service.state.routes = [signed!];
  await find(query);
  service.state.seen = [];
  await find(query);
  expect(service.state.seen).toEqual([]);
  await find({ ...query, ars: "091890000000" });
  expect(service.state.seen).toHaveLength(1);
  time += 5 * MINUTE_MS;
  await find(query);
  expect(service.state.seen.at(-1)).toContain("jwks.json");
});

test("several routes are left to the operator", async () => {
  service.state.routes = [...service.state.routes, ...service.state.routes];
  await expect(routing()(query)).rejects.toEqual(mismatch("several routes"));
});

test("the portal's keys are fetched once more for a kid that is not among those kept", async () => {
  const find = routing();
  await find(query);
  service.state.keys = [key.jwk, next.jwk];
  await offer({}, {}, next);
  expect(await find({ ...query, ars: "091890000000" })).toEqual({ destinationId });
  expect(service.state.seen.filter((path) => path.includes("jwks"))).toHaveLength(2);
  await offer({}, { kid: "portal-3" }, next);
  await expect(find({ ...query, ars: "091891111111" })).rejects.toEqual(mismatch("key"));
});

const other = "5b8e27a4-6c19-4d3f-a7b2-91c0de4f6060";
const areas = (...keys: string[]) => ({
  services: [
    {
      gebietIDs: keys.map((area) => `urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:rs:${area}`),
      leistungIDs: ["urn:de:fim:leika:leistung:99010028000000"],
    },
  ],
});
const service2 = (leistung: string) => ({
  services: [{ ...areas("09189").services[0], leistungIDs: [leistung] }],
});

test.each<[string, object, object, string]>([
  ["of another portal", { iss: "https://portal.example" }, {}, "issuer"],
  ["for another Zustellpunkt", { destinationId: other }, {}, "destination"],
  ["for another environment", { submissionHost: "submission.example" }, {}, "submissionHost"],
  ["for another district", areas("09188"), {}, "serviceOrRegion"],
  ["for a part of the area only", areas("091890124125"), {}, "serviceOrRegion"],
  ["for an area that is no regional key", areas("0", ""), {}, "serviceOrRegion"],
  ["for another service", service2("urn:de:fim:leika:leistung:99010028000001"), {}, "serviceOrRegion"],
  ["that is of another kind", {}, { typ: "secevent+jwt" }, "shape"],
  ["that names an unknown key", {}, { kid: "portal-9" }, "key"],
  ["without a service", { services: undefined }, {}, "shape"],
])("an address %s does not count", async (_name, change, header, reason) => {
  await offer(change, header);
  await expect(routing()(query)).rejects.toEqual(mismatch(reason));
});

test("an address that somebody else signed under the portal's name does not count", async () => {
  await offer({}, { kid: key.kid }, next);
  await expect(routing()(query)).rejects.toEqual(mismatch("signature"));
});

test("an address without a signature, or with more behind it, does not count", async () => {
  const [{ destinationSignature: signed } = { destinationSignature: "" }] = service.state.routes;
  for (const changed of [signed.split(".").slice(0, 2).join("."), `${signed}.x`, "x"]) {
    service.state.routes = [{ destinationId, destinationSignature: changed }];
    await expect(routing()(query)).rejects.toEqual(mismatch("shape"));
  }
});

test.each([["09"], ["09189"], ["091890124"], ["091890124124"]])("area %s covers the place", async (area) => {
  await offer(areas("12", area));
  expect(await routing()(query)).toEqual({ destinationId });
});

test("the environment that addresses must name can be set apart from the address of the Submission API", async () => {
  await offer({ submissionHost: "Submission.Example" });
  expect(await routing({ submissionHost: "submission.example" })(query)).toEqual({ destinationId });
});

test("a Routing API that is down is tried again", async () => {
  service.state.status = 500;
  await expect(routing()(query)).rejects.toMatchObject({ code: "unreachable", retryable: true });
});
