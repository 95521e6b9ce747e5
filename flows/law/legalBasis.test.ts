import { describe, expect, test } from "vitest";
import { legalBasisFor } from "#flows/law/legalBasis.ts";
import type { LegalBasis } from "#flows/law/basis/rule.ts";
import { needsPensionProof } from "#flows/law/pension.ts";
import { law, lawWithout, people, person, today, type Person } from "#flows/law/people.fixture.ts";
import type { Situation } from "#flows/law/situation.ts";
import type { WorkSituation } from "#flows/law/situations/work.ts";

const withWork = (work: Partial<WorkSituation>): LegalBasis =>
  legalBasisFor(person("P1", { work: { ...people.P1.work, ...work } }), law, today);

test.each<[Person, string]>([
  ["P1", "§ 18g Abs. 1 AufenthG"],
  ["P2", "§ 18a AufenthG"],
  ["P4", "§ 20 Abs. 1 Nr. 1 AufenthG"],
  ["P5", "§ 28 Abs. 1 Satz 1 Nr. 1 AufenthG"],
  ["P11", "§ 45c Abs. 1 Nr. 1 AufenthV"],
])("%s probably rests on %s", (name, basis) => {
  expect(legalBasisFor(person(name), law, today)).toMatchObject({ basis, certainty: "likely" });
});

const asked = (changes: Partial<Situation>): LegalBasis =>
  legalBasisFor(person("P2", { request: "first", ...changes }), law, today);

test("with a Gestattung or Duldung a title for work takes an entitlement, and the basis is not sure", () => {
  expect(asked({ title: { kind: "gestattung" } })).toMatchObject({ basis: "§ 18a AufenthG", certainty: "unclear" });
  expect(asked({ title: { kind: "duldung" } }).findings).toContain("entitlementOnly");
  expect(asked({ title: { kind: "duldung" }, service: "A-16g" }).findings).not.toContain("entitlementOnly");
  expect(asked({ title: { kind: "nationalVisa" } }).findings).not.toContain("entitlementOnly");
});

describe("Blue Card", () => {
  test.each<[string, Partial<WorkSituation>, Partial<LegalBasis>]>([
    ["at the threshold", { annualGrossCents: 5_070_000 }, { basis: "§ 18g Abs. 1 AufenthG", findings: [] }],
    [
      "a cent below in a shortage occupation",
      { annualGrossCents: 5_069_999, shortageOccupation: true },
      { basis: "§ 18g Abs. 1 Satz 2 AufenthG", certainty: "likely", findings: ["employmentAgencyApproval"] },
    ],
    [
      "new graduate at the lower threshold",
      { annualGrossCents: 4_593_420, shortageOccupation: false, newGraduate: true },
      { basis: "§ 18g Abs. 1 Satz 2 AufenthG", findings: ["employmentAgencyApproval"] },
    ],
    [
      "below the general threshold without reason for the lower one",
      { annualGrossCents: 5_000_000, shortageOccupation: false, newGraduate: false },
      { basis: "§ 18b AufenthG", certainty: "likely", findings: ["salaryBelowBlueCard"] },
    ],
    [
      "a cent below the lower threshold",
      { annualGrossCents: 4_593_419, shortageOccupation: true },
      { basis: "§ 18b AufenthG", findings: ["salaryBelowBlueCard"] },
    ],
    [
      "IT without a degree",
      { annualGrossCents: 4_600_000, degree: "none", itWithoutDegree: true },
      { basis: "§ 18g Abs. 2 AufenthG", findings: ["employmentAgencyApproval"] },
    ],
    [
      "no degree and no IT",
      { degree: "none" },
      { basis: undefined, certainty: "unclear", findings: ["degreeMissing"] },
    ],
    ["degree not compared yet", { degree: "foreignUnclear" }, { certainty: "unclear", findings: ["degreeUnclear"] }],
    ["five months of work", { end: "2027-04-30" }, { certainty: "unclear", findings: ["jobTooShort"] }],
    ["six months of work", { end: "2027-05-31" }, { certainty: "likely", findings: [] }],
    ["regulated profession", { regulatedProfession: true }, { certainty: "likely", findings: ["licenceNeeded"] }],
  ])("%s", (_name, work, expected) => {
    expect(withWork(work)).toMatchObject(expected);
  });

  test("facts that are not known yet leave it unclear", () => {
    const { annualGrossCents: _salary, ...noSalary } = people.P1.work;
    const { shortageOccupation: _shortage, ...noShortage } = people.P1.work;
    expect(legalBasisFor(person("P1", { work: noSalary }), law, today).findings).toEqual(["salaryUnknown"]);
    expect(
      legalBasisFor(person("P1", { work: { ...noShortage, annualGrossCents: 5_000_000 } }), law, today),
    ).toMatchObject({
      certainty: "unclear",
      findings: ["lowerThresholdOpen"],
    });
  });

  test("without a threshold for the year nobody is told that the pay is too low", () => {
    expect(legalBasisFor(person("P1"), lawWithout("salary.blueCard"), today)).toEqual({
      basis: "§ 18g Abs. 1 AufenthG",
      certainty: "unclear",
      findings: ["thresholdUnknown"],
    });
  });
});

const worker = (birth: string, annualGrossCents: number): boolean | undefined =>
  needsPensionProof(person("P1", { service: "W-18b", birth, work: { annualGrossCents } }), law, today);

describe("old-age provision of skilled workers (§ 18 Abs. 2 Nr. 5 AufenthG)", () => {
  test("from the 45th birthday below the salary", () => {
    expect(worker("1981-11-22", 5_000_000)).toBe(false);
    expect(worker("1981-11-21", 5_000_000)).toBe(true);
    expect(worker("1981-11-21", 5_577_000)).toBe(false);
  });

  test("a vague birth date leaves it open", () => {
    expect(worker("1981", 5_000_000)).toBeUndefined();
  });

  test("it is no subject of an extension", () => {
    expect(needsPensionProof(person("P2", { birth: "1960-01-01" }), law, today)).toBe(false);
  });
});

