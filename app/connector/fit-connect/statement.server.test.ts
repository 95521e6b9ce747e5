import { randomUUID } from "node:crypto";
import { CompactSign } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import { makeKey, signSet, type TestKey } from "./keys.testing.ts";
import { verifyStatement, type Expected, type StatementKeys } from "./statement.server.ts";

const expected: Expected = {
  submissionId: randomUUID(),
  caseId: randomUUID(),
  destinationId: randomUUID(),
  issuer: "https://zustelldienst.example/submission-api",
  now: Date.UTC(2026, 10, 21),
};
const prefix = "https://schema.fitko.de/fit-connect/events/";
const claims = (event: string, payload: object = {}) => ({
  jti: randomUUID(),
  iss: event.startsWith("accept") ? expected.destinationId : expected.issuer,
  iat: expected.now / 1000,
  sub: `submission:${expected.submissionId}`,
  txn: `case:${expected.caseId}`,
  events: { [`${prefix}${event}`]: payload },
});

const schema = (v: string) => `https://schema.fitko.de/fit-connect/set-payload/${v}/set-payload.schema.json`;
const find = (key: TestKey, kid: string) => Promise.resolve(key.kid === kid ? key.publicKey : undefined);

let service: TestKey;
let authority: TestKey;
let stranger: TestKey;
let keys: StatementKeys;

beforeAll(async () => {
  [service, authority, stranger] = await Promise.all([
    makeKey("kid-service", "verify"),
    makeKey("kid-authority", "verify"),
    makeKey("kid-stranger", "verify"),
  ]);
  keys = { service: (kid) => find(service, kid), destination: (_id, kid) => find(authority, kid) };
});

const refusedFor = (reason: string) => ({
  code: "invalidStatement",
  cause: expect.objectContaining({ message: `Invalid statement: ${reason}` }),
});

describe("A statement", () => {
  test("of the Zustelldienst verifies with its key", async () => {
    const raw = await signSet(service, claims("notify-submission", { notifyType: "polling" }));
    const at = "2026-11-21T00:00:00.000Z";
    expect(await verifyStatement(raw, expected, keys)).toMatchObject({ event: "notify-submission", at, raw });
  });

  test("of the destination verifies with the destination's key", async () => {
    const raw = await signSet(authority, claims("accept-submission"));
    expect(await verifyStatement(raw, expected, keys)).toMatchObject({ event: "accept-submission" });
  });

  test("with a payload schema of version 1 is taken, of version 2 not", async () => {
    const first = await signSet(service, { ...claims("create-submission"), $schema: schema("1.2.2") });
    expect(await verifyStatement(first, expected, keys)).toMatchObject({ event: "create-submission" });
    const second = await signSet(service, { ...claims("create-submission"), $schema: schema("2.0.0") });
    await expect(verifyStatement(second, expected, keys)).rejects.toMatchObject(refusedFor("claims"));
  });

  test("signed by a foreign key under a known kid is refused", async () => {
    const raw = await signSet(stranger, claims("submit-submission"), { kid: "kid-service" });
    await expect(verifyStatement(raw, expected, keys)).rejects.toMatchObject(refusedFor("signature"));
  });

  test("with an unknown kid is refused", async () => {
    const raw = await signSet(stranger, claims("submit-submission"));
    await expect(verifyStatement(raw, expected, keys)).rejects.toMatchObject(refusedFor("key"));
  });

  test("changed after signing is refused", async () => {
    const [head, , signature] = (await signSet(service, claims("create-submission"))).split(".");
    const body = Buffer.from(JSON.stringify(claims("submit-submission"))).toString("base64url");
    const raw = `${head}.${body}.${signature}`;
    await expect(verifyStatement(raw, expected, keys)).rejects.toMatchObject(refusedFor("signature"));
  });

  test("signed with another algorithm is refused", async () => {
    const raw = await new CompactSign(new TextEncoder().encode(JSON.stringify(claims("create-submission"))))
      .setProtectedHeader({ typ: "secevent+jwt", alg: "RS512", kid: service.kid })
      .sign(service.privateKey);
    await expect(verifyStatement(raw, expected, keys)).rejects.toMatchObject(refusedFor("header"));
  });

  test("of another type is refused", async () => {
    const raw = await signSet(service, claims("create-submission"), { typ: "jwt" });
    await expect(verifyStatement(raw, expected, keys)).rejects.toMatchObject(refusedFor("header"));
  });

  test("by the Zustelldienst that only the destination may make is refused", async () => {
    const raw = await signSet(service, { ...claims("accept-submission"), iss: expected.issuer });
    await expect(verifyStatement(raw, expected, keys)).rejects.toMatchObject(refusedFor("issuerOfEvent"));
  });

  test("by the destination that only the Zustelldienst may make is refused", async () => {
    const raw = await signSet(authority, { ...claims("submit-submission"), iss: expected.destinationId });
    await expect(verifyStatement(raw, expected, keys)).rejects.toMatchObject(refusedFor("issuerOfEvent"));
  });

  const wrong: readonly [string, object, string][] = [
    ["of another Zustelldienst", { iss: "https://other.example/submission-api" }, "issuer"],
    ["of another destination", { iss: randomUUID() }, "issuer"],
    ["about another case", { txn: `case:${randomUUID()}` }, "case"],
    ["from the future", { iat: expected.now / 1000 + 301 }, "future"],
    ["from before FIT-Connect", { iat: 1_000_000_000 }, "claims"],
    ["without an id", { jti: undefined }, "claims"],
    ["with two events", { events: { [`${prefix}a`]: {}, [`${prefix}b`]: {} } }, "claims"],
    ["without an event", { events: {} }, "claims"],
  ];
  test.each(wrong)("%s is refused", async (_name, change, reason) => {
    const raw = await signSet(service, { ...claims("create-submission"), ...change });
    await expect(verifyStatement(raw, expected, keys)).rejects.toMatchObject(refusedFor(reason));
  });

  test.each(["", "a.b", "a.b.c.d", "..", "e30.e30.AAAA"])("that is no token (%j) is refused", async (raw) => {
    await expect(verifyStatement(raw, expected, keys)).rejects.toMatchObject({ code: "invalidStatement" });
  });

  test("about another submission of the case is passed over", async () => {
    const raw = await signSet(service, { ...claims("create-submission"), sub: `submission:${randomUUID()}` });
    expect(await verifyStatement(raw, expected, keys)).toBeUndefined();
  });

  test("with an event of a later version is passed over", async () => {
    const raw = await signSet(service, claims("archive-submission"));
    expect(await verifyStatement(raw, expected, keys)).toBeUndefined();
  });
});
