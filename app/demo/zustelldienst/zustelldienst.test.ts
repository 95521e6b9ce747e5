import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { appendFile, readdir } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { compactDecrypt, createLocalJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { authenticate } from "./callbacks.ts";
import {
  announcement,
  createWorld,
  encrypt,
  testKey,
  registration,
  signSet,
  until,
  type TestKey,
} from "./test-world.ts";

const V2 = "/submission-api/v2";
const PORTAL = "/self-service-portal/v2/destinations";
let clockOffset = 0;
let encryption: TestKey;
let signature: TestKey;
let world: Awaited<ReturnType<typeof createWorld>>;
let sender: string;
let subscriber: string;

beforeAll(async () => {
  [encryption, signature, world] = await Promise.all([
    testKey("encryption"),
    testKey("signature"),
    createWorld({ now: () => new Date(Date.now() + clockOffset) }),
  ]);
  await renewTokens();
});
afterAll(() => world.close());

async function renewTokens() {
  [sender, subscriber] = await Promise.all([world.token("sender"), world.token("subscriber")]);
}

async function register(changes: Record<string, unknown> = {}) {
  const destinationId = randomUUID();
  const json = registration(encryption, signature, changes);
  const answer = await world.call("PUT", `${PORTAL}/${destinationId}`, { token: subscriber, json });
  expect(answer.status).toBe(201);
  return destinationId;
}

async function announce(destinationId: string, changes: Record<string, unknown> = {}) {
  const json = announcement(destinationId, changes);
  const answer = await world.call("POST", `${V2}/submissions`, { token: sender, json });
  expect(answer.status).toBe(201);
  return { destinationId, submissionId: String(answer.body["submissionId"]), caseId: String(answer.body["caseId"]) };
}

async function put(submissionId: string, data = "{}") {
  const json = { encryptedMetadata: await encrypt(encryption, "{}"), encryptedData: await encrypt(encryption, data) };
  const answer = await world.call("PUT", `${V2}/submissions/${submissionId}`, { token: sender, json });
  return { ...answer, sent: json };
}

async function log(caseId: string) {
  const answer = await world.call("GET", `${V2}/cases/${caseId}/events`, { token: sender });
  return (answer.body["eventLog"] as string[]).map((jws) => {
    const claims = decodeJwt<{ events: Record<string, Record<string, unknown>> }>(jws);
    const [address, payload] = Object.entries(claims.events)[0]!;
    return { jws, claims, name: address.split("/").at(-1), payload };
  });
}

const names = async (caseId: string) => (await log(caseId)).map((event) => event.name);

async function receiver() {
  const calls: { path: string; headers: Record<string, unknown>; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    calls.push({ path: request.url ?? "", headers: request.headers, body });
    response.writeHead(204).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return { calls, url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

describe("the way of a submission", () => {
  test("an application goes from the sender to the subscriber and back comes a proof", async () => {
    const destinationId = await register();
    const attachmentId = randomUUID();
    const about = await announce(destinationId, { announcedAttachments: [attachmentId] });
    const pdf = `%PDF ${"ü".repeat(200_000)}`;
    const jose = await encrypt(encryption, pdf, { cty: "application/pdf" });
    const path = `${V2}/submissions/${about.submissionId}`;
    expect((await world.call("PUT", `${path}/attachments/${attachmentId}`, { token: sender, jose })).status).toBe(204);
    const { status, body, sent } = await put(about.submissionId, '{"name":"Çağrı"}');
    expect(status).toBe(200);
    expect(body).toEqual(about);

    const listPath = `${V2}/submissions?destinationId=${destinationId}&offset=0&limit=50`;
    const list = await world.call("GET", listPath, { token: subscriber });
    expect(list.body).toEqual({ offset: 0, count: 1, totalCount: 1, submissions: [about] });
    const fetched = await world.call("GET", path, { token: subscriber });
    expect(fetched.body).toMatchObject({ ...about, attachments: [attachmentId], ...sent });
    const opened = await compactDecrypt(String(fetched.body["encryptedData"]), encryption.privateKey);
    expect(Buffer.from(opened.plaintext).toString()).toBe('{"name":"Çağrı"}');
    const attachment = await world.call("GET", `${path}/attachments/${attachmentId}`, { token: subscriber });
    expect(attachment.headers.get("content-type")).toBe("application/jose");
    expect(attachment.text).toBe(jose);

    const authenticationTags = {
      metadata: sent.encryptedMetadata.split(".")[4],
      data: sent.encryptedData.split(".")[4],
      attachments: { [attachmentId]: jose.split(".")[4] },
    };
    await until(async () => ((await names(about.caseId)).includes("notify-submission") ? true : undefined));
    const accept = await signSet(signature, about, "accept-submission", { authenticationTags });
    const events = `${V2}/cases/${about.caseId}/events`;
    expect((await world.call("POST", events, { token: subscriber, jose: accept })).status).toBe(204);

    const all = await log(about.caseId);
    const order = ["create", "submit", "notify", "accept", "delete"].map((name) => `${name}-submission`);
    expect(all.map((event) => event.name)).toEqual(order);
    expect(all[1]!.payload).toEqual({ authenticationTags });
    expect(all[2]!.payload).toEqual({ notifyType: "polling" });
    expect(all[3]!.jws).toBe(accept);
    expect((await world.call("GET", path, { token: subscriber })).status).toBe(404);
    expect((await world.call("GET", listPath, { token: subscriber })).body).toMatchObject({ totalCount: 0 });
    expect(await readdir(join(world.dataDir, "contents"))).toEqual([]);
  });

  test("the event tokens of the Zustelldienst verify against its published key", async () => {
    const about = await announce(await register());
    const jwks = await world.call("GET", "/submission-api/.well-known/jwks.json");
    const keys = createLocalJWKSet(jwks.body as { keys: [] });
    const { jws } = (await log(about.caseId))[0]!;
    const { payload, protectedHeader } = await jwtVerify(jws, keys, { algorithms: ["PS512"], typ: "secevent+jwt" });
    expect(payload.iss).toBe(`${world.url()}/submission-api`);
    expect(payload.sub).toBe(`submission:${about.submissionId}`);
    expect(payload["txn"]).toBe(`case:${about.caseId}`);
    const [key] = jwks.body["keys"] as { kid: string; n: string; d?: string }[];
    expect(protectedHeader.kid).toBe(key!.kid);
    expect(Buffer.from(key!.n, "base64url")).toHaveLength(512);
    expect(key!.d).toBeUndefined();
  });

  test("a forwarded submission stays available and can be rejected afterwards", async () => {
    const about = await announce(await register());
    await put(about.submissionId);
    const path = `${V2}/cases/${about.caseId}/events`;
    const forwarded = await signSet(signature, about, "forward-submission");
    expect((await world.call("POST", path, { token: subscriber, jose: forwarded })).status).toBe(204);
    expect((await world.call("GET", `${V2}/submissions/${about.submissionId}`, { token: subscriber })).status).toBe(
      200,
    );
    const type = "https://schema.fitko.de/fit-connect/events/problems/schema-violation";
    const rejected = await signSet(signature, about, "reject-submission", {
      problems: [{ type, title: "Schema", detail: "name", instance: "data" }],
    });
    expect((await world.call("POST", path, { token: subscriber, jose: rejected })).status).toBe(204);
    expect((await names(about.caseId)).slice(-2)).toEqual(["reject-submission", "delete-submission"]);
  });

  test("a second submission joins the case and the submission log shows only its own events", async () => {
    const destinationId = await register();
    const first = await announce(destinationId);
    const second = await announce(destinationId, { caseId: first.caseId });
    expect(second.caseId).toBe(first.caseId);
    const own = await world.call("GET", `${V2}/submissions/${second.submissionId}/events?limit=100`, { token: sender });
    expect(own.body).toMatchObject({ count: 1, totalCount: 1 });
    const page = await world.call("GET", `${V2}/cases/${first.caseId}/events?offset=1&limit=1`, { token: subscriber });
    expect(page.body).toMatchObject({ offset: 1, count: 1, totalCount: 2, eventLog: own.body["eventLog"] });
  });

  test("after a key rotation the old keys stay readable and both keys encrypt a draft announced before", async () => {
    const destinationId = await register();
    const about = await announce(destinationId);
    const next = await testKey("encryption", "next");
    const json = registration(next, signature, { keys: [next.jwk] });
    const token = subscriber;
    expect((await world.call("PUT", `${PORTAL}/${destinationId}`, { token, json })).status).toBe(200);
    const shown = await world.call("GET", `/destination-api/v2/destinations/${destinationId}`);
    expect(shown.body["encryptionKid"]).toBe(next.kid);
    expect(shown.body["name"]).toContain("SIMULATOR");
    const keys = await world.call("GET", `/destination-api/v2/destinations/${destinationId}/keys`);
    expect(keys.body["keys"]).toHaveLength(3);
    expect((await world.call("GET", `${V2}/destinations/${destinationId}/keys`)).status).toBe(404);
    expect((await put(about.submissionId)).status).toBe(200);
    const later = await announce(destinationId);
    expect((await put(later.submissionId)).body["title"]).toBe("Invalid JWE Header 'kid'");
  });
});

describe("callbacks", () => {
  test("the subscriber hears of a new submission and the sender of new events, both authenticated", async () => {
    const { calls, url, close } = await receiver();
    const secret = "0123456789abcdef0123456789abcdef";
    const destinationId = await register({ callback: { url: `${url}/subscriber`, secret } });
    const own = await world.call("GET", `${V2}/destinations/${destinationId}`, { token: subscriber });
    expect(own.body["callback"]).toEqual({ url: `${url}/subscriber` });
    expect((await world.call("GET", `${V2}/destinations/${destinationId}`)).body).not.toHaveProperty("callback");
    const about = await announce(destinationId, { callback: { url: `${url}/sender`, secret } });
    await put(about.submissionId);
    const toSubscriber = await until(() => calls.find((one) => one.path === "/subscriber"));
    const toSender = await until(() => calls.find((one) => one.path === "/sender"));
    close();
    for (const { headers, body } of [toSubscriber, toSender]) {
      const timestamp = String(headers["callback-timestamp"]);
      expect(headers["callback-authentication"]).toBe(authenticate(secret, timestamp, body));
    }
    const prefix = "https://schema.fitko.de/fit-connect/submission-api/callbacks/";
    expect(JSON.parse(toSubscriber.body)).toMatchObject({ type: `${prefix}new-submissions`, submissions: [about] });
    expect(JSON.parse(toSender.body)).toMatchObject({ type: `${prefix}new-events`, submissions: [about] });
    const notify = (await log(about.caseId)).find((event) => event.name === "notify-submission");
    expect(notify!.payload).toEqual({ notifyType: "callback" });
  });

  test("the authentication agrees with the published vector", () => {
    const secret = "insecure_unsafe_qHScgrg_kP-R31jHUwp3GkVkGJolvBchz65b74Lzue0";
    const body =
      '{"type":"https://schema.fitko.de/fit-connect/submission-api/callbacks/new-submissions","submissionIds":["f39ab143-d91a-474a-b69f-b00f1a1873c2"]}';
    expect(authenticate(secret, "1672527599", body)).toMatch(/^798cd0edb70c08e5b32aa8a18cbbc8ff.*6672845e90df$/);
  });
});

describe("time and restarts", () => {
  test("a draft is dropped after a day, an unanswered submission rejected after 14 days", async () => {
    const destinationId = await register();
    const [draft, sent] = [await announce(destinationId), await announce(destinationId)];
    await put(sent.submissionId);
    const day = 24 * 60 * 60 * 1000;
    clockOffset += day + 60_000;
    await renewTokens();
    expect((await put(draft.submissionId)).status).toBe(404);
    expect((await names(sent.caseId)).at(-1)).toBe("submit-submission");
    clockOffset += 13 * day;
    await renewTokens();
    const events = await log(sent.caseId);
    expect(events.slice(-2).map((event) => event.name)).toEqual(["reject-submission", "delete-submission"]);
    expect(events.at(-2)!.claims.iss).toBe(`${world.url()}/submission-api`);
    expect(await names(draft.caseId)).toEqual(["create-submission", "delete-submission"]);
  });

  test("a torn journal line is forgotten, everything acknowledged survives a restart", async () => {
    const destinationId = await register();
    const about = await announce(destinationId);
    const { sent } = await put(about.submissionId);
    await appendFile(join(world.dataDir, "journal.jsonl"), '[{"type":"submi');
    await world.restart();
    const fetched = await world.call("GET", `${V2}/submissions/${about.submissionId}`, { token: subscriber });
    expect(fetched.body).toMatchObject(sent);
    const later = await announce(destinationId);
    const before = await world.call("GET", "/simulator/statistics");
    await world.restart();
    expect((await world.call("GET", "/simulator/statistics")).body).toEqual(before.body);
    expect(await names(later.caseId)).toEqual(["create-submission"]);
  });
});
