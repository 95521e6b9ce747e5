import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDays,
  addMonths,
  daysBetween,
  earliest,
  isIsoDate,
  isPartialDate,
  latest,
  youngestAge,
} from "#flows/engine/dates.ts";

const isoDate = fc
  .date({ min: new Date("1000-01-01"), max: new Date("2900-12-31"), noInvalidDate: true })
  .map((value) => value.toISOString().slice(0, 10));
const partial = fc.tuple(isoDate, fc.constantFrom(4, 7, 10)).map(([value, length]) => value.slice(0, length));

const monthsOf = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));

describe("which texts are dates", () => {
  test.each(["2026-11-21", "2024-02-29", "1000-01-01"])("%s is one", (value) => {
    expect(isIsoDate(value)).toBe(true);
  });

  test.each([
    "2026-02-29",
    "2026-13-01",
    "2026-00-10",
    "26-11-21",
    "2026-1-1",
    "2026-11",
    "0050-01-01",
    "9999-12-31",
    "",
    "heute",
  ])("%j is none", (value) => {
    expect(isIsoDate(value)).toBe(false);
  });

  test("a partial date may end after the year or the month", () => {
    expect(["1990", "1990-05", "1990-05-17"].every(isPartialDate)).toBe(true);
    expect(["199", "1990-", "1990-13", "1990-05-32", "1990-5", "0050", "9999-12"].some(isPartialDate)).toBe(false);
  });

  test("whatever is typed, a date that is accepted can be reckoned with", () => {
    const digits = fc.stringMatching(/^\d{4}(-\d{2}){0,2}$/);
    fc.assert(
      fc.property(digits.filter(isPartialDate), (value) => {
        expect(isIsoDate(earliest(value))).toBe(true);
        expect(latest(value) >= earliest(value)).toBe(true);
        expect(youngestAge(value, "2026-11-21")).not.toBeNaN();
      }),
    );
  });
});

describe("reckoning", () => {
  test("adding days and counting them are each other's reverse", () => {
    fc.assert(
      fc.property(isoDate, fc.integer({ min: -20_000, max: 20_000 }), (from, days) => {
        expect(daysBetween(from, addDays(from, days))).toBe(days);
      }),
    );
  });

  test("the clock change costs no day", () => {
    expect(daysBetween("2026-03-28", "2026-03-30")).toBe(2);
    expect(addDays("2026-10-24", 2)).toBe("2026-10-26");
  });

  test.each([
    ["2026-01-31", 1, "2026-02-28"],
    ["2024-01-31", 1, "2024-02-29"],
    ["2026-08-31", 6, "2027-02-28"],
    ["2026-11-21", 36, "2029-11-21"],
    ["2026-03-31", -1, "2026-02-28"],
    ["2026-01-15", -1, "2025-12-15"],
  ])("%s and %i months give %s", (from, months, expected) => {
    expect(addMonths(from, months)).toBe(expected);
  });

  test("a number of months later the day is the same or the last of its month", () => {
    fc.assert(
      fc.property(isoDate, fc.integer({ min: -240, max: 240 }), (from, months) => {
        const to = addMonths(from, months);
        expect(monthsOf(to) - monthsOf(from)).toBe(months);
        expect(to.slice(8) === from.slice(8) || addDays(to, 1).slice(8) === "01").toBe(true);
      }),
    );
  });
});

describe("dates known in part", () => {
  test("mean all days of their month or year", () => {
    expect([earliest("1990"), latest("1990")]).toEqual(["1990-01-01", "1990-12-31"]);
    expect([earliest("2024-02"), latest("2024-02")]).toEqual(["2024-02-01", "2024-02-29"]);
    expect([earliest("1990-05-17"), latest("1990-05-17")]).toEqual(["1990-05-17", "1990-05-17"]);
  });

  test("begin before they end, and lie within what they say", () => {
    fc.assert(
      fc.property(partial, (date) => {
        expect(earliest(date) <= latest(date)).toBe(true);
        expect([earliest(date), latest(date)].every((day) => day.startsWith(date))).toBe(true);
      }),
    );
  });
});

describe("age", () => {
  test.each([
    ["2010-11-21", "2026-11-21", 16],
    ["2010-11-22", "2026-11-21", 15],
    ["2010-11", "2026-11-21", 15],
    ["2010", "2026-11-21", 15],
    ["2008-02-29", "2026-02-28", 17],
    ["2008-02-29", "2026-03-01", 18],
  ])("born %s is at least %s years old on the day: %i", (birth, today, years) => {
    expect(youngestAge(birth, today)).toBe(years);
  });
});
