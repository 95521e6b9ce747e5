import { createPublicKey, generateKeyPairSync, randomUUID } from "node:crypto";
import { SignJWT, type JWK } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkSubmission, type Receiver } from "./checks.ts";
import type { Submission } from "./client.ts";
import { checkEventLog, type KeySource } from "./eventLog.ts";
import { authenticationTag, decryptJwe } from "./jwe.ts";
import { generateDestinationKeys, privateKeyObject, publicEncryptionJwk, type DestinationKeys } from "./keys.ts";
import { loadSchemas } from "./schemas.ts";
import { EVENT_PREFIX } from "./sets.ts";
import {
  encryptFor,
  LEIKA,
  removeFolders,
  schemaFolder,
  testDestination,
  testFile,
  testMetadata,
  testPayload,
} from "./testSender.ts";

const ISSUER = "http://127.0.0.1:1/submission-api";
const NOW = new Date("2026-11-21T12:00:00Z");
const destination = testDestination();
let keys: DestinationKeys;
let foreign: DestinationKeys;
let receiver: Receiver;
let encryptionKey: JWK;

beforeAll(async () => {
  // The second pair plays the Zustelldienst (signature) and an attacker (encryption).
  [keys, foreign] = await Promise.all([generateDestinationKeys(), generateDestinationKeys()]);
  encryptionKey = publicEncryptionJwk(keys.encryption);
  receiver = {
    destination,
    decryptionKeys: () => [{ kid: keys.encryption.kid, privateKey: privateKeyObject(keys.encryption) }],
    schemas: await loadSchemas(await schemaFolder()),
  };
}, 180_000);

afterAll(removeFolders);

function verifyJwk(key: DestinationKeys["signature"]) {
  return { kty: key.kty, n: key.n, e: key.e, kid: key.kid, alg: "PS512", key_ops: ["verify"] };
}

function keySource(): KeySource {
  const service = verifyJwk(foreign.signature);
  return {
    issuer: ISSUER,
    issuerKey: (kid) => Promise.resolve(kid === service.kid ? service : undefined),
    ownKey: () => undefined,
  };
}

type Draft = {
  payload?: unknown;
  rawData?: Buffer;
  metadata?: (metadata: ReturnType<typeof testMetadata>) => unknown;
  service?: string;
  dialect?: Submission["dialect"];
  tags?: (tags: { metadata: string; data: string; attachments: Record<string, string> }) => object;
  submission?: (submission: Submission) => Submission;
  lost?: boolean;
  signer?: DestinationKeys["signature"];
  claims?: Record<string, unknown>;
};

async function set(name: string, content: object, ids: Submission, signer: DestinationKeys["signature"], extra = {}) {
  return new SignJWT({
    $schema: "https://schema.fitko.de/fit-connect/set-payload/1.2.2/set-payload.schema.json",
    jti: randomUUID(),
    iss: ISSUER,
    iat: Math.floor(NOW.getTime() / 1000),
    sub: `submission:${ids.submissionId}`,
    txn: `case:${ids.caseId}`,
    events: { [`${EVENT_PREFIX}${name}`]: content },
    ...extra,
  })
    .setProtectedHeader({ typ: "secevent+jwt", alg: "PS512", kid: foreign.signature.kid })
    .sign(privateKeyObject(signer));
}

