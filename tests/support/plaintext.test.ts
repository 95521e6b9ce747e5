import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { searchFor } from "./plaintext.ts";

const name = "Zoë Müster & <Söhne>";
const search = searchFor([
  { name: "name", bytes: Buffer.from(name) },
  { name: "postcode", bytes: Buffer.from("14467") },
  { name: "scan", bytes: Buffer.from("ffd8ffe000104a464946000101", "hex") },
]);
const secretsIn = (bytes: Buffer) => [...new Set(search.inBytes(bytes, "here").map(({ secret }) => secret))];

test.each<[string, (text: string) => Buffer | string]>([
  ["as it is", (text) => text],
  ["UTF-16 with the low byte first", (text) => Buffer.from(text, "utf16le")],
  ["UTF-16 with the high byte first", (text) => Buffer.from(text, "utf16le").swap16()],
  ["hex", (text) => Buffer.from(text).toString("hex")],
  ["capital hex", (text) => Buffer.from(text).toString("hex").toUpperCase()],
  ["JSON", (text) => JSON.stringify({ text })],
  [
    "JSON in ASCII",
    (text) =>
      JSON.stringify(text).replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`),
  ],
  ["a part of an address", (text) => `/de?q=${encodeURIComponent(text)}`],
  ["a posted form", (text) => new URLSearchParams({ text }).toString()],
  ["a page", (text) => `<p>${text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")}</p>`],
])("a planted name is found written as %s", (_how, write) => {
  const noise = Buffer.alloc(1000, 0xa5);
  expect(secretsIn(Buffer.concat([noise, Buffer.from(write(name)), noise]))).toEqual(["name"]);
});

test.each(["base64", "base64url"] as const)("a planted name is found in %s wherever it begins", (encoding) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }), (before, after) => {
      const text = Buffer.concat([before, Buffer.from(name), after]).toString(encoding);
      expect(secretsIn(Buffer.from(text))).toContain("name");
    }),
  );
});

test("digits are found where they stand alone, not in the middle of a hash", () => {
  expect(secretsIn(Buffer.from('{"postalCode":"14467"}'))).toEqual(["postcode"]);
  expect(secretsIn(Buffer.from("14467"))).toEqual(["postcode"]);
  expect(secretsIn(Buffer.from("ab14467cd 3144670"))).toEqual([]);
});

test.each(["base64", "base64url"] as const)(
  "digits in %s are found where they stand alone, wherever they begin",
  (encoding) => {
    const found = (text: string) =>
      [0, 1, 2].map((shift) => secretsIn(Buffer.from(`"${Buffer.from("x".repeat(shift) + text).toString(encoding)}"`)));
    expect(found('{"postalCode":"14467"}')).toEqual([["postcode"], ["postcode"], ["postcode"]]);
    expect(found(" 14467")).toEqual([["postcode"], ["postcode"], ["postcode"]]);
    expect(found('{"iat":1795144670}')).toEqual([[], [], []]);
    expect(found("id 7f14467")).toEqual([[], [], []]);
    expect(secretsIn(Buffer.from(Buffer.from("14467").toString(encoding)))).toEqual(["postcode"]);
  },
);

test("the beginning of a file is found in other files, and names of files count too", () => {
  const folder = mkdtempSync(join(tmpdir(), "plain-"));
  try {
    mkdirSync(join(folder, "a", "skipped"), { recursive: true });
    writeFileSync(join(folder, "a", "blob"), Buffer.from("00ffd8ffe000104a46494600010100", "hex"));
    writeFileSync(join(folder, "a", name), "");
    writeFileSync(join(folder, "a", "skipped", "x"), name);
    const found = search.inFolder(folder, join(folder, "a", "skipped"));
    expect(found.map(({ secret }) => secret).toSorted()).toEqual(["name", "scan"]);
    expect(search.inFolder(folder)).toHaveLength(3);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("nothing is found in noise", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
      expect(secretsIn(Buffer.from(bytes))).toEqual([]);
    }),
  );
});

test("what is too short to be told from chance is not searched for", () => {
  expect(() => searchFor([{ name: "initials", bytes: Buffer.from("ab") }])).toThrow("initials");
});
