import { describe, expect, test } from "vitest";
import type { LegalBasis } from "#flows/law/basis/rule.ts";
import { legalBasisFor } from "#flows/law/legalBasis.ts";
import { law, lawWithout, person, today } from "#flows/law/people.fixture.ts";
import type { Situation } from "#flows/law/situation.ts";
import { listedJobs, type WorkSituation } from "#flows/law/situations/work.ts";

/** The basis of a service for P1, a woman of 30 with a national visa. */
function basisOf(service: string, work: WorkSituation, more: Partial<Situation> = {}): LegalBasis {
  return legalBasisFor(person("P1", { service, work, ...more }), law, today);
}

describe("research (§ 18d AufenthG)", () => {
  test.each<[boolean | undefined, string[]]>([
    [true, []],
    [undefined, []],
    [false, ["researchCosts"]],
  ])("with the costs covered: %s", (costsCovered, findings) => {
    expect(basisOf("W-18d", costsCovered === undefined ? {} : { costsCovered })).toMatchObject({
      basis: "§ 18d Abs. 1 AufenthG",
      findings,
    });
  });
});

const auPairFindings = (birth: string) => basisOf("W-19c1", { listedJob: "auPair" }, { birth }).findings;

describe("jobs of the BeschV (§ 19c Abs. 1 AufenthG)", () => {
  test("every job of the list has its norm but the last one", () => {
    const norms = listedJobs.map((listedJob) => basisOf("W-19c1", { listedJob }, { birth: "2005-01-01" }));
    expect(
      norms.slice(0, -1).filter(({ basis }) => !/^§ 19c Abs\. 1 AufenthG, § \d+a? .*BeschV$/.test(`${basis}`)),
    ).toEqual([]);
    expect(norms.at(-1)).toEqual({ basis: "§ 19c Abs. 1 AufenthG", certainty: "unclear", findings: ["listedJobOpen"] });
  });

  test("an au pair is younger than 27", () => {
    expect(auPairFindings("1999-11-22")).toEqual([]);
    expect(auPairFindings("1999-11-21")).toEqual(["auPairAge"]);
    expect(auPairFindings("1999")).toEqual([]);
  });

  test.each<[string, string, string[]]>([
    ["USA", "§ 26 Abs. 1 BeschV", []],
    ["XXK", "§ 26 Abs. 2 BeschV", []],
    ["IND", "§ 26 BeschV", ["nationalityRule"]],
  ])("the rule for nationalities and %s", (nationality, norm, findings) => {
    expect(basisOf("W-19c1", { listedJob: "nationality" }, { nationalities: [nationality] })).toMatchObject({
      basis: `§ 19c Abs. 1 AufenthG, ${norm}`,
      findings,
    });
  });

  test.each<[string, WorkSituation["listedJob"], string[]]>([
    ["SRB", "nationality", ["pensionProof"]],
    ["USA", "nationality", []],
    ["SRB", "driver", ["pensionProof"]],
    ["SRB", "specialistCook", []],
  ])("old-age provision at 46 with low pay: %s as %s (§ 1 Abs. 2 BeschV)", (nationality, listedJob, findings) => {
    const work = { annualGrossCents: 4_000_000, ...(listedJob === undefined ? {} : { listedJob }) };
    expect(basisOf("W-19c1", work, { nationalities: [nationality], birth: "1980-01-01" }).findings).toEqual(findings);
  });
});

