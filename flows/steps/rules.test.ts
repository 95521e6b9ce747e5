import { describe, expect, test } from "vitest";
import { today } from "#flows/steps/pages.fixture.ts";
import {
  dateOrTick,
  inOrder,
  isGivenBirthPossible,
  isSurelyBefore,
  isSurelyMinor,
  notAfter,
  notBefore,
  notInFuture,
  notInPast,
} from "#flows/steps/rules.ts";

describe("partly known dates", () => {
  test.each([
    ["1989", "1990", true],
    ["1990", "1990", false],
    ["1990-03", "1990", false],
    ["1990", "1990-03", false],
    ["1990-03", "1990-04", true],
    ["1990-03", "1990-03-01", false],
    ["1990-02", "1990-03-01", true],
    ["1990-03-01", "1990-03-01", false],
    ["1990-03-01", "1990-03-02", true],
  ])("%s surely lies before %s: %s", (date, other, expected) => {
    expect(isSurelyBefore(date, other)).toBe(expected);
  });

  test("what may be possible passes, what is surely impossible does not", () => {
    expect(notInFuture({ a: "2026", b: "2026-11", c: "2026-12", d: "2027" }, today)).toEqual({
      c: "dateInFuture",
      d: "dateInFuture",
    });
    expect(notInPast({ a: "2026", b: "2026-11-20", c: today }, today)).toEqual({ b: "dateInPast" });
    expect(notBefore("1990-05", { a: "1990", b: "1990-05", c: "1990-04", d: undefined })).toEqual({ c: "dateOrder" });
    expect(notAfter("2020-05", { a: "2020", b: "2020-05-31", c: "2020-06" })).toEqual({ c: "dateOrder" });
  });

  test("an unknown limit refuses nothing", () => {
    expect(notBefore(undefined, { a: "1000" })).toEqual({});
    expect(notAfter(undefined, { a: "2999" })).toEqual({});
  });
});

describe("birth dates", () => {
  test.each([
    ["2026-11-22", { dateOfBirth: "dateInFuture" }],
    ["2027", { dateOfBirth: "dateInFuture" }],
    ["2026", {}],
    ["1901", {}],
    ["1900-11-22", {}],
    ["1900-11-21", { dateOfBirth: "agePossible" }],
    ["1899", { dateOfBirth: "agePossible" }],
    [undefined, {}],
  ])("%s gives %o", (birth, problems) => {
    expect(isGivenBirthPossible(birth, today)).toEqual(problems);
  });

  test("a minor is one whatever the unknown parts of the birth date are", () => {
    expect(["2008-11-22", "2008-11-21", "2009", "2008", undefined].map((birth) => isSurelyMinor(birth, today))).toEqual(
      [true, false, true, false, false],
    );
  });
});

test("two full dates are in order only if the later one lies later", () => {
  expect(inOrder("2021-03-02", "2021-03-02", "validUntil")).toEqual({ validUntil: "dateOrder" });
  expect(inOrder("2021-03-02", "2021-03-03", "validUntil")).toEqual({});
  expect(inOrder(undefined, "2021-03-03", "validUntil")).toEqual({});
});

test("a date or a tick in its place is needed, and not both", () => {
  expect(dateOrTick("1990", undefined, "dateOfBirth")).toEqual({});
  expect(dateOrTick(undefined, true, "dateOfBirth")).toEqual({});
  expect(dateOrTick(undefined, undefined, "dateOfBirth")).toEqual({ dateOfBirth: "required" });
  expect(dateOrTick("1990", true, "dateOfBirth")).toEqual({ dateOfBirth: "dateOrTick" });
});
