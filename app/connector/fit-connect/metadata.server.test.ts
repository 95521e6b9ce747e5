import { existsSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import type { OutboundMessage } from "../transport.ts";
import { sha512 } from "./encrypt.server.ts";
import { buildMetadata, metadataSchema } from "./metadata.server.ts";

// The official schema has no licence that lets us keep a copy; where it is at hand, the same cases run against it.
const official = new URL("../../../../shared/standards/fitconnect/", import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, official), "utf8"));

const author = { name: "Onlinedienst", product: { name: "Aufenthalt Online", version: "1.0.0", manufacturer: "Amt" } };
const fileId = "b9715dcb-700e-44d9-802f-12b45bf9f8a3";
const message: OutboundMessage = {
  id: "0d1f0f7c-1f0e-4f6e-9f43-5a4f5f0a9a01",
  reference: "AO-1234",
  filedOn: "2026-11-21",
  service: { leika: "99010028000000", name: "Aufenthaltserlaubnis" },
  ars: "091890000000",
  data: {
    bytes: new TextEncoder().encode('{"Straße":"Größenwahn 3"}'),
    schemaUri: "https://schema.example.org/antrag/1.0.0/schema.json",
    mimeType: "application/json",
  },
  attachments: [],
};
const file = {
  id: fileId,
  purpose: "form",
  mimeType: "application/pdf",
  filename: "Antrag.pdf",
  description: "Antrag",
  read: () => Promise.resolve(new Uint8Array([1])),
} as const;

const built = () =>
  buildMetadata(
    message,
    message.data.schemaUri,
    "urn:de:fim:leika:leistung:99010028000000",
    [{ attachment: file, sha512: sha512(new Uint8Array([1])) }],
    author,
  );

type Changeable = ReturnType<typeof built> & Record<string, unknown>;
const invalid: readonly [string, (metadata: Changeable) => void][] = [
  ["an empty list of fragments", (m) => Object.assign(m.contentStructure.attachments[0]!, { fragments: [] })],
  ["no data", (m) => Reflect.deleteProperty(m.contentStructure, "data")],
  ["no $schema", (m) => Reflect.deleteProperty(m, "$schema")],
  ["a $schema of version 1", (m) => Object.assign(m, { $schema: m.$schema.replace("2.1.0", "1.3.0") })],
  ["an unknown reference", (m) => Object.assign(m.additionalReferenceInfo!, { other: "x" })],
  [
    "two reply channels",
    (m) =>
      Object.assign(m, { replyChannel: { eMail: { address: "a@example.org" }, deMail: { address: "b@example.org" } } }),
  ],
  [
    "an upper-case hash",
    (m) => Object.assign(m.contentStructure.data.hash, { content: m.contentStructure.data.hash.content.toUpperCase() }),
  ],
  ["a schema that is no URI", (m) => Object.assign(m.contentStructure.data.submissionSchema, { schemaUri: "antrag" })],
  ["a date with a time", (m) => Object.assign(m.additionalReferenceInfo!, { applicationDate: "2026-11-21T10:00:00Z" })],
];

const validators: [string, (value: unknown) => boolean][] = [
  ["our own schema", (value) => metadataSchema.safeParse(value).success],
];
if (existsSync(official)) {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const validate = ajv.compile(read("metadata-2.1.0.schema.json") as object);
  validators.push(["the official schema 2.1.0", (value) => validate(value)]);
} else {
  process.stdout.write("Left out: metadata against the official schema 2.1.0, which is not at hand.\n");
}

describe.each(validators)("By %s", (_name, isValid) => {
  test("what we build is valid", () => expect(isValid(built())).toBe(true));

  test("metadata with one reply channel are valid", () => {
    expect(isValid({ ...built(), replyChannel: { idBundDeMailbox: { mailboxUuid: fileId } } })).toBe(true);
  });

  test.each(invalid)("%s makes metadata invalid", (_change, change) => {
    const metadata = structuredClone(built());
    change(metadata);
    expect(isValid(metadata)).toBe(false);
  });

  if (existsSync(official)) {
    test("the minimal example is valid", () => expect(isValid(read("samples/metadata-2.1.0.minimal.json"))).toBe(true));
    test("real metadata of version 1 are not", () =>
      expect(isValid(read("vectors/metadata-v1-decrypted.json"))).toBe(false));
  }
});

test("the hash is that of the exact bytes, umlauts included", () => {
  expect(built().contentStructure.data.hash.content).toBe(sha512(Buffer.from('{"Straße":"Größenwahn 3"}', "utf8")));
  // FIPS 180-2, appendix C: SHA-512 of "abc".
  expect(sha512(Buffer.from("abc"))).toBe(
    "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a" +
      "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
  );
});

test("a message that cannot be described is refused as unreadable", () => {
  expect(() => buildMetadata({ ...message, filedOn: "gestern" }, message.data.schemaUri, "urn:x", [], author)).toThrow(
    expect.objectContaining({ code: "unreadable", retryable: false }),
  );
});
