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
