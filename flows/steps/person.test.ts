import { describe, expect, test } from "vitest";
import { checkOf, problemsOf } from "#flows/steps/pages.fixture.ts";
import { birth, maritalSince, representation } from "#flows/steps/person.ts";

describe("birth", () => {
  const rest = { placeOfBirth: "Pune", countryOfBirth: "IND", sex: "w" };

  test.each([
    [{ dateOfBirth: "1996-03-14" }, {}],
    [{ dateOfBirth: "1996" }, {}],
    [{ dateOfBirthUnknown: true }, {}],
    [{}, { dateOfBirth: "required" }],
    [{ dateOfBirth: "1996", dateOfBirthUnknown: true }, { dateOfBirth: "dateOrTick" }],
    [{ dateOfBirth: "1899-12-31" }, { dateOfBirth: "agePossible" }],
    [{ dateOfBirth: "1899-02-31" }, { dateOfBirth: "date" }],
  ])("with %o gives %o", (values, problems) => {
    expect(problemsOf(birth, { ...rest, ...values })).toEqual(problems);
  });
});

describe("since when the marital status is", () => {
  test.each([
    ["2012-02", "2012-02-14", {}],
    ["1990", "1990-05", {}],
    ["1990-04", "1990-05", { maritalStatusSince: "dateOrder" }],
    ["1990-05", "1990", {}],
    ["2026", undefined, {}],
    ["2026-12", undefined, { maritalStatusSince: "dateInFuture" }],
  ])("%s of a person born %s gives %o", (maritalStatusSince, dateOfBirth, problems) => {
    expect(problemsOf(maritalSince, { maritalStatusSince }, { dateOfBirth })).toEqual(problems);
  });
});

describe("representation", () => {
  const names = { representativeFamilyName: "BEISPIEL", representativeGivenNames: "Karla", declareAuthorised: true };

  test("a parent or guardian is an adult and says so with the birth date", () => {
    for (const representativeRole of ["parent", "guardian"]) {
      const values = { ...names, representativeRole };
      expect(problemsOf(representation, values)).toEqual({ representativeDateOfBirth: "required" });
      expect(problemsOf(representation, { ...values, representativeDateOfBirth: "2008-11-22" })).toEqual({
        representativeDateOfBirth: "representativeAge",
      });
      expect(problemsOf(representation, { ...values, representativeDateOfBirth: "2008-11-21" })).toEqual({});
    }
  });

  test("nobody asks an attorney for the birth date", () => {
    expect(problemsOf(representation, { ...names, representativeRole: "attorney" })).toEqual({});
  });

  test("nobody represents as host, and nobody without saying that they may", () => {
    expect(problemsOf(representation, { ...names, representativeRole: "host" })).toHaveProperty("representativeRole");
    expect(
      problemsOf(representation, { ...names, representativeRole: "attorney", declareAuthorised: undefined }),
    ).toEqual({ declareAuthorised: "mustConfirm" });
  });

  test("the rules hold while other answers are missing", () => {
    expect(checkOf(representation, { representativeRole: "parent" })).toEqual({
      representativeDateOfBirth: "required",
    });
  });
});
