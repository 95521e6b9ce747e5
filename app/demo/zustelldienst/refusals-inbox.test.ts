import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PROBLEM_TYPE_PREFIX } from "./problems.ts";
import {
  announcement,
  createWorld,
  encrypt,
  testKey,
  registration,
  signSet,
  type Answer,
  type SetSubject,
  type TestKey,
} from "./test-world.ts";

const V2 = "/submission-api/v2";
let encryption: TestKey;
let signature: TestKey;
let foreign: TestKey;
let world: Awaited<ReturnType<typeof createWorld>>;
let sender: string;
let subscriber: string;
let destinationId: string;
let jwe: string;

beforeAll(async () => {
  [encryption, signature, foreign, world] = await Promise.all([
    testKey("encryption"),
    testKey("signature"),
    testKey("signature", "foreign"),
    createWorld(),
  ]);
  [sender, subscriber] = await Promise.all([world.token("sender"), world.token("subscriber")]);
  destinationId = randomUUID();
  const path = `/self-service-portal/v2/destinations/${destinationId}`;
  await world.call("PUT", path, { token: subscriber, json: registration(encryption, signature) });
  jwe = await encrypt(encryption, "{}");
});
afterAll(() => world.close());

async function announced(): Promise<SetSubject> {
  const answer = await world.call("POST", `${V2}/submissions`, { token: sender, json: announcement(destinationId) });
  return { destinationId, submissionId: String(answer.body["submissionId"]), caseId: String(answer.body["caseId"]) };
}

async function sent(): Promise<SetSubject> {
  const about = await announced();
  const json = { encryptedMetadata: jwe, encryptedData: jwe };
  const answer = await world.call("PUT", `${V2}/submissions/${about.submissionId}`, { token: sender, json });
  expect(answer.status).toBe(200);
  return about;
}

const post = (about: SetSubject, jose: string, token = subscriber) =>
  world.call("POST", `${V2}/cases/${about.caseId}/events`, { token, jose });

const payloadSchema = (version: string) => ({
  $schema: `https://schema.fitko.de/fit-connect/set-payload/${version}/set-payload.schema.json`,
});

function expectProblem(answer: Answer, status: number, slug: string) {
  expect(answer.body).toMatchObject({ type: PROBLEM_TYPE_PREFIX + slug, status });
  expect(answer.status).toBe(status);
}

describe("reading an event log", () => {
  test("of a foreign case is forbidden, to senders and to subscribers", async () => {
    const { caseId, submissionId } = await announced();
    const token = await world.token("other-sender");
    const attached = await world.token("other-subscriber");
    expectProblem(await world.call("GET", `${V2}/cases/${caseId}/events`, { token }), 403, "foreign-client");
    expectProblem(
      await world.call("GET", `${V2}/submissions/${submissionId}/events`, { token }),
      403,
      "foreign-client",
    );
    const answer = await world.call("GET", `${V2}/cases/${caseId}/events`, { token: attached });
    expectProblem(answer, 403, "client-not-attached");
  });
  test("of an unknown case is not found", async () => {
    const answer = await world.call("GET", `${V2}/cases/${randomUUID()}/events`, { token: sender });
    expectProblem(answer, 404, "case-not-found");
  });
  test.each(["limit=501", "limit=0", "limit=x", "offset=-1"])("with %s is refused", async (query) => {
    const { caseId } = await announced();
    const answer = await world.call("GET", `${V2}/cases/${caseId}/events?${query}`, { token: sender });
    expectProblem(answer, 400, "invalid-paging");
  });
});

