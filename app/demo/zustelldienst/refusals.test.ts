import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PROBLEM_TYPE_PREFIX } from "./problems.ts";
import {
  announcement,
  createWorld,
  encrypt,
  testKey,
  registration,
  SERVICE,
  type Answer,
  type Call,
  type TestKey,
} from "./test-world.ts";

const V2 = "/submission-api/v2";
const PORTAL = "/self-service-portal/v2/destinations";
let clockOffset = 0;
let encryption: TestKey;
let signature: TestKey;
let small: TestKey;
let world: Awaited<ReturnType<typeof createWorld>>;
let tokens: Record<"sender" | "other-sender" | "subscriber" | "other-subscriber", string>;
let destinationId: string;
let jwe: string;

beforeAll(async () => {
  [encryption, signature, small, world] = await Promise.all([
    testKey("encryption"),
    testKey("signature"),
    testKey("encryption", "small", 2048),
    createWorld({ now: () => new Date(Date.now() + clockOffset) }),
  ]);
  const [a, b, c, d] = ["sender", "other-sender", "subscriber", "other-subscriber"].map((id) => world.token(id));
  tokens = { sender: await a!, "other-sender": await b!, subscriber: await c!, "other-subscriber": await d! };
  destinationId = randomUUID();
  const answer = await register(destinationId);
  expect(answer.status).toBe(201);
  jwe = await encrypt(encryption, "{}");
});
afterAll(() => world.close());

function register(id: string, changes: Record<string, unknown> = {}, token = tokens.subscriber) {
  const json = registration(encryption, signature, changes);
  return world.call("PUT", `${PORTAL}/${id}`, { token, json });
}

function announce(changes: Record<string, unknown> = {}, options: Call = {}) {
  const json = announcement(destinationId, changes);
  return world.call("POST", `${V2}/submissions`, { token: tokens.sender, json, ...options });
}

/** Path of a fresh draft and of its one announced attachment. */
async function draft(announced = [randomUUID()]) {
  const answer = await announce({ announcedAttachments: announced });
  const path = `${V2}/submissions/${String(answer.body["submissionId"])}`;
  return { path, attachment: `${path}/attachments/${announced[0] ?? randomUUID()}` };
}

const upload = (path: string, jose: string, options: Call = {}) =>
  world.call("PUT", path, { token: tokens.sender, jose, ...options });

const send = (path: string, json: unknown = { encryptedMetadata: jwe, encryptedData: jwe }) =>
  world.call("PUT", path, { token: tokens.sender, json });

function expectProblem(answer: Answer, status: number, slug: string) {
  expect(answer.body).toMatchObject({ type: PROBLEM_TYPE_PREFIX + slug, status });
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
}

function ask(form: Record<string, string>, headers: Record<string, string> = {}) {
  return fetch(`${world.url()}/token`, { method: "POST", body: new URLSearchParams(form), headers });
}

describe("tokens", () => {
  const right = { grant_type: "client_credentials", client_id: "sender", client_secret: "sender-secret" };

  test("a good request gets a bearer token for 1800 seconds", async () => {
    const answer = await ask(right);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ token_type: "Bearer", expires_in: 1800 });
  });
  test("HTTP Basic is an invalid client", async () => {
    const basic = Buffer.from("sender:sender-secret").toString("base64");
    const answer = await ask({ grant_type: "client_credentials" }, { Authorization: `Basic ${basic}` });
    expect([answer.status, await answer.json()]).toEqual([401, { error: "invalid_client" }]);
  });
  test("a wrong secret is an invalid client", async () => {
    const answer = await ask({ ...right, client_secret: "wrong" });
    expect([answer.status, await answer.json()]).toEqual([401, { error: "invalid_client" }]);
  });
  test("another grant is refused", async () => {
    const answer = await ask({ ...right, grant_type: "password" });
    expect([answer.status, await answer.json()]).toEqual([400, { error: "unsupported_grant_type" }]);
  });
});

