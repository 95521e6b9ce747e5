import { describe, expect, test } from "vitest";
import { checkOf, problemsOf } from "#flows/steps/pages.fixture.ts";
import { livingTogether, marriage } from "#flows/steps/reference.ts";

describe("a marriage", () => {
  const given = { dateOfBirth: "1994-12-11", referenceDateOfBirth: "1996" };

  test.each([
    ["2026-05-04", {}],
    ["1996-01-01", {}],
    ["1995-12-31", { marriageDate: "dateOrder" }],
    ["2026-11-22", { marriageDate: "dateInFuture" }],
  ])("on %s gives %o", (marriageDate, problems) => {
    expect(checkOf(marriage, { marriageDate }, given)).toEqual(problems);
  });
});

describe("living together", () => {
  test.each([
    [{ separated: false }, {}],
    [{ separated: false, livingTogetherSince: "2026-11-04", declareSharedHome: true }, {}],
    [{ separated: true }, { separatedSince: "required" }],
    [
      { separated: true, separatedSince: "2026-11-10", livingTogetherSince: "2026-11-10" },
      { separatedSince: "dateOrder" },
    ],
    [{ separated: true, separatedSince: "2026-11-22" }, { separatedSince: "dateInFuture" }],
    [{ separated: false, livingTogetherSince: "2026-11-22" }, { livingTogetherSince: "dateInFuture" }],
  ])("%o gives %o", (values, problems) => {
    expect(problemsOf(livingTogether, values)).toEqual(problems);
  });

  test("a date of separation that no longer holds is dropped", () => {
    expect(problemsOf(livingTogether, { separated: false, separatedSince: "2030-01-01" })).toEqual({});
  });
});
