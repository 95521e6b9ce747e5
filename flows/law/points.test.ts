import { describe, expect, test } from "vitest";
import { law, lawWithout, person, today } from "#flows/law/people.fixture.ts";
import { pointsOf } from "#flows/law/points.ts";
import type { OpportunitySituation } from "#flows/law/situations/opportunity.ts";
import type { WorkSituation } from "#flows/law/situations/work.ts";

/** Somebody of 45 without any merit. */
const nothing = {
  german: "none",
  yearsOfFive: 0,
  shortageOccupation: false,
} as const satisfies WorkSituation;
const nothingOwn = {
  partialRecognition: false,
  yearsOfSeven: 0,
  english: "none",
  earlierStay: false,
  partnerApplies: false,
} as const satisfies OpportunitySituation;

function points(work: WorkSituation = {}, opportunity: OpportunitySituation = {}, birth = "1981-01-01") {
  const all = { ...nothing, ...work, opportunity: { ...nothingOwn, ...opportunity } };
  return pointsOf(person("P4", { service: "W-20a", birth, work: all }), law, today);
}

describe("points of the opportunity card (§ 20b Abs. 1 AufenthG)", () => {
  test("without a merit there are none", () => {
    expect(points()).toEqual({ lines: [], sum: 0, most: 0 });
  });

  test.each<[string, number, WorkSituation, OpportunitySituation, string?]>([
    ["a recognition in part", 4, {}, { partialRecognition: true }],
    ["German B2", 3, { german: "b2" }, {}],
    ["German C2, as B2", 3, { german: "c2" }, {}],
    ["German B1", 2, { german: "b1" }, {}],
    ["German A2", 1, { german: "a2" }, {}],
    ["German A1", 0, { german: "a1" }, {}],
    ["English C1", 1, {}, { english: "c1" }],
    ["English B2", 0, {}, { english: "b2" }],
    ["five years of seven", 3, { yearsOfFive: 3 }, { yearsOfSeven: 5 }],
    ["two years of five", 2, { yearsOfFive: 2 }, { yearsOfSeven: 4 }],
    ["one year", 0, { yearsOfFive: 1 }, { yearsOfSeven: 1 }],
    ["a shortage occupation", 1, { shortageOccupation: true }, {}],
    ["35 years of age on the last day", 2, {}, {}, "1990-11-22"],
    ["36 years of age today", 1, {}, {}, "1990-11-21"],
    ["40 years of age on the last day", 1, {}, {}, "1985-11-22"],
    ["41 years of age today", 0, {}, {}, "1985-11-21"],
    ["an earlier stay", 1, {}, { earlierStay: true }],
    ["a partner who applies too", 1, {}, { partnerApplies: true }],
  ])("%s: %i", (_what, sum, work, opportunity, birth) => {
    expect(points(work, opportunity, birth)).toMatchObject({ sum, most: sum });
  });

  test("each has its reason, and of German, experience and age only the best counts", () => {
    const best = { german: "b2", yearsOfFive: 5, shortageOccupation: true } as const;
    const own = {
      yearsOfSeven: 7,
      english: "c1",
      partialRecognition: true,
      earlierStay: true,
      partnerApplies: true,
    } as const;
    expect(points(best, own, "2000-01-01")).toEqual({
      lines: [
        { reason: "partialRecognition", points: 4 },
        { reason: "germanB2", points: 3 },
        { reason: "englishC1", points: 1 },
        { reason: "experienceLong", points: 3 },
        { reason: "shortage", points: 1 },
        { reason: "ageYoung", points: 2 },
        { reason: "earlierStay", points: 1 },
        { reason: "partner", points: 1 },
      ],
      sum: 16,
      most: 16,
    });
  });

  test("what is not known counts in the most that it can be", () => {
    const open = pointsOf(person("P4", { service: "W-20a", birth: "1990", work: { german: "b1" } }), law, today);
    // A birth in 1990 means 35 or 36 years: one point for sure, perhaps two.
    expect(open).toMatchObject({ sum: 2 + 1, most: 4 + 2 + 1 + 3 + 1 + 2 + 1 + 1 });
  });

  test("without a row of the law nobody is told a number", () => {
    const situation = person("P4", { service: "W-20a", work: nothing });
    expect(pointsOf(situation, lawWithout("points.partner"), today)).toBeUndefined();
  });
});
