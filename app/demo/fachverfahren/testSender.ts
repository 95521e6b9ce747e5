import { createPublicKey, randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { CompactEncrypt, decodeJwt, type JWK } from "jose";
import type { Destination } from "./config.ts";
import { sha512 } from "./hashes.ts";

/** Data schema of the tests: small, with labels, a group and a rule that can be broken. */
export const SCHEMA_URI = "https://example.org/schemas/test/1.0.0/test.schema.json";
/** Service that the test destination offers. */
export const LEIKA = "urn:de:fim:leika:leistung:99010038001000";

/** The schema document itself. */
export const SCHEMA = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: SCHEMA_URI,
  type: "object",
  required: ["messageId", "reference", "data"],
  $defs: { passport: { title: "Reisepass", type: "object", properties: { number: { title: "Passnummer" } } } },
  properties: {
    data: {
      type: "object",
      required: ["person"],
      properties: {
        person: {
          title: "Person",
          type: "object",
          required: ["familyName"],
          properties: {
            familyName: { title: "Familienname", type: "string" },
            givenNames: { title: "Vornamen", type: "string" },
            dateOfBirth: { title: "Geburtsdatum", type: "string" },
            isMarried: { title: "Verheiratet", type: "boolean" },
            nationality: { title: "Staatsangehörigkeit" },
          },
        },
        passport: { $ref: "#/$defs/passport" },
        children: {
          title: "Kind",
          type: "array",
          items: { type: "object", properties: { childName: { title: "Name des Kindes" } } },
        },
      },
    },
  },
} as const;

/** A destination that takes the test schema. */
export function testDestination(id: string = randomUUID()): Destination {
  return {
    id,
    name: "Ausländerbehörde Beispielkreis",
    publicServices: [
      {
        identifier: LEIKA,
        name: "Blaue Karte EU",
        regions: ["DE"],
        submissionSchemas: [{ schemaUri: SCHEMA_URI, mimeType: "application/json" }],
      },
    ],
  };
}

/** A new folder that holds the test schema. */
export async function schemaFolder(): Promise<string> {
  const folder = await newFolder();
  await writeFile(join(folder, "test.schema.json"), JSON.stringify(SCHEMA));
  return folder;
}

const folders: string[] = [];

/** A new empty folder. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fachverfahren-"));
  folders.push(folder);
  return folder;
}

/** Removes every folder that the test file made. */
export async function removeFolders(): Promise<void> {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
}

/** Bytes of a file of the application. */
export type TestFile = { attachmentId: string; filename: string; mimeType: string; bytes: Buffer };

/** A file with an umlaut in its name. */
export function testFile(text = "%PDF-1.7 Ausweis"): TestFile {
  return {
    attachmentId: randomUUID(),
    filename: "Pass Müller.pdf",
    mimeType: "application/pdf",
    bytes: Buffer.from(text),
  };
}

/** A business record of the test schema. */
export function testPayload(files: readonly TestFile[] = [], changes: Record<string, unknown> = {}) {
  return {
    $schema: SCHEMA_URI,
    schemaVersion: "1.0.0",
    messageId: randomUUID(),
    kind: "application",
    demo: "DEMO: keine Behörde erhält dies",
    reference: "KDTM-RWXE",
    filedAt: "2026-11-21T09:40:00+01:00",
    service: { id: "W-18g", version: "1.0.0", title: "Blaue Karte EU", leika: "99010038001000" },
    authority: { id: "beispiel", ars: "120640000000", name: "Beispielkreis" },
    language: "uk",
    completeness: "full",
    filer: { role: "self" },
    subjects: [{ role: "applicant" }],
    suggestion: {
      legalBasis: "§ 18g Abs. 1 AufenthG",
      fee: { cents: 10_000, reasons: ["F-AE1"] },
      deadline: { codes: ["L1", "L2"], date: "2027-01-15", days: 55 },
    },
    data: {
      person: {
        familyName: "Müsterkar",
        givenNames: "Anika",
        dateOfBirth: "1996-03-14",
        isMarried: false,
        nationality: [{ code: "IND", text: "Indien", list: "urn:x", listVersion: "1" }],
      },
      passport: { number: "X0000001", strange: { deep: [1, { a: 2 }] } },
      children: [
        { id: "a", childName: "Asha" },
        { id: "b", childName: "Ravi" },
      ],
    },
    evidence: [
      {
        code: "PASS",
        title: "Reisepass",
        files: files.map(({ attachmentId, filename, mimeType, bytes }) => {
          return { attachmentId, filename, mimeType, size: bytes.length, sha512: sha512(bytes) };
        }),
      },
      { code: "KV", title: "Krankenversicherung", files: [], later: { reason: "Bescheinigung kommt mit der Post" } },
    ],
    declarations: [{ id: "truth", text: "Die Angaben sind wahr.", given: true }],
    provenance: { familyName: "typed" },
    ...changes,
  };
}