describe("every call", () => {
  test("without a token is unauthorized", async () => {
    expectProblem(await world.call("GET", `${V2}/submissions`), 401, "unauthorized");
  });
  test("with an expired token is unauthorized", async () => {
    clockOffset = 1801_000;
    const answer = await announce();
    clockOffset = 0;
    expectProblem(answer, 401, "unauthorized");
  });
  test("without a User-Agent is forbidden", async () => {
    const status = await new Promise((done, failed) => {
      const path = `${world.url()}${V2}/destinations/${destinationId}`;
      request(path, (answer) => done(answer.resume().statusCode))
        .on("error", failed)
        .end();
    });
    expect(status).toBe(403);
  });
  test("of the sender's side is forbidden to a subscriber", async () => {
    expectProblem(await announce({}, { token: tokens.subscriber }), 403, "wrong-role");
  });
  test("over the limit is told when to come back", async () => {
    const limited = await createWorld({ rateLimitPerMinute: 2 });
    const look = () => limited.call("GET", `${V2}/destinations/${destinationId}`);
    expect((await look()).headers.get("ratelimit-remaining")).toBe("1");
    await look();
    const answer = await look();
    await limited.close();
    expectProblem(answer, 429, "rate-limit-exceeded");
    expect(answer.headers.get("ratelimit-limit")).toBe("2");
    expect(answer.headers.get("ratelimit-remaining")).toBe("0");
    expect(Number(answer.headers.get("ratelimit-reset"))).toBeGreaterThan(0);
  });
});

describe("destinations", () => {
  test("an unknown destination and an unknown key are not found", async () => {
    const path = `${V2}/destinations/${randomUUID()}`;
    expectProblem(await world.call("GET", path), 404, "destination-not-found");
    expectProblem(await world.call("GET", `${path}/keys/nothing-here`), 404, "destination-not-found");
    const known = `${V2}/destinations/${destinationId}/keys`;
    expectProblem(await world.call("GET", `${known}/nothing-here`), 404, "key-not-found");
    expect((await world.call("GET", `${known}/${signature.kid}`)).body).toEqual(signature.jwk);
  });
  test("a destination belongs to the client that registered it, and registering twice changes nothing", async () => {
    expectProblem(await register(destinationId, {}, tokens["other-subscriber"]), 403, "client-not-attached");
    expectProblem(await register(randomUUID(), {}, tokens.sender), 403, "wrong-role");
    expect((await register(destinationId)).status).toBe(200);
  });
  test("keys that are short, private, of the wrong use or wrongly certified are refused", async () => {
    const privateJwk = { ...encryption.jwk, ...encryption.privateKey.export({ format: "jwk" }) };
    const padded = Buffer.concat([Buffer.alloc(256), Buffer.from(String(small.jwk["n"]), "base64url")]);
    const wrong = [
      small.jwk,
      { ...small.jwk, n: padded.toString("base64url") },
      privateJwk,
      { ...encryption.jwk, key_ops: ["verify"] },
      { ...encryption.jwk, alg: "RSA-OAEP" },
      { ...encryption.jwk, e: "Aw" },
      { ...encryption.jwk, kid: "short" },
      { ...encryption.jwk, x5c: ["bm8gY2VydGlmaWNhdGU="] },
    ];
    for (const jwk of wrong) {
      expectProblem(await register(randomUUID(), { keys: [jwk, signature.jwk] }), 422, "key-invalid");
    }
  });
  test("an incomplete description and a callback to a real host are refused", async () => {
    expectProblem(await register(randomUUID(), { publicServices: [] }), 422, "destination-invalid");
    expectProblem(await register(randomUUID(), { encryptionKid: signature.kid }), 422, "destination-invalid");
    const callback = { url: "https://authority.example/callback", secret: "0123456789abcdef" };
    expectProblem(await register(randomUUID(), { callback }), 422, "callback-invalid");
  });
});

describe("announcing", () => {
  test("to an unknown destination is refused", async () => {
    expectProblem(await announce({ destinationId: randomUUID() }), 404, "destination-not-found");
  });
  test("to an inactive destination is refused", async () => {
    const inactive = randomUUID();
    await register(inactive, { status: "inactive" });
    expectProblem(await announce({ destinationId: inactive }), 422, "destination-state-invalid");
  });
  test("a service or region that is not offered is refused", async () => {
    const publicService = { name: "Anderes", identifier: "urn:de:fim:leika:leistung:99000000000000" };
    expectProblem(await announce({ publicService }), 422, "service-not-offered");
    expectProblem(await announce({ region: "DE11" }), 422, "service-not-offered");
    const here = { publicService: { identifier: SERVICE }, region: "DE091890000000" };
    expect((await announce(here)).status).toBe(201);
  });
  test("attachment ids that repeat, are too many or no UUID of version 4 are refused", async () => {
    const id = randomUUID();
    const many = Array.from({ length: 101 }, () => randomUUID());
    for (const announcedAttachments of [[id, id.toUpperCase()], many, ["c56a4180-65aa-1ec8-a945-5fd21dec0538"]]) {
      expectProblem(await announce({ announcedAttachments }), 422, "announced-attachments-invalid");
    }
  });
  test("without the needed members or as another content type is refused", async () => {
    expectProblem(await announce({ destinationId: 7 }), 400, "malformed-request");
    const asText = await announce({}, { headers: { "Content-Type": "text/plain" } });
    expectProblem(asText, 415, "unsupported-media-type");
  });
  test("in an unknown case or the case of another sender is refused", async () => {
    expectProblem(await announce({ caseId: randomUUID() }), 404, "case-not-found");
    const { caseId } = (await announce()).body;
    expectProblem(await announce({ caseId }, { token: tokens["other-sender"] }), 403, "foreign-client");
  });
});