describe("experienced workers (§ 19c Abs. 2 AufenthG, § 6 BeschV)", () => {
  const enough = {
    annualGrossCents: 4_563_000,
    paysByTariff: false,
    yearsOfFive: 2,
    homeQualification: "vocational",
    itJob: false,
  } as const satisfies WorkSituation;

  test.each<[string, WorkSituation, string[]]>([
    ["at the salary limit with two years", {}, []],
    ["a cent below", { annualGrossCents: 4_562_999 }, ["salaryBelowExperienced"]],
    ["a cent below with a collective agreement", { annualGrossCents: 4_562_999, paysByTariff: true }, []],
    ["with one year", { yearsOfFive: 1 }, ["experienceShort"]],
    ["without a qualification", { homeQualification: "none" }, ["homeQualificationMissing"]],
    ["with a certificate of the chamber", { homeQualification: "chamber" }, []],
    ["without a qualification in IT", { homeQualification: "none", itJob: true }, []],
    ["in a regulated profession", { regulatedProfession: true }, ["licenceNeeded"]],
  ])("%s", (_who, work, findings) => {
    expect(basisOf("W-19c2", { ...enough, ...work })).toEqual({
      basis: "§ 19c Abs. 2 AufenthG, § 6 BeschV",
      certainty: findings.length > 0 ? "unclear" : "likely",
      findings,
    });
  });

  test("at 46 below the higher salary old-age provision is looked at", () => {
    expect(basisOf("W-19c2", enough, { birth: "1980-01-01" }).findings).toEqual(["pensionProof"]);
  });

  test("without the limit of the year nobody is told that the pay is too low", () => {
    const poor = person("P1", { service: "W-19c2", work: { ...enough, annualGrossCents: 100 } });
    expect(legalBasisFor(poor, lawWithout("salary.experienced"), today).findings).toEqual(["thresholdUnknown"]);
  });

  test("before pay and years are known it is not clear", () => {
    expect(basisOf("W-19c2", {})).toMatchObject({ certainty: "unclear", findings: [] });
  });
});

describe("tolerated workers (§ 19d AufenthG)", () => {
  const tolerated = { title: { kind: "duldung" } } as const;

  test.each([
    ["german", "§ 19d Abs. 1 Nr. 1 Buchstabe a AufenthG"],
    ["foreignDegree", "§ 19d Abs. 1 Nr. 1 Buchstabe b AufenthG"],
    ["qualifiedWork", "§ 19d Abs. 1 Nr. 1 Buchstabe c AufenthG"],
    ["trainingToleration", "§ 19d Abs. 1a AufenthG"],
  ] as const)("the way %s rests on %s", (toleratedWay, basis) => {
    expect(basisOf("W-19d", { toleratedWay, german: "b1" }, tolerated)).toEqual({
      basis,
      certainty: "likely",
      findings: [],
    });
  });

  test("German below B1, an open identity and another paper are looked at", () => {
    const work = { toleratedWay: "german", german: "a2", identityClarified: false } as const;
    expect(basisOf("W-19d", work, tolerated).findings).toEqual(["toleratedGerman", "identityOpen"]);
    expect(basisOf("W-19d", {}).findings).toEqual(["notTolerated"]);
    expect(basisOf("W-19d", {}, { request: "extension" }).findings).toEqual([]);
  });
});

test.each<[string, string[]]>([
  ["2027-11-30", []],
  ["2027-12-01", ["voluntaryTooLong"]],
])("a voluntary service from 1 December 2026 to %s (§ 19e AufenthG)", (end, findings) => {
  expect(basisOf("W-19e", { start: "2026-12-01", end })).toMatchObject({ basis: "§ 19e Abs. 1 AufenthG", findings });
});

test.each([
  ["business", "§ 21 Abs. 1 AufenthG"],
  ["graduate", "§ 21 Abs. 2a AufenthG"],
  ["freelance", "§ 21 Abs. 5 AufenthG"],
] as const)("self-employment as %s rests on %s, with old-age provision from 45 on", (selfEmployment, basis) => {
  expect(basisOf("W-21", { selfEmployment })).toEqual({ basis, certainty: "likely", findings: [] });
  expect(basisOf("W-21", { selfEmployment }, { birth: "1981-11-21" }).findings).toEqual(["pensionSelfEmployed"]);
});

describe("fast track (§ 81a AufenthG)", () => {
  const abroad = { country: "PHL", qualification: "academic", recognition: "recognised" } as const;

  test.each<[string, WorkSituation, string[]]>([
    ["two workers abroad", { workers: [abroad, abroad], powerOfAttorney: true }, []],
    ["nobody yet", { workers: [] }, ["workersMissing"]],
    ["somebody who is here", { workers: [abroad, { ...abroad, country: "DEU" }] }, ["workerInGermany"]],
    ["no power of attorney", { workers: [abroad], powerOfAttorney: false }, ["powerOfAttorneyMissing"]],
  ])("%s", (_who, work, findings) => {
    expect(basisOf("W-FAST", work, { nationalities: [], title: { kind: "none" } })).toMatchObject({
      basis: "§ 81a AufenthG",
      findings,
    });
  });
});
