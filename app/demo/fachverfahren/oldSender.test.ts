import { createPublicKey } from "node:crypto";
import { CompactEncrypt, type JWK } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startZustelldienst } from "#app/demo/zustelldienst/server.ts";
import { sha512 } from "./hashes.ts";
import { MAX_INFLATED_BYTES } from "./jwe.ts";
import { generateDestinationKeys } from "./keys.ts";
import { startFachverfahren, type Fachverfahren } from "./server.ts";
import {
  createTestSender,
  LEIKA,
  newFolder,
  removeFolders,
  SCHEMA_URI,
  schemaFolder,
  testDestination,
  testFile,
  testPayload,
  TEST_CLIENTS,
  until,
  type TestFile,
} from "./testSender.ts";

type Sending = { data?: Buffer; files?: TestFile[]; metadata?: Record<string, unknown> };

const destination = testDestination();
let zustelldienst: Awaited<ReturnType<typeof startZustelldienst>>;
let fachverfahren: Fachverfahren;

beforeAll(async () => {
  zustelldienst = await startZustelldienst({ port: 0, dataDir: await newFolder(), clients: TEST_CLIENTS });
  fachverfahren = await startFachverfahren({
    port: 0,
    dataDir: await newFolder(),
    zustelldienstUrl: zustelldienst.url,
    clientId: "subscriber",
    clientSecret: "secret-of-subscriber",
    destinations: [destination],
    schemaDir: await schemaFolder(),
    decision: "accept",
    pollMs: 20,
    keys: { [destination.id]: await generateDestinationKeys() },
  });
  await until("registration", async () => {
    const health = (await (await fetch(`${fachverfahren.url}/health`)).json()) as { destinations: string[] };
    return health.destinations.length === 1;
  });
}, 180_000);
afterAll(async () => {
  await fachverfahren.close();
  await zustelldienst.close();
  await removeFolders();
});

/** Compresses and encrypts as clients of v1 do: no check of what the key is for, everything called JSON. */
function encrypt({ kty, n, e, kid = "" }: JWK, bytes: Uint8Array): Promise<string> {
  return new CompactEncrypt(bytes)
    .setProtectedHeader({ zip: "DEF", kid, cty: "application/json", enc: "A256GCM", alg: "RSA-OAEP-256", typ: "JWE" })
    .encrypt(createPublicKey({ key: { kty, n, e }, format: "jwk" }));
}

const checksum = (bytes: Buffer) => ({ type: "sha512", content: sha512(bytes) });

/** A sender of the old dialect at the address that old clients know. Its metadata name no schema. */
async function send({ data, files = [], metadata = {} }: Sending): Promise<{ caseId: string }> {
  const form = { grant_type: "client_credentials", client_id: "sender", client_secret: "secret-of-sender" };
  const answer = await fetch(`${zustelldienst.url}/token`, { method: "POST", body: new URLSearchParams(form) });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${token}`, "user-agent": "old-sender/0.1" };
  const call = async (method: string, path: string, body?: string, type = "application/json") => {
    const init = body === undefined ? { method } : { method, body };
    const result = await fetch(`${zustelldienst.url}/v1${path}`, {
      ...init,
      headers: { ...headers, ...(body === undefined ? {} : { "content-type": type }) },
    });
    if (!result.ok) throw new Error(`${path}: ${result.status} ${await result.text()}`);
    return result.status === 204 ? undefined : result.json();
  };

  const { encryptionKid } = (await call("GET", `/destinations/${destination.id}`)) as { encryptionKid: string };
  const jwk = (await call("GET", `/destinations/${destination.id}/keys/${encryptionKid}`)) as JWK;
  const announced = await call(
    "POST",
    "/submissions",
    JSON.stringify({
      destinationId: destination.id,
      announcedAttachments: files.map(({ attachmentId }) => attachmentId),
      serviceType: { name: "", identifier: LEIKA },
    }),
  );
  const { submissionId, caseId } = announced as { submissionId: string; caseId: string };
  for (const { attachmentId, bytes } of files) {
    const path = `/submissions/${submissionId}/attachments/${attachmentId}`;
    await call("PUT", path, await encrypt(jwk, bytes), "application/jose");
  }
  const submissionSchema = { schemaUri: SCHEMA_URI, mimeType: "application/json" };
  const plain = {
    contentStructure: {
      ...(data ? { data: { hash: checksum(data), submissionSchema } } : {}),
      attachments: files.map(({ attachmentId, bytes, mimeType }) => {
        return { attachmentId, hash: checksum(bytes), mimeType, purpose: "attachment" };
      }),
    },
    additionalReferenceInfo: { senderReference: "old-1", submissionDate: "2026-11-21 09:40:00" },
    publicServiceType: { identifier: LEIKA, name: "Blaue Karte EU" },
    ...metadata,
  };
  const parts = {
    encryptedMetadata: await encrypt(jwk, Buffer.from(JSON.stringify(plain))),
    ...(data ? { encryptedData: await encrypt(jwk, data) } : {}),
  };
  await call("PUT", `/submissions/${submissionId}`, JSON.stringify(parts));
  return { caseId };
}

async function verdict(caseId: string) {
  const reader = createTestSender(zustelldienst.url, destination.id);
  const { name, content } = await until("verdict", async () => (await reader.verdicts(caseId))[0]);
  const problems = (content.problems ?? []) as { type: string; instance: string }[];
  return [name, ...problems.map(({ type, instance }) => `${type.split("/").at(-1)} ${instance.replace(/:.*/, "")}`)];
}

const named = (version: string) => ({
  $schema: `https://schema.fitko.de/fit-connect/metadata/${version}/metadata.schema.json`,
});
const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value));

