import { expect, test } from "vitest";
import { differences } from "#app/cli/persona/compare.ts";

test("only expected keys are compared", () => {
  expect(differences({ fee: { cents: 1 } }, { fee: { cents: 1, reasons: ["x"] }, path: [] })).toEqual([]);
});

test("lists must be equal in length and order", () => {
  expect(differences({ codes: ["L1", "L2"] }, { codes: ["L2", "L1"] })).toEqual([
    'codes.0: expected "L1", got "L2"',
    'codes.1: expected "L2", got "L1"',
  ]);
  expect(differences({ codes: ["L1"] }, { codes: ["L1", "L2"] })).toEqual(['codes: expected ["L1"], got ["L1","L2"]']);
});

test("a missing key, null and another kind of value differ", () => {
  expect(differences({ a: 1 }, {})).toEqual(["a: expected 1, got undefined"]);
  expect(differences({ a: null }, { a: 0 })).toEqual(["a: expected null, got 0"]);
  expect(differences({ a: { b: 1 } }, { a: null })).toEqual(['a: expected {"b":1}, got null']);
});
