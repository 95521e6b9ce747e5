import { describe, expect, test } from "vitest";
import { passportDetails, titleDetails, visa } from "#flows/steps/papers.ts";
import { checkOf, problemsOf } from "#flows/steps/pages.fixture.ts";

describe("the identity document", () => {
  const values = { number: "x 0000-001", issuingState: "IND", issuedOn: "2021-03-02", validUntil: "2031-03-01" };
  const given = { docType: "passport", nationalities: ["IND"], dateOfBirth: "1996-03-14" };

  test.each([
    [{}, {}],
    [{ validUntil: "2026-11-01" }, {}],
    [{ validUntil: undefined, unlimited: true }, {}],
    [{ validUntil: undefined }, { validUntil: "required" }],
    [{ unlimited: true }, { validUntil: "dateOrTick" }],
    [{ validUntil: "2021-03-02" }, { validUntil: "dateOrder" }],
    [{ issuedOn: "2026-11-22" }, { issuedOn: "dateInFuture" }],
    [{ issuedOn: "1996-03-14" }, {}],
    [{ issuedOn: "1996-03-13" }, { issuedOn: "dateOrder" }],
    [{ issuingState: "NPL" }, { issuingState: "passportNationality" }],
  ])("with %o gives %o", (changed, problems) => {
    expect(problemsOf(passportDetails, { ...values, ...changed }, given)).toEqual(problems);
  });

  test("a document issued in a year in which the person may have been born yet passes", () => {
    expect(
      problemsOf(passportDetails, { ...values, issuedOn: "1996-01-01" }, { ...given, dateOfBirth: "1996" }),
    ).toEqual({});
  });
});

describe("what the person holds", () => {
  test("a visa does not begin after its end", () => {
    const given = { titleValidUntil: "2027-01-15" };
    expect(checkOf(visa, { visaValidFrom: "2027-01-15" }, given)).toEqual({});
    expect(checkOf(visa, { visaValidFrom: "2027-01-16" }, given)).toEqual({ visaValidFrom: "dateOrder" });
  });

  test("a title does not begin after its end or today", () => {
    const given = { titleValidUntil: "2026-11-10" };
    expect(checkOf(titleDetails, { titleValidFrom: "2024-11-11" }, given)).toEqual({});
    expect(checkOf(titleDetails, { titleValidFrom: "2026-11-11" }, given)).toEqual({ titleValidFrom: "dateOrder" });
    expect(checkOf(titleDetails, { titleValidFrom: "2026-11-22" })).toEqual({ titleValidFrom: "dateInFuture" });
  });
});
