import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compactDecrypt, decodeJwt } from "jose";
import { startZustelldienst } from "#app/demo/zustelldienst/server.ts";
import type { FitConnectConfig } from "./config.server.ts";
import { makeKey, signSet, type TestKey } from "./keys.testing.ts";

const EVENTS = "https://schema.fitko.de/fit-connect/events/";
const PROBLEMS = "https://schema.fitko.de/fit-connect/events/problems/";

export const leika = "99010028000000";
export const schemaUri = "https://schema.example.org/antrag/1.0.0/schema.json";

// Made once per test file; keys of this length take a second.
let authorityKeys: Promise<[TestKey, TestKey]> | undefined;

/** A Zustelldienst of its own (simulator), and an authority with a Zustellpunkt there that fetches and answers. */
export async function startAuthority() {
  const dataDir = await mkdtemp(join(tmpdir(), "zustelldienst-"));
  const service = await startZustelldienst({
    port: 0,
    dataDir,
    clients: [
      { id: "sender", secret: "sender-secret", role: "sender" },
      { id: "authority", secret: "authority-secret", role: "subscriber" },
    ],
  });
  authorityKeys ??= Promise.all([makeKey("kid-encryption", "encrypt"), makeKey("kid-signature", "verify")]);
  const [encryption, signature] = await authorityKeys;
  const destinationId = randomUUID();
  const base = `${service.url}/submission-api/v2`;
  const token = await fetchToken(service.url);
  const call = async (method: string, url: string, body?: string, type = "application/json") => {
    const headers = { Authorization: `Bearer ${token}`, "User-Agent": "Test-Behoerde/1.0", "Content-Type": type };
    const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
    return answer;
  };

  /** Writes the Zustellpunkt into the portal; `change` replaces parts of it. */
  const register = async (change: object = {}) => {
    const services = [
      {
        identifier: `urn:de:fim:leika:leistung:${leika}`,
        name: "Aufenthaltserlaubnis",
        regions: ["DE09189", "DE11"],
        submissionSchemas: [{ schemaUri, mimeType: "application/json" }],
      },
    ];
    const body = {
      name: "Ausländerbehörde (Test)",
      status: "active",
      publicServices: services,
      metadataVersions: ["2.1.0"],
      encryptionKid: encryption.kid,
      keys: [encryption.jwk, signature.jwk],
      ...change,
    };
    await call("PUT", `${service.url}/self-service-portal/v2/destinations/${destinationId}`, JSON.stringify(body));
  };
  await register();

  /** Ids of all submissions that wait for the authority. */
  const list = async (): Promise<{ submissionId: string; caseId: string }[]> => {
    const answer = await call("GET", `${base}/submissions?destinationId=${destinationId}&offset=0&limit=50`);
    return ((await answer.json()) as { submissions: { submissionId: string; caseId: string }[] }).submissions;
  };

  /** Fetches and decrypts one submission as the authority would. */
  const open = async (submissionId: string, key: TestKey = encryption) => {
    const answer = await call("GET", `${base}/submissions/${submissionId}`);
    const stored = (await answer.json()) as { attachments: string[]; encryptedMetadata: string; encryptedData: string };
    const decrypt = async (jwe: string) => Buffer.from((await compactDecrypt(jwe, key.privateKey)).plaintext);
    const attachments: Record<string, Buffer> = {};
    for (const id of stored.attachments) {
      const file = await call("GET", `${base}/submissions/${submissionId}/attachments/${id}`);
      attachments[id] = await decrypt(await file.text());
    }
    const metadata: unknown = JSON.parse((await decrypt(stored.encryptedMetadata)).toString("utf8"));
    return { metadata, data: await decrypt(stored.encryptedData), attachments };
  };

  /** Answers a submission with an event; an acceptance repeats the tags of the submit statement. */
  const say = async (
    { submissionId, caseId }: { submissionId: string; caseId: string },
    event: "accept-submission" | "reject-submission",
    problems: { slug: string; title: string; instance?: string }[] = [],
  ) => {
    const log = (await (await call("GET", `${base}/cases/${caseId}/events`)).json()) as { eventLog: string[] };
    const submitted = log.eventLog.map((raw) => decodeJwt<{ events: Record<string, object>; $schema: string }>(raw));
    const submit = submitted.find(({ events }) => `${EVENTS}submit-submission` in events);
    if (!submit) throw new Error("Nothing was submitted");
    const payload = {
      ...(event === "accept-submission" ? submit.events[`${EVENTS}submit-submission`] : {}),
      ...(problems.length === 0
        ? {}
        : {
            problems: problems.map(({ slug, title, instance = "data" }) => ({
              type: PROBLEMS + slug,
              title,
              detail: title,
              instance,
            })),
          }),
    };
    const claims = {
      $schema: submit.$schema,
      jti: randomUUID(),
      iss: destinationId,
      iat: Math.floor(Date.now() / 1000),
      sub: `submission:${submissionId}`,
      txn: `case:${caseId}`,
      events: { [EVENTS + event]: payload },
    };
    await call("POST", `${base}/cases/${caseId}/events`, await signSet(signature, claims), "application/jose");
  };

  return {
    destinationId,
    encryption,
    signature,
    register,
    list,
    open,
    say,
    /** Where the simulator's destinations are looked up. */
    routing: { url: `${service.url}/routing`, issuers: [`${service.url}/self-service-portal`] },
    /** Makes the Zustelldienst misbehave. */
    setFault: async (mode: string, more: { delayMs?: number; count?: number } = {}) => {
      await call("POST", `${service.url}/simulator/faults`, JSON.stringify({ mode, ...more }));
    },
    /** Submissions by state, as the Zustelldienst counts them. */
    statistics: async () => {
      const answer = await fetch(`${service.url}/simulator/statistics`);
      return ((await answer.json()) as { submissions: Record<string, number> }).submissions;
    },
    /** A sender's settings for this Zustelldienst. */
    config: (change: Partial<FitConnectConfig> = {}): FitConnectConfig => ({
      tokenUrl: `${service.url}/token`,
      submissionUrl: `${service.url}/submission-api`,
      destinationUrl: `${service.url}/destination-api`,
      issuer: `${service.url}/submission-api`,
      clientId: "sender",
      clientSecret: "sender-secret",
      allowKeyWithoutCertificate: true,
      trust: { roots: [], revocation: "required", privateHosts: "any" },
      userAgent: "Aufenthalt-Online/1.0 (Test)",
      author: { name: "Onlinedienst", product: { name: "Aufenthalt Online", version: "1.0", manufacturer: "Amt" } },
      timeoutMs: 5_000,
      ...change,
    }),
    close: async () => {
      await service.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The authority's side of the tests. */
export type TestAuthority = Awaited<ReturnType<typeof startAuthority>>;

async function fetchToken(url: string): Promise<string> {
  const answer = await fetch(`${url}/token`, {
    method: "POST",
    headers: { "User-Agent": "Test-Behoerde/1.0" },
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: "authority",
      client_secret: "authority-secret",
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}
