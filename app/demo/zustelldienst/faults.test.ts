import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { createLocalJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { authenticate } from "./callbacks.ts";
import { StartupError } from "./startup-error.ts";
import { announcement, createWorld, encrypt, testKey, registration, until, type TestKey } from "./test-world.ts";

const V2 = "/submission-api/v2";
const SECRET = "0123456789abcdef0123456789abcdef";
let encryption: TestKey;
let world: Awaited<ReturnType<typeof createWorld>>;
let sender: string;
let jwe: { encryptedMetadata: string; encryptedData: string };
const destinationId = randomUUID();

beforeAll(async () => {
  let signature: TestKey;
  [encryption, signature, world] = await Promise.all([testKey("encryption"), testKey("signature"), createWorld()]);
  sender = await world.token("sender");
  const json = registration(encryption, signature);
  const path = `/self-service-portal/v2/destinations/${destinationId}`;
  await world.call("PUT", path, { token: await world.token("subscriber"), json });
  jwe = { encryptedMetadata: await encrypt(encryption, "{}"), encryptedData: await encrypt(encryption, "{}") };
});
afterAll(() => world.close());

const fault = async (json: Record<string, unknown>) =>
  expect((await world.call("POST", "/simulator/faults", { json })).status).toBe(200);

const look = () => world.call("GET", `${V2}/destinations/${destinationId}`);

async function announce(changes: Record<string, unknown> = {}) {
  const json = announcement(destinationId, changes);
  const { body } = await world.call("POST", `${V2}/submissions`, { token: sender, json });
  return { path: `${V2}/submissions/${String(body["submissionId"])}`, caseId: String(body["caseId"]) };
}

const send = (path: string) => world.call("PUT", path, { token: sender, json: jwe });

async function events(caseId: string) {
  const { body } = await world.call("GET", `${V2}/cases/${caseId}/events`, { token: sender });
  return body["eventLog"] as string[];
}

test("down answers 503 with Retry-After as often as asked, then the service is back", async () => {
  await fault({ mode: "down", delayMs: 3000, count: 2 });
  const first = await look();
  expect([first.status, first.headers.get("retry-after")]).toEqual([503, "3"]);
  expect((await look()).status).toBe(503);
  expect((await look()).status).toBe(200);
});

test("down until told otherwise leaves health and the switch reachable", async () => {
  await fault({ mode: "down" });
  expect([(await look()).status, (await look()).status]).toEqual([503, 503]);
  expect((await world.call("GET", "/health")).body).toEqual({ status: "ok" });
  await fault({ mode: "none" });
  expect((await look()).status).toBe(200);
});

test("rate-limit answers 429 with RateLimit headers", async () => {
  await fault({ mode: "rate-limit", count: 1 });
  const { status, headers } = await look();
  expect([status, headers.get("ratelimit-remaining"), headers.get("ratelimit-reset")]).toEqual([429, "0", "1"]);
});

test("nonsense answers 200 with a page that is no JSON", async () => {
  await fault({ mode: "nonsense", count: 1 });
  const { status, headers, text } = await look();
  expect([status, headers.get("content-type")]).toEqual([200, "text/html; charset=UTF-8"]);
  expect(() => JSON.parse(text)).toThrow(SyntaxError);
});

test("slow holds the answer back", async () => {
  await fault({ mode: "slow", delayMs: 60_000, count: 1 });
  const impatient = fetch(`${world.url()}${V2}/destinations/${destinationId}`, { signal: AbortSignal.timeout(200) });
  await expect(impatient).rejects.toThrow("timeout");
  expect((await look()).status).toBe(200);
});

test("lying signs authentication tags that are not those of the contents", async () => {
  const { path, caseId } = await announce();
  await fault({ mode: "lying", count: 1 });
  expect((await send(path)).status).toBe(200);
  const claims = decodeJwt<{ events: Record<string, { authenticationTags: { metadata: string } }> }>(
    (await events(caseId))[1]!,
  );
  const [payload] = Object.values(claims.events);
  expect(payload!.authenticationTags.metadata).not.toBe(jwe.encryptedMetadata.split(".")[4]);
});

test("lose-answer does the work and breaks the connection", async () => {
  const { path, caseId } = await announce();
  await fault({ mode: "lose-answer", count: 1 });
  await expect(send(path)).rejects.toThrow("fetch failed");
  expect(await events(caseId)).toHaveLength(2);
  expect((await send(path)).status).toBe(409);
});

test("foreign-key signs under the published kid with a key that is not published", async () => {
  await fault({ mode: "foreign-key", count: 1 });
  const { caseId } = await announce();
  const { body } = await world.call("GET", "/submission-api/.well-known/jwks.json");
  const [forged] = await events(caseId);
  await expect(jwtVerify(forged!, createLocalJWKSet(body as { keys: [] }))).rejects.toThrow("signature");
});

test("forged-callback and stale-callback send what a careful receiver drops", async () => {
  const calls: { timestamp: string; mac: string; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { "callback-timestamp": timestamp, "callback-authentication": mac } = request.headers;
    calls.push({ timestamp: String(timestamp), mac: String(mac), body });
    response.end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as { port: number };
  const callback = { url: `http://127.0.0.1:${port}`, secret: SECRET };
  const subscriber = await world.token("subscriber");
  const list = `${V2}/submissions?destinationId=${destinationId}&limit=500`;
  for (const mode of ["forged-callback", "stale-callback"]) {
    const { path } = await announce({ callback });
    expect((await send(path)).status).toBe(200);
    await fault({ mode, count: 1 });
    await world.call("GET", list, { token: subscriber });
    await until(() => (calls.length === (mode === "forged-callback" ? 1 : 2) ? true : undefined));
  }
  server.close();
  const [forged, stale] = calls;
  expect(forged!.mac).not.toBe(authenticate(SECRET, forged!.timestamp, forged!.body));
  expect(stale!.mac).toBe(authenticate(SECRET, stale!.timestamp, stale!.body));
  expect(Date.now() / 1000 - Number(stale!.timestamp)).toBeGreaterThan(300);
});

test("an unknown fault is refused", async () => {
  expect((await world.call("POST", "/simulator/faults", { json: { mode: "explode" } })).status).toBe(400);
});

test("the start page is German, says what it is and loads nothing", async () => {
  const { text, headers } = await world.call("GET", "/");
  expect(text).toContain('<html lang="de">');
  expect(text).toContain("Zustelldienst (SIMULATOR)");
  expect(text).not.toMatch(/(src|href)=/);
  expect(headers.get("content-security-policy")).toContain("default-src 'none'");
});

test("a simulator does not start on a public address, under a real name or in a folder that is a file", async () => {
  await expect(createWorld({ host: "0.0.0.0" })).rejects.toThrow(StartupError);
  await expect(createWorld({ publicUrl: "https://test.fit-connect.fitko.dev" })).rejects.toThrow("simulator");
  await expect(createWorld({ dataDir: import.meta.filename })).rejects.toThrow("cannot use folder");
});
