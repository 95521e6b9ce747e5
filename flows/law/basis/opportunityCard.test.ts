import { describe, expect, test } from "vitest";
import { legalBasisFor } from "#flows/law/legalBasis.ts";
import { law, lawWithout, person, today } from "#flows/law/people.fixture.ts";
import type { Situation } from "#flows/law/situation.ts";
import type { OpportunitySituation } from "#flows/law/situations/opportunity.ts";
import type { WorkSituation } from "#flows/law/situations/work.ts";

/** P4 is 27 and holds a residence permit: two points by age. */
const enoughWork = { german: "b1", shortageOccupation: true, yearsOfFive: 0, homeQualification: "academic" } as const;
const enough = {
  card: "search",
  skilled: "none",
  fittingTitle: true,
  partialRecognition: false,
  yearsOfSeven: 0,
  english: "b2",
  earlierStay: true,
  partnerApplies: false,
} as const satisfies OpportunitySituation;

function cardOf(opportunity: OpportunitySituation, work: WorkSituation = {}, more: Partial<Situation> = {}) {
  const own = { ...enoughWork, ...work, opportunity: { ...enough, ...opportunity } };
  return person("P4", { service: "W-20a", work: own, ...more });
}
const findingsOf = (...parts: Parameters<typeof cardOf>) => legalBasisFor(cardOf(...parts), law, today).findings;
const findingsWith = (monthlyCents: number, savingsCents: number) =>
  findingsOf({}, {}, { means: { monthlyCents, savingsCents } });

describe("opportunity card (§§ 20a, 20b AufenthG)", () => {
  test.each<[string, OpportunitySituation, string]>([
    ["six points", {}, "§ 20a Abs. 3 Nr. 2 AufenthG"],
    ["a German qualification", { skilled: "german" }, "§ 20a Abs. 3 Nr. 1 AufenthG"],
    ["a recognised qualification", { skilled: "recognised" }, "§ 20a Abs. 3 Nr. 1 AufenthG"],
    ["the second card", { card: "followUp" }, "§ 20a Abs. 5 Satz 2 AufenthG"],
  ])("%s", (_who, opportunity, basis) => {
    expect(legalBasisFor(cardOf(opportunity), law, today)).toEqual({ basis, certainty: "likely", findings: [] });
  });

  test("five points are too few, and an open answer may make them six", () => {
    expect(findingsOf({ earlierStay: false })).toEqual(["pointsTooFew"]);
    const open = cardOf({ earlierStay: false });
    const { shortageOccupation: _shortage, ...unsure } = open.work ?? {};
    expect(legalBasisFor({ ...open, work: unsure }, law, today).findings).toEqual(["pointsTooFew"]);
    const { earlierStay: _stay, ...unknown } = enough;
    expect(legalBasisFor({ ...open, work: { ...open.work, opportunity: unknown } }, law, today)).toMatchObject({
      certainty: "unclear",
      findings: ["pointsOpen"],
    });
  });

  test("skilled workers are not told of points or language", () => {
    expect(findingsOf({ skilled: "german", earlierStay: false, english: "none" }, { german: "none" })).toEqual([]);
  });

  test("German A1 or English B2 is enough, less of both is not", () => {
    const points = { partialRecognition: true } as const;
    expect(findingsOf({ ...points, english: "b1" }, { german: "a1" })).toEqual([]);
    expect(findingsOf({ ...points, english: "b2" }, { german: "none" })).toEqual([]);
    expect(findingsOf({ ...points, english: "b1" }, { german: "none" })).toEqual(["pointsLanguage"]);
  });

  test("a qualification of the own state is needed unless it is recognised in part", () => {
    expect(findingsOf({}, { homeQualification: "none" })).toEqual(["homeQualificationMissing"]);
    expect(findingsOf({ partialRecognition: true }, { homeQualification: "none" })).toEqual([]);
  });

  test.each<[string, Partial<Situation>, boolean | undefined, string[]]>([
    ["a permit for studies", {}, true, []],
    ["a permit of which the purpose is open", {}, undefined, []],
    ["a permit for the family", {}, false, ["opportunityFromAbroad"]],
    ["a Blue Card", { title: { kind: "blueCard" } }, undefined, []],
    ["no visa", { title: { kind: "none" } }, undefined, ["opportunityFromAbroad"]],
    ["the first card", { request: "extension" }, undefined, ["searchCardLimited"]],
  ])("somebody with %s", (_what, more, fittingTitle, findings) => {
    const { fittingTitle: _fits, ...rest } = enough;
    const opportunity = { ...rest, ...(fittingTitle === undefined ? {} : { fittingTitle }) };
    const work = { ...enoughWork, opportunity };
    expect(legalBasisFor(person("P4", { service: "W-20a", work, ...more }), law, today).findings).toEqual(findings);
  });

  test("means are counted by the month, savings over the year", () => {
    expect(findingsWith(109_100, 0)).toEqual([]);
    expect(findingsWith(109_099, 0)).toEqual(["opportunityMeansLow"]);
    expect(findingsWith(0, 1_309_200)).toEqual([]);
  });

  test("without the rows of the law nobody is told that it is too little", () => {
    const poor = cardOf({ earlierStay: false }, {}, { means: { monthlyCents: 0, savingsCents: 0 } });
    expect(legalBasisFor(poor, lawWithout("points.minimum", "living.chanceCard"), today).findings).toEqual([]);
  });
});
