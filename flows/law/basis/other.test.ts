import { describe, expect, test } from "vitest";
import type { LegalBasis } from "#flows/law/basis/rule.ts";
import { legalBasisFor } from "#flows/law/legalBasis.ts";
import { law, lawWithout, person, today } from "#flows/law/people.fixture.ts";
import type { Situation, TitleKind } from "#flows/law/situation.ts";
import type { OtherSituation } from "#flows/law/situations/other.ts";

const basisOf = (service: string, other: OtherSituation = {}, more: Partial<Situation> = {}): LegalBasis =>
  legalBasisFor(person("P2", { service, other, ...more }), law, today);

describe("permission to work", () => {
  test.each<[TitleKind, string, string[]]>([
    ["residencePermit", "§ 4a AufenthG", []],
    ["settlementPermit", "§ 4a AufenthG", ["workAlreadyAllowed"]],
    ["euLongTerm", "§ 4a AufenthG", ["workAlreadyAllowed"]],
    ["duldung", "§ 4a Abs. 4 AufenthG, § 32 BeschV", []],
    ["gestattung", "§ 61 AsylG, § 32 BeschV", []],
  ])("with %s", (kind, basis, findings) => {
    expect(basisOf("C-WORK", {}, { title: { kind } })).toMatchObject({ basis, findings });
  });
});

describe("obligation to live in a place (§ 12a Abs. 5 AufenthG)", () => {
  test.each<[number, number, string[]]>([
    [15, 89_400, []],
    [14, 89_400, ["residenceHoursLow"]],
    [15, 89_399, ["residenceIncomeLow"]],
    [14, 0, ["residenceHoursLow", "residenceIncomeLow"]],
  ])("a job of %i hours and %i cents a month", (movingWeeklyHours, movingNetCents, findings) => {
    const found = basisOf("C-RES", { residenceReason: "job", movingWeeklyHours, movingNetCents });
    expect(found).toEqual({
      basis: "§ 12a Abs. 5 Satz 1 Nr. 1 AufenthG",
      certainty: findings.length > 0 ? "unclear" : "likely",
      findings,
    });
  });

  test("without the rows nobody is told that it is too little", () => {
    const poor = person("P2", {
      service: "C-RES",
      other: { residenceReason: "job", movingWeeklyHours: 1, movingNetCents: 1 },
    });
    const bare = lawWithout("hours.residenceObligation", "living.residenceObligation");
    expect(legalBasisFor(poor, bare, today).findings).toEqual([]);
  });

  test("hardship has its own number, and an open reason none", () => {
    expect(basisOf("C-RES", { residenceReason: "hardship" }).basis).toBe("§ 12a Abs. 5 Satz 1 Nr. 2 AufenthG");
    expect(basisOf("C-RES").basis).toBe("§ 12a Abs. 5 AufenthG");
  });
});

describe("toleration", () => {
  test.each<[OtherSituation, string, string[]]>([
    [{ tolerationReason: "noPassport" }, "§ 60a AufenthG", []],
    [{ tolerationReason: "training", trainingStart: "2027-06-21" }, "§ 60c AufenthG", []],
    [{ tolerationReason: "training", trainingStart: "2027-06-22" }, "§ 60c AufenthG", ["trainingTooEarly"]],
  ])("%j", (other, basis, findings) => {
    expect(basisOf("G-DULD", other)).toMatchObject({ basis, findings });
  });

  test.each([
    ["2022-12-31", []],
    ["2023-01-01", ["jobEntryLate"]],
  ])("for a job after an entry on %s", (entry, findings) => {
    expect(basisOf("G-DULD", { tolerationReason: "job" }, { entry })).toMatchObject({
      basis: "§ 60d AufenthG",
      findings,
    });
  });

  test("in a reception centre the Federal Office renews the paper", () => {
    expect(basisOf("G-GEST", { inReceptionCentre: true }).findings).toEqual(["receptionCentreBamf"]);
    expect(basisOf("G-GEST", { inReceptionCentre: false })).toMatchObject({ basis: "§ 63 AsylG", findings: [] });
  });
});

describe("free movement", () => {
  test.each([
    ["2021-11-21", []],
    ["2021-11-22", ["fiveYearsOpen"]],
  ])("permanent residence of somebody who lives here since %s", (livesHereSince, findings) => {
    expect(basisOf("EU-PERM", { livesHereSince })).toMatchObject({ basis: "§ 5 Abs. 5 FreizügG/EU", findings });
  });

  test.each([
    ["2020-12-31", []],
    ["2021-01-01", ["cameAfter2020"]],
  ])("Withdrawal Agreement of somebody who lives here since %s", (livesHereSince, findings) => {
    expect(basisOf("EU-GB", { livesHereSince })).toMatchObject({ basis: "§ 16 FreizügG/EU", findings });
  });

  test("times abroad are looked at", () => {
    expect(basisOf("EU-PERM", { livesHereSince: "2015-01-01", wasAway: true }).findings).toEqual(["unionAbsence"]);
  });
});
