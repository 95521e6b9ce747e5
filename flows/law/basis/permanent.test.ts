import { describe, expect, test } from "vitest";
import { legalBasisFor } from "#flows/law/legalBasis.ts";
import { law, lawWithout, person, today } from "#flows/law/people.fixture.ts";
import type { Situation } from "#flows/law/situation.ts";
import type { PermanentSituation } from "#flows/law/situations/permanent.ts";

const basisOf = (service: string, permanent: PermanentSituation, more: Partial<Situation> = {}, rows = law) =>
  legalBasisFor(person("P2", { service, request: "permanent", permanent, ...more }), rows, today);
const findingsOf = (...args: Parameters<typeof basisOf>) => basisOf(...args).findings;

/** Somebody who has everything, long enough for every title. */
const settled = { since: "2015-01-01", pensionMonths: 120, germanLevel: "c1", knowsLife: true } as const;

test.each<[string, string, PermanentSituation]>([
  ["N-9", "§ 9 Abs. 2 AufenthG", {}],
  ["N-9-3a", "§ 9 Abs. 3a AufenthG", { weeklyHours: 20 }],
  ["N-9a", "§ 9a Abs. 2 AufenthG", {}],
  ["N-18c1", "§ 18c Abs. 1 AufenthG", {}],
  ["N-18c2", "§ 18c Abs. 2 AufenthG", {}],
  ["N-18c3", "§ 18c Abs. 3 AufenthG", {}],
  ["N-21-4", "§ 21 Abs. 4 AufenthG", {}],
  ["N-26", "§ 26 Abs. 4 AufenthG", { protection: "subsidiary" }],
  ["N-28", "§ 28 Abs. 2 AufenthG", {}],
  ["N-35", "§ 35 Abs. 1 Satz 2 AufenthG", {}],
])("%s rests on %s for whoever has everything, and says nothing of what is not known", (service, basis, own) => {
  expect(basisOf(service, { ...settled, ...own })).toEqual({ basis, certainty: "likely", findings: [] });
  expect(findingsOf(service, {})).toEqual([]);
});

test.each([
  ["N-9", 60, 60, {}],
  ["N-9a", 60, 60, {}],
  ["N-18c1", 36, 36, {}],
  ["N-18c1", 24, 24, { hasGermanDegree: true }],
  ["N-18c2", 27, 27, { germanLevel: "a1" }],
  ["N-18c2", 21, 21, { germanLevel: "b1" }],
  ["N-26", 60, 60, { protection: "noProtection" }],
  ["N-26", 60, undefined, { protection: "refugee", germanLevel: "a2" }],
  ["N-26", 36, undefined, { protection: "asylum", germanLevel: "c1" }],
  ["N-9-3a", 36, undefined, {}],
  ["N-21-4", 36, undefined, {}],
  ["N-28", 36, undefined, {}],
  ["N-35", 60, undefined, {}],
] as const)("%s counts %i months with the title and %s of pension: %o", (service, months, pension, own) => {
  // So many months before 21 November 2026, without the last digit of the day.
  const since = { 60: "2021-11-2", 36: "2023-11-2", 27: "2024-08-2", 24: "2024-11-2", 21: "2025-02-2" }[months];
  const facts = { ...settled, ...own, pensionMonths: pension ?? 0 };
  expect(findingsOf(service, { ...facts, since: `${since}1` })).toEqual([]);
  expect(findingsOf(service, { ...facts, since: `${since}2` })).toEqual(["timeNotReached"]);
  if (pension === undefined) return;
  const short = { ...facts, since: `${since}1`, pensionMonths: pension - 1 };
  expect(findingsOf(service, short)).toEqual(["pensionMonthsLow"]);
});

