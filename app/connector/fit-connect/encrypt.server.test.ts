import { compactDecrypt, decodeProtectedHeader } from "jose";
import { beforeAll, expect, test } from "vitest";
import { encryptPart } from "./encrypt.server.ts";
import { makeKey, type TestKey } from "./keys.testing.ts";

const plain = new TextEncoder().encode('{"Name":"Żółć Müßig"}');
const parts = (jwe: string) => jwe.split(".");
let key: TestKey;

function encrypted(...given: Parameters<typeof encryptPart>): { jwe: string; tag: string } {
  const { jwe, tag } = encryptPart(...given);
  return { jwe: jwe.toString("ascii"), tag };
}

beforeAll(async () => {
  key = await makeKey("kid-encrypt", "encrypt");
});

test("the receiver gets exactly the bytes that were encrypted", async () => {
  const { jwe } = encrypted(plain, "application/json", { kid: key.kid, key: key.publicKey });
  const { plaintext } = await compactDecrypt(jwe, key.privateKey);
  expect(Buffer.from(plaintext)).toEqual(Buffer.from(plain));
});

test("the header names algorithms, key and content type and nothing else", () => {
  const { jwe } = encrypted(plain, "application/pdf", { kid: key.kid, key: key.publicKey });
  const header = { alg: "RSA-OAEP-256", enc: "A256GCM", kid: "kid-encrypt", cty: "application/pdf" };
  expect(decodeProtectedHeader(jwe)).toEqual(header);
});

test("every part has its own content key, vector and tag", () => {
  const first = encrypted(plain, "application/json", { kid: key.kid, key: key.publicKey });
  const second = encrypted(plain, "application/json", { kid: key.kid, key: key.publicKey });
  for (const index of [1, 2, 3, 4]) expect(parts(first.jwe)[index]).not.toBe(parts(second.jwe)[index]);
  expect(first.tag).toBe(parts(first.jwe)[4]);
  expect(first.tag).toMatch(/^[A-Za-z0-9_-]{22}$/);
});

test.each([0, 1, 2, 3, 98_303, 98_304, 98_305, 300_001])("a part of %i bytes comes whole", async (length) => {
  const bytes = Buffer.alloc(length, "Antrag");
  const { jwe } = encrypted(bytes, "application/pdf", { kid: key.kid, key: key.publicKey });
  const { plaintext } = await compactDecrypt(jwe, key.privateKey);
  expect(Buffer.from(plaintext).equals(bytes)).toBe(true);
});