describe("skilled workers", () => {
  test.each<[WorkSituation["degree"], string | undefined, string[]]>([
    ["german", "§ 18a AufenthG", []],
    ["foreignComparable", "§ 18a AufenthG", []],
    ["foreignUnclear", "§ 18a AufenthG", ["degreeUnclear"]],
    ["none", undefined, ["qualificationMissing"]],
  ])("with the training %s", (degree, basis, findings) => {
    const situation = person("P2", { work: degree === undefined ? {} : { degree } });
    expect(legalBasisFor(situation, law, today)).toMatchObject({ basis, findings });
  });

  test("a change of purpose at 45 asks for old-age provision unless such a title was held before", () => {
    const older = { service: "W-18a", request: "change", birth: "1975-01-01" } as const;
    const basisOf = (firstSkilledTitle: boolean) =>
      legalBasisFor(person("P1", { ...older, work: { annualGrossCents: 4_000_000, firstSkilledTitle } }), law, today);
    expect(basisOf(true).findings).toEqual(["pensionProof"]);
    expect(basisOf(false).findings).toEqual([]);
  });
});

const findingsWith = (monthlyCents: number, savingsCents: number) =>
  legalBasisFor(person("P4", { service: "A-16b", means: { monthlyCents, savingsCents } }), law, today).findings;

describe("means of students", () => {
  test("savings count over a year", () => {
    expect(findingsWith(99_200, 0)).toEqual([]);
    expect(findingsWith(99_199, 0)).toEqual(["meansLow"]);
    expect(findingsWith(0, 1_190_400)).toEqual([]);
    expect(findingsWith(0, 1_190_399)).toEqual(["meansLow"]);
  });

  test("without the amount of the year nobody is told that it is too little", () => {
    const poor = person("P4", { service: "A-16b", means: { monthlyCents: 0, savingsCents: 0 } });
    expect(legalBasisFor(poor, lawWithout("living.study"), today).findings).toEqual([]);
  });
});

describe("family of Germans", () => {
  test.each([
    ["spouse", 1, "1994-12-11"],
    ["child", 2, "2012-12-11"],
    ["parent", 3, "1994-12-11"],
  ] as const)("a %s has number %i", (relation, number, birth) => {
    expect(legalBasisFor(person("P5", { birth, family: { relation } }), law, today)).toEqual({
      basis: `§ 28 Abs. 1 Satz 1 Nr. ${number} AufenthG`,
      certainty: "likely",
      findings: [],
    });
  });

  test.each<[string, Situation["family"], string[]]>([
    ["lives apart", { separated: true }, ["livingApart"]],
    ["has a husband of 17", { referenceBirth: "2009" }, ["spousesAge"]],
    ["may have a husband of 17", { referenceBirth: "2008" }, []],
    ["speaks no German", { speaksGerman: false }, ["languageMissing"]],
    ["speaks no German and has an exception", { speaksGerman: false, languageException: true }, []],
  ])("a wife who %s", (_who, family, findings) => {
    const situation = person("P5", { family: { relation: "spouse", ...family } });
    expect(legalBasisFor(situation, law, today).findings).toEqual(findings);
  });

  test.each<[string, Situation["request"], "child" | "parent", string[]]>([
    ["a child of 18", "first", "child", ["childNotMinor"]],
    ["the mother of somebody of 18", "change", "parent", ["childNotMinor"]],
    ["a child of 18 who extends", "extension", "child", []],
    ["the mother of somebody of 18 who extends", "extension", "parent", []],
  ])("%s (§ 28 Abs. 1, 3 AufenthG)", (_who, request, relation, findings) => {
    const family = { relation, referenceBirth: relation === "parent" ? "2008-11-21" : "1970" };
    const birth = relation === "child" ? "2008-11-21" : "1975-01-01";
    expect(legalBasisFor(person("P5", { request, birth, family }), law, today).findings).toEqual(findings);
    const younger = { ...family, referenceBirth: relation === "parent" ? "2008-11-22" : "1970" };
    const own = relation === "child" ? "2008-11-22" : birth;
    expect(legalBasisFor(person("P5", { request, birth: own, family: younger }), law, today).findings).toEqual([]);
  });

  test("a family member without German nationality is a reason to look again", () => {
    const situation = person("P5", { family: { relation: "spouse", isReferenceGerman: false } });
    expect(legalBasisFor(situation, law, today)).toMatchObject({
      certainty: "unclear",
      findings: ["referenceNotGerman"],
    });
  });

  test("an extension asks no language", () => {
    const situation = person("P5", { request: "extension", family: { relation: "spouse", speaksGerman: false } });
    expect(legalBasisFor(situation, law, today).findings).toEqual([]);
  });
});

test.each([
  ["study", 1],
  ["research", 2],
  ["training", 3],
  ["recognition", 4],
  ["careAssistant", 5],
] as const)("the search for work after %s has number %i and always says that it ends", (searchAfter, number) => {
  expect(legalBasisFor(person("P4", { searchAfter }), law, today)).toEqual({
    basis: `§ 20 Abs. 1 Nr. ${number} AufenthG`,
    certainty: "likely",
    findings: ["searchLimited"],
  });
});

test("a service without a row has no basis", () => {
  expect(legalBasisFor(person("P1", { service: "X-1" }), law, today)).toEqual({
    basis: undefined,
    certainty: "unclear",
    findings: [],
  });
});
