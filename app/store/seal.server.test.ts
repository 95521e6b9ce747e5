import { describe, expect, test } from "vitest";
import { derive, newKey, seal, SealError, sealJson, unseal, unsealJson } from "#app/store/seal.server.ts";

const key = newKey();
const plain = Buffer.from("Anika Musterkar");
const sealed = seal(key, "row|draft", plain);

function changed(at: number): Uint8Array {
  const bytes = Buffer.from(sealed);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}

describe("sealed data", () => {
  test("opens with its key at its place", () => {
    expect(Buffer.from(unseal(key, "row|draft", sealed))).toEqual(plain);
    expect(unsealJson(key, "p", sealJson(key, "p", { a: ["ü", null] }))).toEqual({ a: ["ü", null] });
  });

  test("may be empty", () => {
    expect(unseal(key, "p", seal(key, "p", new Uint8Array(0)))).toHaveLength(0);
  });

  test("begins with the version of its scheme and looks different each time", () => {
    expect(sealed[0]).toBe(1);
    expect(Buffer.from(seal(key, "row|draft", plain))).not.toEqual(Buffer.from(sealed));
    expect(Buffer.from(sealed).includes("Anika")).toBe(false);
  });

  test.each([
    ["another key", () => unseal(newKey(), "row|draft", sealed)],
    ["another place", () => unseal(key, "row2|draft", sealed)],
    ["an unknown version", () => unseal(key, "row|draft", changed(0))],
    ["a changed nonce", () => unseal(key, "row|draft", changed(1))],
    ["a changed tag", () => unseal(key, "row|draft", changed(13))],
    ["a changed last byte", () => unseal(key, "row|draft", changed(sealed.length - 1))],
    ["a missing last byte", () => unseal(key, "row|draft", sealed.subarray(0, -1))],
    ["only the head left", () => unseal(key, "row|draft", sealed.subarray(0, 28))],
    ["nothing left", () => unseal(key, "row|draft", new Uint8Array(0))],
  ])("does not open with %s, and the error does not say why", (_case, open) => {
    expect(open).toThrow(SealError);
    expect(open).toThrow("Sealed data cannot be opened");
  });
});

test("derived keys differ by name and are the same each time", () => {
  const secret = Buffer.alloc(16, 7);
  expect(Buffer.from(derive(secret, "a"))).toEqual(Buffer.from(derive(secret, "a")));
  expect(Buffer.from(derive(secret, "a"))).not.toEqual(Buffer.from(derive(secret, "b")));
  expect(derive(secret, "a", 24)).toHaveLength(24);
});
