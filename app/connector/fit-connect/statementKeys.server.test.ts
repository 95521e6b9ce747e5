import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createClient } from "./client.server.ts";
import type { FitConnectConfig } from "./config.server.ts";
import { makeKey, type TestKey } from "./keys.testing.ts";
import { createStatementKeys } from "./statementKeys.server.ts";
import { createTrust } from "./trust.server.ts";
import type { Fetch } from "./leanFetch.server.ts";

const destinationId = "f76774a7-5584-481e-9fd6-275fab9e4ce8";
let first: TestKey;
let second: TestKey;
let short: TestKey;
let published: unknown[];
let fetched: string[];
let time: number;

beforeAll(async () => {
  [first, second, short] = await Promise.all([
    makeKey("kid-first", "verify"),
    makeKey("kid-second", "verify"),
    makeKey("kid-short", "verify", 2048),
  ]);
});
beforeEach(() => {
  published = [first.jwk];
  fetched = [];
  time = Date.UTC(2026, 10, 21);
});

/** A Zustelldienst that hands out keys and nothing else. */
const keyService: Fetch = (input) => {
  const { pathname } = new URL(String(input));
  if (pathname === "/token")
    return Promise.resolve(Response.json({ access_token: "t", token_type: "Bearer", expires_in: 1800 }));
  fetched.push(pathname);
  if (pathname === "/submission-api/.well-known/jwks.json") return Promise.resolve(Response.json({ keys: published }));
  const found = [first, short].find(
    ({ kid }) => pathname === `/destination-api/v2/destinations/${destinationId}/keys/${kid}`,
  );
  return Promise.resolve(found ? Response.json(found.jwk) : Response.json({ title: "unknown" }, { status: 404 }));
};

function keys() {
  const config: FitConnectConfig = {
    tokenUrl: "http://localhost/token",
    submissionUrl: "http://localhost/submission-api",
    destinationUrl: "http://localhost/destination-api",
    issuer: "http://localhost/submission-api",
    clientId: "id",
    clientSecret: "secret",
    allowKeyWithoutCertificate: true,
    trust: { roots: [], revocation: "required", privateHosts: [] },
    userAgent: "Test/1.0",
    author: { name: "Amt", product: { name: "P", version: "1", manufacturer: "Amt" } },
    timeoutMs: 1000,
    fetch: keyService,
    now: () => time,
  };
  return createStatementKeys(createClient(config), config, createTrust(config));
}

describe("Keys of the Zustelldienst", () => {
  test("are fetched once and kept for minutes only", async () => {
    const { service } = keys();
    expect(await service("kid-first")).toBeDefined();
    time += 4 * 60_000;
    await service("kid-first");
    expect(fetched).toHaveLength(1);
    time += 2 * 60_000;
    await service("kid-first");
    expect(fetched).toHaveLength(2);
  });

  test("are fetched again when a statement names a new one", async () => {
    const { service } = keys();
    await service("kid-first");
    published = [first.jwk, second.jwk];
    expect(await service("kid-second")).toBeDefined();
    expect(fetched).toHaveLength(2);
  });

  test("that stay unknown are looked for once and then missing", async () => {
    const { service } = keys();
    await service("kid-first");
    expect(await service("kid-unknown")).toBeUndefined();
    expect(fetched).toHaveLength(2);
  });

  test("that are too short are not used, and odd ones beside do no harm", async () => {
    published = [short.jwk, { kty: "EC" }, "odd", first.jwk];
    const { service } = keys();
    await expect(service("kid-short")).rejects.toMatchObject({ reason: "keyRefused.tooShort", retryable: false });
    expect(await service("kid-first")).toBeDefined();
  });
});

describe("Keys of a destination", () => {
  test("are fetched by kid and kept for minutes only", async () => {
    const { destination } = keys();
    expect(await destination(destinationId, "kid-first")).toBeDefined();
    await destination(destinationId, "kid-first");
    expect(fetched).toHaveLength(1);
    time += 6 * 60_000;
    await destination(destinationId, "kid-first");
    expect(fetched).toHaveLength(2);
  });

  test("that are unknown are missing, and those that are too short are refused with the reason", async () => {
    const { destination } = keys();
    expect(await destination(destinationId, "kid-unknown")).toBeUndefined();
    expect(await destination(destinationId, "../../x?y")).toBeUndefined();
    await expect(destination(destinationId, "kid-short")).rejects.toMatchObject({ reason: "keyRefused.tooShort" });
    expect(fetched[1]).toContain("/keys/..%2F..%2Fx%3Fy");
  });
});
