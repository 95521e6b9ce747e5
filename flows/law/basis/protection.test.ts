import { describe, expect, test } from "vitest";
import type { LegalBasis } from "#flows/law/basis/rule.ts";
import { legalBasisFor } from "#flows/law/legalBasis.ts";
import { law, lawWithout, today } from "#flows/law/people.fixture.ts";
import type { ProtectionSituation } from "#flows/law/situations/protection.ts";

function basisOf(service: string, protection: ProtectionSituation, birth = "1990-01-01", rows = law): LegalBasis {
  return legalBasisFor(
    { service, request: "first", birth, nationalities: ["AFG"], title: { kind: "duldung" }, protection },
    rows,
    today,
  );
}

test.each<[string, ProtectionSituation, string]>([
  ["H-22", { admission: "individualAdmission" }, "§ 22 AufenthG"],
  ["H-22", { admission: "stateOrder" }, "§ 23 Abs. 1 AufenthG"],
  ["H-22", { admission: "federalAdmission" }, "§ 23 Abs. 2 AufenthG"],
  ["H-22", { admission: "resettlement" }, "§ 23 Abs. 4 AufenthG"],
  ["H-22", { admission: "hardshipCommission" }, "§ 23a Abs. 1 AufenthG"],
  ["H-25-12", { kind: "asylum" }, "§ 25 Abs. 1 AufenthG"],
  ["H-25-12", { kind: "refugee" }, "§ 25 Abs. 2 Satz 1 Alt. 1 AufenthG"],
  ["H-25-12", { kind: "subsidiary" }, "§ 25 Abs. 2 Satz 1 Alt. 2 AufenthG"],
  ["H-25-3", {}, "§ 25 Abs. 3 AufenthG"],
  ["H-25-45", { ground: "temporary" }, "§ 25 Abs. 4 Satz 1 AufenthG"],
  ["H-25-45", { ground: "exceptionalHardship" }, "§ 25 Abs. 4 Satz 2 AufenthG"],
  ["H-25-45", { ground: "victim" }, "§ 25 Abs. 4a AufenthG"],
  ["H-25-45", { ground: "exploited" }, "§ 25 Abs. 4b AufenthG"],
  ["H-25-45", { ground: "cannotLeave" }, "§ 25 Abs. 5 AufenthG"],
])("%s with %o rests on %s", (service, protection, basis) => {
  expect(basisOf(service, protection)).toEqual({ basis, certainty: "likely", findings: [] });
});

test("before the reason is said the basis is open", () => {
  for (const service of ["H-22", "H-25-12", "H-25-45"]) expect(basisOf(service, {}).certainty).toBe("unclear");
});

test("a decision that is not final is something to look at", () => {
  expect(basisOf("H-25-12", { kind: "refugee", isDecisionFinal: false }).findings).toEqual(["decisionOpen"]);
  expect(basisOf("H-25-3", { isDecisionFinal: true }).findings).toEqual([]);
});

describe("young people", () => {
  const settled = { stayingSince: "2023-11-21", toleratedSince: "2025-11-21", school: "graduate" } as const;

  test.each<[string, ProtectionSituation, string, string[]]>([
    ["just long enough", settled, "2006", []],
    ["a day short", { ...settled, stayingSince: "2023-11-22" }, "2006", ["stayTooShort"]],
    ["a day short with a Duldung", { ...settled, toleratedSince: "2025-11-22" }, "2006", ["tolerationTooShort"]],
    ["without a Duldung", { stayingSince: "2023-11-21", school: "graduate" }, "2006", []],
    ["without school", { ...settled, school: "neither" }, "2006", ["schoolMissing"]],
    ["three years at school", { ...settled, school: "pupil", schoolSince: "2023-09" }, "2009", []],
    ["two years at school", { ...settled, school: "pupil", schoolSince: "2024-09" }, "2009", ["schoolMissing"]],
    ["thirteen years old", settled, "2012-11-22", ["youthAge"]],
    ["fourteen years old", settled, "2012-11-21", []],
    ["a day before the 27th birthday", settled, "1999-11-22", []],
    ["on the 27th birthday", settled, "1999-11-21", ["youthAge"]],
  ])("%s", (_case, protection, birth, findings) => {
    expect(basisOf("H-25a", protection, birth)).toMatchObject({ basis: "§ 25a Abs. 1 AufenthG", findings });
  });
});

describe("people who settled in", () => {
  const settled = { stayingSince: "2020-11-21", speaksA2: true, livesFromWork: true } as const;

  test.each<[string, ProtectionSituation, string[]]>([
    ["six years", settled, []],
    ["a day less", { ...settled, stayingSince: "2020-11-22" }, ["stayTooShort"]],
    ["four years with a child", { ...settled, stayingSince: "2022-11-21", hasMinorChild: true }, []],
    ["a day less with a child", { ...settled, stayingSince: "2022-11-22", hasMinorChild: true }, ["stayTooShort"]],
    ["below A2", { ...settled, speaksA2: false }, ["germanBelowA2"]],
    ["not from work", { ...settled, livesFromWork: false }, ["livelihoodNotFromWork"]],
  ])("%s", (_case, protection, findings) => {
    expect(basisOf("H-25b", protection)).toMatchObject({ basis: "§ 25b Abs. 1 AufenthG", findings });
  });

  test("without the row nothing is said against it", () => {
    const rows = lawWithout("period.integrationStay");
    expect(basisOf("H-25b", { ...settled, stayingSince: "2026-01-01" }, "1990", rows).findings).toEqual([]);
  });
});