/** Sends a submission with the given fault past the Zustelldienst straight into the checks. */
async function receive(draft: Draft = {}) {
  const file = testFile();
  const data = draft.rawData ?? Buffer.from(JSON.stringify(draft.payload ?? testPayload([file])));
  const metadata = testMetadata(data, [file]);
  const bytes = Buffer.from(JSON.stringify(draft.metadata?.(metadata) ?? metadata));
  const attachment = await encryptFor(encryptionKey, file.bytes, file.mimeType);
  const plain: Submission = {
    submissionId: randomUUID(),
    caseId: randomUUID(),
    destinationId: destination.id,
    dialect: draft.dialect ?? "v2",
    serviceIdentifier: draft.service ?? LEIKA,
    attachments: [file.attachmentId],
    encryptedMetadata: await encryptFor(encryptionKey, bytes),
    encryptedData: await encryptFor(encryptionKey, data),
  };
  const submission = draft.submission?.(plain) ?? plain;
  const tags = {
    metadata: authenticationTag(plain.encryptedMetadata)!,
    data: authenticationTag(plain.encryptedData!)!,
    attachments: { [file.attachmentId]: authenticationTag(attachment)! },
  };
  const signer = draft.signer ?? foreign.signature;
  const raw = [
    await set("create-submission", {}, plain, signer),
    await set("submit-submission", { authenticationTags: draft.tags?.(tags) ?? tags }, plain, signer, draft.claims),
  ];
  const log = await checkEventLog(raw, submission, keySource(), NOW);
  const attachments = new Map([[file.attachmentId, draft.lost ? undefined : attachment]]);
  return checkSubmission({ submission, log, attachments }, receiver);
}

async function refusals(draft: Draft): Promise<string[]> {
  const result = await receive(draft);
  expect(result.ok).toBe(false);
  if (result.ok) return [];
  return result.problems.map(({ type, instance }) => `${type.split("/").at(-1)} ${instance.replace(/:.*/, "")}`);
}

describe("checks of the receiver", () => {
  test("a correct submission passes every check", async () => {
    const result = await receive();
    expect(result).toMatchObject({ ok: true });
    expect(result.items.filter(({ state }) => state !== "ok")).toEqual([]);
  });

  test("a wrong hash of the data is refused", async () => {
    const draft: Draft = {
      metadata: (metadata) => {
        metadata.contentStructure.data.hash.content = "0".repeat(128);
        return metadata;
      },
    };
    expect(await refusals(draft)).toEqual(["hash-mismatch data"]);
  });

  test("a wrong hash of an attachment is refused", async () => {
    const draft: Draft = {
      metadata: (metadata) => {
        metadata.contentStructure.attachments[0]!.hash.content = "a".repeat(128);
        return metadata;
      },
    };
    expect(await refusals(draft)).toEqual(["hash-mismatch attachment"]);
  });

  test("a tag that differs from the event log is refused", async () => {
    expect(await refusals({ tags: (tags) => ({ ...tags, data: "A".repeat(22) }) })).toEqual([
      "incorrect-authentication-tag data",
    ]);
    expect(await refusals({ tags: ({ metadata, data }) => ({ metadata, data }) })).toEqual([
      "incorrect-authentication-tag attachment",
    ]);
  });

  test("an attachment that cannot be fetched is refused", async () => {
    expect(await refusals({ lost: true })).toContain("missing-attachment attachment");
  });

  test("an announced attachment that the metadata do not list is refused", async () => {
    const draft: Draft = {
      metadata: (metadata) => ({ ...metadata, contentStructure: { ...metadata.contentStructure, attachments: [] } }),
    };
    expect(await refusals(draft)).toEqual(["attachments-mismatch submission"]);
  });

  test("data against the schema are refused without repeating a value", async () => {
    const payload = testPayload([], { data: { person: { familyName: 17, givenNames: "Geheim" } } });
    const result = await receive({ payload });
    expect(result).toMatchObject({
      ok: false,
      problems: [{ detail: "/data/person/familyName: type", instance: "data" }],
    });
  });

  test("data that are no JSON are refused", async () => {
    expect(await refusals({ rawData: Buffer.from("<xml/>") })).toEqual(["syntax-violation data"]);
    expect(await refusals({ rawData: Buffer.from([0x22, 0xff, 0x22]) })).toEqual(["syntax-violation data"]);
  });

  test("a service or schema that is not offered is refused", async () => {
    expect(await refusals({ service: "urn:de:fim:leika:leistung:99999999999999" })).toEqual([
      "unsupported-service metadata",
    ]);
    const draft: Draft = {
      metadata: (metadata) => {
        metadata.contentStructure.data.submissionSchema.schemaUri = "https://example.org/other";
        return metadata;
      },
    };
    expect(await refusals(draft)).toEqual(["unsupported-schema metadata"]);
  });

  test("metadata of another shape are refused", async () => {
    expect(await refusals({ metadata: () => ({ contentStructure: {} }) })).toEqual(["missing-schema metadata"]);
    const old = "https://schema.fitko.de/fit-connect/metadata/1.0.0/metadata.schema.json";
    expect(await refusals({ metadata: (metadata) => ({ ...metadata, $schema: old }) })).toEqual([
      "unsupported-schema metadata",
    ]);
    const extra = { additionalReferenceInfo: { foo: "bar" } };
    expect(await refusals({ metadata: (metadata) => ({ ...metadata, ...extra }) })).toEqual([
      "schema-violation metadata",
    ]);
  });

  test("data encrypted for another key are refused", async () => {
    const other = await encryptFor(publicEncryptionJwk(foreign.encryption), Buffer.from("{}"));
    const found = await refusals({ submission: (submission) => ({ ...submission, encryptedData: other }) });
    expect(found).toContain("encryption-issue data");
  });

  test("an event log signed by a foreign key is refused", async () => {
    expect(await refusals({ signer: keys.signature })).toContain("invalid-event-log submission");
  });

  test("an event that its issuer may not send, or from the future, is refused", async () => {
    expect(await refusals({ claims: { iss: destination.id } })).toContain("invalid-event-log submission");
    expect(await refusals({ claims: { iat: NOW.getTime() / 1000 + 3600 } })).toContain("invalid-event-log submission");
    expect(await refusals({ claims: { txn: `case:${randomUUID()}` } })).toContain("invalid-event-log submission");
  });

  test("evidence that names a file that did not come is a note only", async () => {
    const result = await receive({ payload: testPayload([testFile()]) });
    expect(result.ok).toBe(true);
    expect(result.items.find(({ id }) => id === "references")).toMatchObject({ state: "note" });
  });
});