describe("requirements", () => {
  test.each([
    ["N-9", "a2", "germanBelowB1"],
    ["N-9-3a", "a2", "germanBelowB1"],
    ["N-9a", "a2", "germanBelowB1"],
    ["N-18c1", "a2", "germanBelowB1"],
    ["N-18c2", "none", "germanBelowA1"],
    ["N-28", "a2", "germanBelowB1"],
    ["N-35", "a2", "germanBelowB1"],
  ] as const)("%s with German at %s", (service, germanLevel, finding) => {
    expect(basisOf(service, { ...settled, germanLevel })).toMatchObject({ certainty: "unclear", findings: [finding] });
  });

  test("refugees need A2, the others B1", () => {
    expect(findingsOf("N-26", { ...settled, protection: "refugee", germanLevel: "a1" })).toEqual(["germanBelowA2"]);
    expect(findingsOf("N-26", { ...settled, protection: "subsidiary", germanLevel: "a2" })).toEqual(["germanBelowB1"]);
    expect(basisOf("N-26", settled)).toMatchObject({ basis: "§ 26 Abs. 3 oder 4 AufenthG", certainty: "unclear" });
  });

  test("the early way of refugees is named only where it is needed", () => {
    const early = { ...settled, since: "2022-11-21", protection: "resettlement" } as const;
    expect(basisOf("N-26", early).basis).toBe("§ 26 Abs. 3 Satz 3 AufenthG");
    expect(basisOf("N-26", { ...early, germanLevel: "b2" })).toMatchObject({
      basis: "§ 26 Abs. 3 Satz 1 AufenthG",
      findings: ["timeNotReached"],
    });
    expect(basisOf("N-26", { ...early, since: "2021-11-21" }).basis).toBe("§ 26 Abs. 3 Satz 1 AufenthG");
  });

  test("the spouse's pension months are enough", () => {
    const facts = { ...settled, pensionMonths: 0 };
    expect(findingsOf("N-9", facts)).toEqual(["pensionMonthsLow"]);
    expect(findingsOf("N-9", { ...facts, spouseHasPension: true })).toEqual([]);
  });

  test("knowledge of life in Germany, absences, benefits and the present title", () => {
    expect(findingsOf("N-9", { ...settled, knowsLife: false })).toEqual(["lifeTestMissing"]);
    expect(findingsOf("N-28", { ...settled, knowsLife: false })).toEqual([]);
    expect(findingsOf("N-21-4", { ...settled, wasAway: true })).toEqual(["longAbsence"]);
    expect(findingsOf("N-18c3", settled, { onBenefits: true })).toEqual(["incomeOpen"]);
    expect(findingsOf("N-9a", { ...settled, isExcluded: true })).toEqual(["titleWithoutSettlement"]);
  });

  test("a husband or wife of a settled worker works 20 hours and lives with them", () => {
    expect(findingsOf("N-9-3a", { ...settled, weeklyHours: 19 })).toEqual(["hoursLow"]);
    expect(findingsOf("N-9-3a", settled, { family: { separated: true } })).toEqual(["livingApart"]);
  });

  test("the family member of N-28 is German and shares the home", () => {
    const family = { separated: true, isReferenceGerman: false };
    expect(findingsOf("N-28", settled, { family })).toEqual(["referenceNotGerman", "livingApart"]);
  });

  test("nobody gets more than five findings", () => {
    const nothing = {
      since: today,
      pensionMonths: 0,
      germanLevel: "none",
      knowsLife: false,
      wasAway: true,
      isExcluded: true,
    } as const;
    expect(findingsOf("N-9", nothing, { onBenefits: true })).toHaveLength(5);
    expect(findingsOf("N-9-3a", { ...nothing, weeklyHours: 0 }, { family: { separated: true } })).toHaveLength(5);
  });

  test("without a row of the law nobody is told that it is too little", () => {
    const facts = { ...settled, since: today, pensionMonths: 0 };
    expect(findingsOf("N-9", facts, {}, lawWithout("period.settlement", "pension.settlement"))).toEqual([]);
  });
});

const child = (birth: string, since: string) => basisOf("N-35", { since, germanLevel: "none" }, { birth });

describe("young people (§ 35 AufenthG)", () => {
  test("minors need five years on the 16th birthday and no certificate", () => {
    expect(child("2010-03-10", "2021-03-10")).toEqual({
      basis: "§ 35 Abs. 1 Satz 1 AufenthG",
      certainty: "likely",
      findings: [],
    });
    expect(child("2010-03-10", "2021-03-11").findings).toEqual(["timeNotReached"]);
  });

  test("before 16 it is too early", () => {
    expect(child("2010-11-21", "2012-01-01").findings).toEqual([]);
    expect(child("2010-11-22", "2012-01-01").findings).toEqual(["timeNotReached"]);
  });

  test("a vague birth date leaves the sentence open", () => {
    expect(child("2008", "2012-01-01")).toEqual({ basis: "§ 35 Abs. 1 AufenthG", certainty: "unclear", findings: [] });
  });
});
