import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { hintCodes, hintsOf } from "#flows/services/hints.ts";

const today = "2026-11-21";
const stay = (stayFrom: string, stayTo: string) => ({ stayFrom, stayTo });

describe("hints", () => {
  test.each([
    ["2026-11-20", ["passportExpired"]],
    ["2026-11-21", ["passportEndsSoon"]],
    ["2027-05-20", ["passportEndsSoon"]],
    ["2027-05-21", []],
    [undefined, []],
  ])("a passport valid until %s gives %o", (validUntil, codes) => {
    expect(hintsOf({ validUntil }, today)).toEqual(codes);
  });

  test.each(["2026-11-20", "2027-05-20"])("protection needs no valid passport, be it valid until %s", (validUntil) => {
    expect(hintsOf({ identityDocType: "expiredPassport", validUntil }, today)).toEqual([]);
  });

  test.each([
    [{ validUntil: "2028-11-29", jobEnd: "2028-11-30" }, ["passportShorterThanStay"]],
    [{ validUntil: "2028-11-30", jobEnd: "2028-11-30" }, []],
    [{ validUntil: "2027-09-29", studyEnd: "2027-09-30" }, ["passportShorterThanStay"]],
    [{ validUntil: "2027-01-01", studyEnd: "2027-09-30" }, ["passportEndsSoon"]],
    [{ studyEnd: "2027-09-30" }, []],
  ])("a passport and a purpose with %o give %o", (answers, codes) => {
    expect(hintsOf(answers, today)).toEqual(codes);
  });

  test.each([
    [{}, ["referenceIsApplicant"]],
    [{ referenceFamilyName: "Probe" }, ["referenceIsApplicant"]],
    [{ referenceGivenNames: "Max" }, []],
    [{ referenceDateOfBirth: "1992" }, []],
  ])("a family member with the names of the applicant but %o gives %o", (changed, codes) => {
    const person = { familyName: "PROBE", givenNames: "Thi", dateOfBirth: "1994-12-11" };
    const same = { referenceFamilyName: "PROBE", referenceGivenNames: "Thi", referenceDateOfBirth: "1994-12-11" };
    expect(hintsOf({ ...person, ...same, ...changed }, today)).toEqual(codes);
  });

  test("two people of whom nothing is known are not the same", () => {
    expect(hintsOf({ familyName: "PROBE", referenceFamilyName: "PROBE" }, today)).toEqual([]);
  });

  test.each([
    ["2026-10-15", ["entryBeforeVisa"]],
    ["2026-10-16", []],
    [undefined, []],
  ])("coming on %s with a visa from 16 October 2026 gives %o", (entryDateCurrent, codes) => {
    expect(hintsOf({ entryDateCurrent, visaValidFrom: "2026-10-16" }, today)).toEqual(codes);
  });

  test.each([
    ["married", [], ["spouseNotListed"]],
    ["civilPartnership", [{ relation: "child" }], ["spouseNotListed"]],
    ["married", [{ relation: "child" }, { relation: "spouse" }], []],
    ["divorced", [], []],
    ["married", undefined, []],
  ])("%s with the family %o gives %o", (maritalStatus, family, codes) => {
    expect(hintsOf({ maritalStatus, family }, today)).toEqual(codes);
  });

  test.each([
    [[stay("2017", "2018"), stay("2018", "2019")], []],
    [[stay("2017", "2019-02"), stay("2018", "2020")], ["staysOverlap"]],
    [[stay("2018-01-01", "2018-06-30"), stay("2018-06-30", "2018-12-31")], []],
    [[stay("2018-01-01", "2018-07-01"), stay("2018-06-30", "2018-12-31")], ["staysOverlap"]],
    [[stay("2017", "2017"), stay("2017", "2017")], []],
    [[stay("2024", "2026-11")], ["staysOverlap"]],
    [[stay("2024", "2026-10")], []],
    [[], []],
  ])("earlier stays %o before the entry of 18 October 2026 give %o", (previousStays, codes) => {
    expect(hintsOf({ previousStays, entryDateCurrent: "2026-10-18" }, today)).toEqual(codes);
  });

  test("no answers give no hints", () => {
    expect(hintsOf({}, today)).toEqual([]);
  });

  test("every hint has a title and a text", () => {
    const { hints } = JSON.parse(readFileSync("locales/de/services.json", "utf8")) as {
      hints: Record<string, Record<string, string>>;
    };
    expect(Object.keys(hints).toSorted()).toEqual([...hintCodes].toSorted());
    for (const code of hintCodes) expect(Object.keys(hints[code] ?? {})).toEqual(["title", "text"]);
  });
});