describe("a sender of the old dialect", () => {
  test("brings an application with a file, compressed, and gets the answer of the authority", async () => {
    const file = testFile("%PDF-1.7 ".repeat(1000));
    const payload = testPayload([file]);
    const { caseId } = await send({ data: bytesOf(payload), files: [file] });
    expect(await verdict(caseId)).toEqual(["accept-submission"]);
    const application = `${fachverfahren.url}/api/applications/${payload.messageId}`;
    expect(await (await fetch(application)).json()).toEqual(payload);
    const path = `/applications/${payload.messageId}/attachments/${file.attachmentId}`;
    const download = await fetch(fachverfahren.url + path);
    expect(Buffer.from(await download.arrayBuffer())).toEqual(file.bytes);
  });

  test("may name the schema of its metadata, but none of another version", async () => {
    const old = await send({ data: bytesOf(testPayload()), metadata: named("1.0.0") });
    expect(await verdict(old.caseId)).toEqual(["accept-submission"]);
    const newer = await send({ data: bytesOf(testPayload()), metadata: named("2.1.0") });
    expect(await verdict(newer.caseId)).toEqual(["reject-submission", "unsupported-schema metadata"]);
  });

  test("that sends metadata alone is told that the data are missing", async () => {
    const { caseId } = await send({});
    expect(await verdict(caseId)).toEqual(["reject-submission", "missing-data data"]);
  });

  test("with metadata against their schema or of another service is refused", async () => {
    const data = bytesOf(testPayload());
    const channels = { replyChannel: { eMail: { address: "a@example.org" }, deMail: { address: "a@example.org" } } };
    expect(await verdict((await send({ data, metadata: channels })).caseId)).toEqual([
      "reject-submission",
      "schema-violation metadata",
    ]);
    const service = { publicServiceType: { identifier: "urn:de:fim:leika:leistung:99000000000000" } };
    expect(await verdict((await send({ data, metadata: service })).caseId)).toEqual([
      "reject-submission",
      "service-mismatch metadata",
    ]);
  });

  test("with a file that unpacks to more than the cap is refused before it fills the memory", async () => {
    const bomb = { ...testFile(), bytes: Buffer.alloc(MAX_INFLATED_BYTES + 1) };
    const { caseId } = await send({ data: bytesOf(testPayload([bomb])), files: [bomb] });
    expect(await verdict(caseId)).toEqual(["reject-submission", "encryption-issue attachment"]);
  });

  test("is counted like every other", async () => {
    const payload = testPayload();
    const before = (await (await fetch(`${fachverfahren.url}/statistics`)).json()) as Record<string, number>;
    for (const { caseId } of [await send({ data: bytesOf(payload) }), await send({ data: bytesOf(payload) })]) {
      expect(await verdict(caseId)).toEqual(["accept-submission"]);
    }
    const after = (await (await fetch(`${fachverfahren.url}/statistics`)).json()) as Record<string, number>;
    expect(after).toEqual({
      received: before.received! + 2,
      accepted: before.accepted! + 1,
      rejected: before.rejected,
      duplicates: before.duplicates! + 1,
    });
  });
});