describe("encrypted parts", () => {
  test("compressed content opens up to the size cap and not beyond", async () => {
    const jwe = await encryptFor(encryptionKey, Buffer.alloc(300_000, "a"), "application/json", true);
    expect((await decryptJwe(jwe, receiver.decryptionKeys()))?.length).toBe(300_000);
    expect(await decryptJwe(jwe, receiver.decryptionKeys(), 100_000)).toBeUndefined();
  });

  test("keys have 4096 bits", () => {
    const { n, e } = keys.encryption;
    const key = createPublicKey({ key: { kty: "RSA", n, e }, format: "jwk" });
    expect(key.asymmetricKeyDetails?.modulusLength).toBe(4096);
  });

  test("a signature key of 2048 bits is not trusted", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const ids = { submissionId: randomUUID(), caseId: randomUUID(), destinationId: destination.id };
    const jws = await new SignJWT({
      jti: randomUUID(),
      iss: ISSUER,
      iat: Math.floor(NOW.getTime() / 1000),
      sub: `submission:${ids.submissionId}`,
      txn: `case:${ids.caseId}`,
      events: { [`${EVENT_PREFIX}create-submission`]: {} },
    })
      .setProtectedHeader({ typ: "secevent+jwt", alg: "PS512", kid: "short-key" })
      .sign(privateKey);
    const jwk = { ...publicKey.export({ format: "jwk" }), kid: "short-key", alg: "PS512", key_ops: ["verify"] };
    const log = await checkEventLog([jws], ids, { ...keySource(), issuerKey: () => Promise.resolve(jwk) }, NOW);
    expect(log.problems.map(({ detail }) => detail)).toContain("create-submission: Signatur ungültig");
  });
});