describe("uploading an attachment", () => {
  test("that was not announced is refused", async () => {
    const { path } = await draft();
    expectProblem(await upload(`${path}/attachments/${randomUUID()}`, jwe), 404, "attachment-not-announced");
  });
  test("with another content type is refused", async () => {
    const { attachment } = await draft();
    const answer = await upload(attachment, jwe, { headers: { "Content-Type": "application/octet-stream" } });
    expectProblem(answer, 415, "unsupported-media-type");
  });
  test("that is no compact JWE of a 4096 bit key is refused and leaves nothing behind", async () => {
    const { attachment } = await draft();
    const parts = jwe.split(".");
    const wrong = [
      parts.slice(0, 4).join("."),
      `${jwe}.AAAA`,
      `${jwe}\n`,
      "a.b.c.d.e",
      [...parts.slice(0, 4), "AAAA"].join("."),
      await encrypt({ ...small, kid: encryption.kid }, "x".repeat(400)),
    ];
    for (const jose of wrong) expectProblem(await upload(attachment, jose), 422, "invalid-jwe");
  });
  test.each(["alg", "enc", "kid", "zip", "cty"])("with a wrong header %s is refused", async (member) => {
    const { attachment } = await draft();
    const values = { alg: "RSA-OAEP", enc: "A128GCM", kid: "another-key", zip: "DEF", cty: undefined };
    const wrong = await encrypt(encryption, "attachment", { [member]: values[member as keyof typeof values] });
    const answer = await upload(attachment, wrong);
    expectProblem(answer, 422, "invalid-jwe");
    expect(answer.body["title"]).toBe(`Invalid JWE Header '${member}'`);
  });
  test("after the submission was sent, or by another client, is refused", async () => {
    const { path, attachment } = await draft();
    expectProblem(await upload(attachment, jwe, { token: tokens["other-sender"] }), 403, "foreign-client");
    expect((await upload(attachment, jwe)).status).toBe(204);
    expect((await send(path)).status).toBe(200);
    expectProblem(await upload(attachment, jwe), 409, "submission-already-sent");
  });
});

describe("sending", () => {
  test("without metadata or data is refused", async () => {
    const { path } = await draft([]);
    expectProblem(await send(path, { encryptedMetadata: jwe }), 422, "missing-part");
    expectProblem(await send(path, { encryptedData: jwe }), 422, "missing-part");
  });
  test("with a content type other than JSON or XML is refused", async () => {
    const { path } = await draft([]);
    const xml = await encrypt(encryption, "<a/>", { cty: "application/xml" });
    const pdf = await encrypt(encryption, "%PDF", { cty: "application/pdf" });
    for (const parts of [
      { encryptedMetadata: xml, encryptedData: jwe },
      { encryptedMetadata: jwe, encryptedData: pdf },
    ]) {
      expect((await send(path, parts)).body).toMatchObject({ status: 422, title: "Invalid JWE Header 'cty'" });
    }
    expect((await send(path, { encryptedMetadata: jwe, encryptedData: xml })).status).toBe(200);
  });
  test("before all announced attachments are there is refused", async () => {
    const { path } = await draft();
    expectProblem(await send(path), 422, "attachments-incomplete");
  });
  test("a second time is refused, even at the same moment", async () => {
    const { path } = await draft([]);
    const answers = await Promise.all([send(path), send(path)]);
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409]);
    expectProblem(await send(path), 409, "submission-already-sent");
  });
  test("an unknown submission is not found", async () => {
    expectProblem(await send(`${V2}/submissions/${randomUUID()}`), 404, "submission-not-found");
  });
});