/** Metadata 2.1.0 for the data and files. */
export function testMetadata(data: Buffer, files: readonly TestFile[], schemaUri: string = SCHEMA_URI) {
  return {
    $schema: "https://schema.fitko.de/fit-connect/metadata/2.1.0/metadata.schema.json",
    contentStructure: {
      data: {
        hash: { type: "sha512", content: sha512(data) },
        submissionSchema: { schemaUri, mimeType: "application/json" },
      },
      attachments: files.map(({ attachmentId, filename, mimeType, bytes }) => {
        return {
          attachmentId,
          filename,
          mimeType,
          purpose: "attachment",
          hash: { type: "sha512", content: sha512(bytes) },
        };
      }),
    },
    author: { name: "Test", product: { name: "test", version: "1", manufacturer: "test" } },
  };
}

/** Encrypts as a sender of FIT-Connect v2 does; `compress` adds the `zip: DEF` of v1. */
export async function encryptFor(
  jwk: JWK,
  bytes: Uint8Array,
  cty = "application/json",
  compress = false,
): Promise<string> {
  const { kty, n, e, kid = "" } = jwk;
  const key = createPublicKey({ key: { kty, n, e }, format: "jwk" });
  return new CompactEncrypt(bytes)
    .setProtectedHeader({ alg: "RSA-OAEP-256", enc: "A256GCM", kid, cty, ...(compress ? { zip: "DEF" } : {}) })
    .encrypt(key);
}

/** What a test sends. */
export type Sending = {
  payload: unknown;
  files?: TestFile[];
  damage?: (metadata: ReturnType<typeof testMetadata>) => void;
  /** Happens between the announcement and the encryption, for which the key was fetched before. */
  meanwhile?: () => Promise<unknown>;
};

/** An accept or reject event as the sender reads it. */
export type SentVerdict = {
  name: string;
  content: Record<string, unknown>;
  claims: Record<string, unknown>;
  raw: string;
};

/** The sender's and the subscriber's client at the Zustelldienst. */
export const TEST_CLIENTS: { id: string; secret: string; role: "sender" | "subscriber" }[] = [
  { id: "sender", secret: "secret-of-sender", role: "sender" },
  { id: "subscriber", secret: "secret-of-subscriber", role: "subscriber" },
];

function jsonBody(method: string, body: unknown): RequestInit {
  return { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** An online service at a Zustelldienst: sends to one destination and reads the event logs. */
export function createTestSender(baseUrl: string, destinationId: string) {
  async function call(path: string, init: RequestInit = {}): Promise<Response> {
    const body = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: "sender",
      client_secret: "secret-of-sender",
    });
    const answer = await fetch(`${baseUrl}/token`, { method: "POST", body });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    const headers = { authorization: `Bearer ${token}`, "user-agent": "test-sender/1.0", ...init.headers };
    const response = await fetch(`${baseUrl}/submission-api/v2/${path}`, { ...init, headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  }
  return {
    /** Sends a business record with its files; `damage` spoils the metadata before they are encrypted. */
    async send({ payload, files = [], damage, meanwhile }: Sending): Promise<{ submissionId: string; caseId: string }> {
      const destination = (await (await call(`destinations/${destinationId}`)).json()) as { encryptionKid: string };
      const keyPath = `destinations/${destinationId}/keys/${destination.encryptionKid}`;
      const jwk = (await (await call(keyPath)).json()) as JWK;
      const data = Buffer.from(JSON.stringify(payload));
      const metadata = testMetadata(data, files);
      damage?.(metadata);
      const announcement = {
        destinationId,
        announcedAttachments: files.map(({ attachmentId }) => attachmentId),
        publicService: { name: "Blaue Karte EU", identifier: LEIKA },
      };
      const announced = await call("submissions", jsonBody("POST", announcement));
      const ids = (await announced.json()) as { submissionId: string; caseId: string };
      await meanwhile?.();
      for (const { attachmentId, bytes, mimeType } of files) {
        await call(`submissions/${ids.submissionId}/attachments/${attachmentId}`, {
          method: "PUT",
          headers: { "content-type": "application/jose" },
          body: await encryptFor(jwk, bytes, mimeType),
        });
      }
      const parts = {
        encryptedMetadata: await encryptFor(jwk, Buffer.from(JSON.stringify(metadata))),
        encryptedData: await encryptFor(jwk, data),
      };
      await call(`submissions/${ids.submissionId}`, jsonBody("PUT", parts));
      return ids;
    },

    /** All accept and reject events of a case. */
    async verdicts(caseId: string): Promise<SentVerdict[]> {
      const answer = await call(`cases/${caseId}/events?offset=0&limit=500`);
      const { eventLog } = (await answer.json()) as { eventLog: string[] };
      return eventLog.flatMap((jws) => {
        const claims = decodeJwt<{ events: Record<string, Record<string, unknown>> }>(jws);
        const [uri = "", content = {}] = Object.entries(claims.events)[0] ?? [];
        const name = uri.slice(uri.lastIndexOf("/") + 1);
        return /^(accept|reject)-submission$/.test(name) ? [{ name, content, claims, raw: jws }] : [];
      });
    },
  };
}

/** Reads again and again until there is a value; fails after 30 seconds. */
export async function until<T>(what: string, read: () => Promise<T | undefined | false>): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const value = await read();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`not reached: ${what}`);
    await wait(20);
  }
}
