import { describe, expect, test } from "vitest";
import { evidenceFor } from "#flows/law/evidence.ts";
import { law, today } from "#flows/law/people.fixture.ts";
import type { Situation } from "#flows/law/situation.ts";
import type { FamilySituation } from "#flows/law/situations/family.ts";

type Changes = Partial<Pick<Situation, "birth" | "request">>;

/** What is needed of each code; codes that nobody asks for stay out. */
function needs(service: string, family: FamilySituation, changes: Changes = {}): Record<string, string> {
  const title = { kind: "nationalVisa", validUntil: "2027-02-28" } as const;
  const situation: Situation = { service, request: "first", nationalities: ["IND"], title, family, ...changes };
  return Object.fromEntries(evidenceFor(situation, law, today).map(({ code, need }) => [code, need]));
}

describe("a flat of enough room", () => {
  test.each<[string, FamilySituation, boolean]>([
    ["FAM-30", { referenceTitle: "settlement" }, true],
    ["FAM-30", {}, true],
    ["FAM-30", { referenceTitle: "blueCard" }, false],
    ["FAM-36", { otherKinship: "parentOfWorker", referenceTitle: "blueCard" }, true],
    ["FAM-36", { otherKinship: "parentOfMinor", referenceTitle: "refugee" }, false],
    ["FAM-36", { isSubsidiaryFamily: true, referenceTitle: "subsidiary" }, true],
  ])("%s with %o: %s", (service, family, counts) => {
    const asked = needs(service, family);
    expect([asked["RENT"], asked["REG"]]).toEqual(counts ? ["required", undefined] : [undefined, "required"]);
  });
});

test("the spouse of a skilled worker shows no German", () => {
  expect(needs("FAM-30", { relation: "spouse", referenceTitle: "settlement" })["LANG"]).toBe("required");
  expect(needs("FAM-30", { relation: "spouse", referenceTitle: "skilledWork" })["LANG"]).toBeUndefined();
});

describe("custody of a child", () => {
  test.each<[FamilySituation, string | undefined]>([
    [{}, "conditional"],
    [{ custody: "oneParent" }, "required"],
    [{ custody: "otherPerson" }, "required"],
    [{ custody: "bothParents", otherParentAbroad: true }, "required"],
    [{ custody: "bothParents", otherParentAbroad: false }, undefined],
  ])("with %o: %s", (family, need) => {
    expect(needs("FAM-32", family, { birth: "2016" })["CUST"]).toBe(need);
  });

  test("nobody shows it from eighteen on", () => {
    expect(needs("FAM-34", {}, { birth: "2008-11-21" })["CUST"]).toBeUndefined();
  });
});

describe("school", () => {
  test.each<[string, FamilySituation, string, string | undefined]>([
    ["FAM-32", { movedTogether: false }, "2010-11-21", "required"],
    ["FAM-32", { movedTogether: false }, "2010-11-22", undefined],
    ["FAM-32", { movedTogether: true }, "2010-11-21", "conditional"],
    ["FAM-32", {}, "2010-11-21", "conditional"],
    ["FAM-32", { movedTogether: false, referenceTitle: "blueCard" }, "2010-11-21", "conditional"],
    ["FAM-34", {}, "2010-11-21", "required"],
    ["FAM-34", {}, "2010-11-22", undefined],
    ["FAM-34", {}, "2010", "conditional"],
  ])("%s with %o, born %s: %s", (service, family, birth, need) => {
    expect(needs(service, family, { birth })["SCHOOL"]).toBe(need);
  });
});

test("relatives show how they are related, means or need by the rule that they name", () => {
  expect(needs("FAM-36", { otherKinship: "parentInLawOfWorker" })).toMatchObject({
    BIRTH: "required",
    MARR: "required",
    INC3: "required",
  });
  const other = needs("FAM-36", { otherKinship: "otherKin" });
  expect(other).toMatchObject({ BIRTH: "conditional", DEP: "required", INC3: "conditional" });
  expect(other["MARR"]).toBeUndefined();
  const protectedFamily = needs("FAM-36", { isSubsidiaryFamily: true, relation: "spouse" });
  expect(protectedFamily).toMatchObject({ MARR: "required" });
  expect([protectedFamily["BIRTH"], protectedFamily["DEP"]]).toEqual([undefined, undefined]);
});
