import { describe, expect, test } from "vitest";
import { deadlineFor } from "#flows/law/deadline.ts";
import { evidenceFor } from "#flows/law/evidence.ts";
import { feeFor } from "#flows/law/fee.ts";
import { legalBasisFor } from "#flows/law/legalBasis.ts";
import { law, lawWithout, today } from "#flows/law/people.fixture.ts";
import type { Situation } from "#flows/law/situation.ts";
import type { UkraineSituation } from "#flows/law/situations/ukraine.ts";

function refugee(ukraine: UkraineSituation, more: Partial<Situation> = {}): Situation {
  return {
    service: "H-24",
    request: "first",
    birth: "1990-01-23",
    nationalities: ["UKR"],
    title: { kind: "none" },
    ukraine,
    ...more,
  };
}
const codesOf = (situation: Situation, rows = law) =>
  Object.fromEntries(evidenceFor(situation, rows, today).map(({ code, need }) => [code, need]));

describe("the basis of temporary protection", () => {
  test.each<[string, UkraineSituation, string, string[]]>([
    ["nothing to look at", { isRegistered: true, leftOn: "2026-11-08" }, "likely", []],
    ["not registered", { isRegistered: false }, "likely", ["registerFirst"]],
    ["left 90 days before", { leftOn: "2021-11-26" }, "likely", []],
    ["left 91 days before", { leftOn: "2021-11-25" }, "unclear", ["leftUkraineEarly"]],
    ["left in a year that leaves it open", { leftOn: "2021" }, "likely", []],
    ["protection in another state", { isTiedElsewhere: true }, "unclear", ["protectionElsewhere"]],
    ["another title", { holdsOtherTitle: true }, "likely", ["otherTitleHeld"]],
    ["with a relative", { isWithRelative: true }, "likely", ["custodyOpen"]],
  ])("%s", (_case, ukraine, certainty, findings) => {
    const basis = legalBasisFor(refugee(ukraine), law, today);
    expect(basis).toEqual({ basis: "§ 24 Abs. 1 AufenthG", certainty, findings });
  });

  test("a title of another state counts as one, and no missing row is guessed", () => {
    const title = { kind: "otherEuTitle" } as const;
    expect(legalBasisFor(refugee({}, { title }), law, today).findings).toEqual(["protectionElsewhere"]);
    const rows = lawWithout("date.ukraineWar");
    expect(legalBasisFor(refugee({ leftOn: "2019" }), rows, today).findings).toEqual([]);
  });
});

describe("evidence of people from Ukraine (domain 3.4)", () => {
  const own = { "UA-ENTRY": "optional", "UA-REGI": "optional", "UA-ADDR": "optional" };

  test.each<[string, Situation, object]>([
    ["a Ukrainian", refugee({ isMilitaryAsked: false }), { ...own, "UA-NAT": "required", "UA-FAM": "optional" }],
    [
      "family of other nationality",
      refugee({ right: "family" }, { nationalities: ["GEO"] }),
      { ...own, "UA-NAT": "required", "UA-PREV": "required", "UA-FAM": "required" },
    ],
    [
      "an unlimited permit",
      refugee({ right: "unlimited" }, { nationalities: ["UZB"] }),
      { ...own, "UA-NAT": "required", "UA-PREV": "required", "UA-FAM": "optional" },
    ],
    [
      "another nationality whose right is not said yet",
      refugee({}, { nationalities: ["UZB"] }),
      { ...own, "UA-NAT": "required", "UA-PREV": "conditional", "UA-FAM": "conditional" },
    ],
    [
      "a minor with a relative",
      refugee({ isMilitaryAsked: false, isWithRelative: true }, { filer: "attorney", birth: "2016-01-01" }),
      { ...own, "UA-NAT": "required", "UA-REP": "required", "UA-FAM": "optional", "UA-CUST": "conditional" },
    ],
    [
      "a minor with a guardian",
      refugee({ isMilitaryAsked: false }, { filer: "guardian", birth: "2016-01-01" }),
      { ...own, "UA-NAT": "required", "UA-REP": "required", "UA-FAM": "optional", "UA-CUST": "conditional" },
    ],
    [
      "an adult with a power of attorney",
      refugee({ isMilitaryAsked: false }, { filer: "attorney" }),
      { ...own, "UA-NAT": "required", "UA-REP": "required", "UA-FAM": "optional" },
    ],
  ])("%s", (_case, situation, codes) => {
    expect(codesOf(situation)).toEqual(codes);
  });

  test.each<[string, UkraineSituation, Partial<Situation>, boolean]>([
    ["a man of 36", { isMilitaryAsked: true }, {}, true],
    ["where it is not asked, or a woman", { isMilitaryAsked: false }, {}, false],
    ["18 years today", { isMilitaryAsked: true }, { birth: "2008-11-21" }, true],
    ["17 years", { isMilitaryAsked: true }, { birth: "2008-11-22" }, false],
    ["60 years", { isMilitaryAsked: true }, { birth: "1965-11-22" }, true],
    ["61 years today", { isMilitaryAsked: true }, { birth: "1965-11-21" }, false],
    ["before sex and birth are said", {}, { birth: undefined }, true],
    ["an extension", { isMilitaryAsked: true }, { request: "extension" }, false],
    ["another nationality", { isMilitaryAsked: true }, { nationalities: ["GEO"] }, false],
  ])("proof about military duties: %s", (_case, ukraine, more, isAsked) => {
    expect(codesOf(refugee(ukraine, more as Partial<Situation>))["UA-MIL"]).toBe(isAsked ? "conditional" : undefined);
  });

  test("without the ages nobody is asked about military duties", () => {
    expect(codesOf(refugee({ isMilitaryAsked: true }), lawWithout("age.militaryDutyTo"))).not.toHaveProperty("UA-MIL");
  });
});

test("the fee is normally none, and nothing is due on filing", () => {
  const fee = feeFor(refugee({}), law, today);
  expect(fee).toMatchObject({ kind: "range", from: 0, to: 10_000 });
  expect(fee.reasons.map(({ code }) => code)).toEqual(["grant", "temporaryProtection"]);
});

describe("the time without a title (UkraineAufenthÜV)", () => {
  test.each([
    ["2026-11-10", "2027-02-07"],
    ["2026-12-04", "2027-03-03"],
    ["2026-12-05", undefined],
  ])("entry on %s ends on %s", (entry, date) => {
    expect(deadlineFor(refugee({}, { entry }), law, today).date).toBe(date);
  });
});

describe("a title that continues by ordinance", () => {
  const held = { kind: "residencePermit", validUntil: "2024-03-04", continues: true } as const;
  const change = { service: "W-18b", request: "change" } as const;

  test("ends on the day of the ordinance, whatever stands on it", () => {
    const deadline = deadlineFor(refugee({}, { ...change, title: held }), law, today);
    expect(deadline).toMatchObject({ codes: ["L1"], date: "2027-03-04", effect: "continues" });
  });

  test("ends on its own day if that is later, or without the row", () => {
    const later = { ...held, validUntil: "2027-06-30" };
    expect(deadlineFor(refugee({}, { ...change, title: later }), law, today).date).toBe("2027-06-30");
    const rows = lawWithout("date.ukraineContinuation");
    expect(deadlineFor(refugee({}, { ...change, title: held }), rows, today).codes).toEqual(["L4"]);
  });
});