describe("adding an event", () => {
  test("that is no token, or has other header members, is refused", async () => {
    const about = await sent();
    expectProblem(await post(about, "no token"), 400, "invalid-set");
    expectProblem(await post(about, "a.b.c"), 400, "invalid-set");
    const wrongType = await signSet(signature, about, "forward-submission", {}, { header: { typ: "JWT" } });
    expectProblem(await post(about, wrongType), 400, "invalid-set");
    const wrongAlgorithm = await signSet(signature, about, "forward-submission", {}, { header: { alg: "PS256" } });
    expectProblem(await post(about, wrongAlgorithm), 400, "invalid-set");
  });
  test("with another content type is refused", async () => {
    const { caseId } = await sent();
    const answer = await world.call("POST", `${V2}/cases/${caseId}/events`, { token: subscriber, json: {} });
    expectProblem(answer, 415, "unsupported-media-type");
  });
  test("signed by a foreign key, or under an unknown kid, is refused", async () => {
    const about = await sent();
    const forged = await signSet({ ...foreign, kid: signature.kid }, about, "forward-submission");
    expectProblem(await post(about, forged), 422, "set-signature-invalid");
    expectProblem(await post(about, await signSet(foreign, about, "forward-submission")), 422, "set-signature-invalid");
    const byEncryptionKey = await signSet({ ...signature, kid: encryption.kid }, about, "forward-submission");
    expectProblem(await post(about, byEncryptionKey), 422, "set-signature-invalid");
  });
  test.each(["iss", "sub", "txn", "jti", "iat", "events"])("with a wrong %s is refused", async (claim) => {
    const about = await sent();
    const wrong = {
      iss: randomUUID(),
      sub: `submission:${(await sent()).submissionId}`,
      txn: `case:${randomUUID()}`,
      jti: "no uuid",
      iat: Math.floor(Date.now() / 1000) + 3600,
      events: {},
    };
    const claims = { [claim]: wrong[claim as keyof typeof wrong] };
    const jose = await signSet(signature, about, "forward-submission", {}, { claims });
    expectProblem(await post(about, jose), 422, "set-claims-invalid");
  });
  test("with a malformed payload is refused", async () => {
    const about = await sent();
    expectProblem(await post(about, await signSet(signature, about, "reject-submission")), 422, "set-claims-invalid");
  });
  test.each(["submit-submission", "delete-submission", "notify-submission"])(
    "%s, which belongs to the Zustelldienst, is forbidden",
    async (event) => {
      const about = await sent();
      expectProblem(await post(about, await signSet(signature, about, event)), 403, "event-not-allowed");
    },
  );
  test("as a sender is forbidden", async () => {
    const about = await sent();
    const jose = await signSet(signature, about, "accept-submission");
    expectProblem(await post(about, jose, sender), 403, "wrong-role");
  });
  test("before the submission was sent, after it was settled, or twice is refused", async () => {
    const early = await announced();
    const tooEarly = await signSet(signature, early, "accept-submission");
    expectProblem(await post(early, tooEarly), 409, "submission-not-sent");
    const about = await sent();
    const forwarded = await signSet(signature, about, "forward-submission");
    expect((await post(about, forwarded)).status).toBe(204);
    expectProblem(await post(about, forwarded), 409, "event-already-known");
    expect((await post(about, await signSet(signature, about, "accept-submission"))).status).toBe(204);
    const again = await signSet(signature, about, "accept-submission");
    expectProblem(await post(about, again), 409, "submission-already-settled");
    expectProblem(await post(about, forwarded), 409, "submission-already-settled");
  });
  test("with payload schema 1.0 is refused as in the TEST environment, 1.2.2 is taken", async () => {
    const about = await sent();
    const old = await signSet(signature, about, "accept-submission", {}, { claims: payloadSchema("1.0.0") });
    const answer = await post(about, old);
    expectProblem(answer, 422, "payload-schema-not-supported");
    expect(answer.body["title"]).toBe("Payload Schema not supported");
    const current = await signSet(signature, about, "accept-submission", {}, { claims: payloadSchema("1.2.2") });
    expect((await post(about, current)).status).toBe(204);
  });
});

describe("fetching submissions", () => {
  test("as a sender is forbidden", async () => {
    const about = await sent();
    const path = `${V2}/submissions/${about.submissionId}`;
    expectProblem(await world.call("GET", `${V2}/submissions`, { token: sender }), 403, "wrong-role");
    expectProblem(await world.call("GET", path, { token: sender }), 403, "wrong-role");
  });
  test("of a destination the client is not attached to is forbidden", async () => {
    const about = await sent();
    const token = await world.token("other-subscriber");
    const list = await world.call("GET", `${V2}/submissions?destinationId=${destinationId}`, { token });
    expectProblem(list, 403, "client-not-attached");
    const one = await world.call("GET", `${V2}/submissions/${about.submissionId}`, { token });
    expectProblem(one, 403, "client-not-attached");
    expect((await world.call("GET", `${V2}/submissions`, { token })).body).toMatchObject({ totalCount: 0 });
  });
  test("shows no draft", async () => {
    const draft = await announced();
    const list = await world.call("GET", `${V2}/submissions?destinationId=${destinationId}`, { token: subscriber });
    expect(list.text).not.toContain(draft.submissionId);
    const one = await world.call("GET", `${V2}/submissions/${draft.submissionId}`, { token: subscriber });
    expectProblem(one, 404, "submission-not-found");
  });
});
