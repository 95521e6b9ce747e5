import { describe, expect, test } from "vitest";
import { law, lawWithout } from "#flows/law/people.fixture.ts";
import { alternativesTo, outcomeOf } from "#flows/services/outcome.ts";
import { fullSettings, services } from "#flows/services/registry.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";
import { wishes } from "#flows/services/wishes.ts";

const setting = { settings: fullSettings, law };
const blueCard: TriageAnswers = { nationalities: ["IND"], familyOf: "none", purpose: "work", workGoal: "blueCard" };

function service(answers: TriageAnswers): string | undefined {
  const outcome = outcomeOf(answers, setting);
  return outcome.outcome === "application" ? outcome.service : undefined;
}

describe("what the entry questions lead to", () => {
  test.each<[string, TriageAnswers, object]>([
    [
      "a Blue Card",
      { request: "first", currentTitleType: "nationalVisa" },
      { outcome: "application", service: "W-18g" },
    ],
    ["German nationality", { nationalities: ["IND", "DEU"] }, { outcome: "notNeeded", reason: "german" }],
    ["a Union citizen", { nationalities: ["IND", "POL"] }, { outcome: "information", reason: "euFreeMovement" }],
    ["a Swiss citizen", { nationalities: ["CHE"] }, { outcome: "information", reason: "euFreeMovement" }],
    ["family of a Union citizen", { familyOf: "euCitizen" }, { outcome: "information", reason: "euFreeMovement" }],
    ["war in Ukraine", { nationalities: ["UKR"], fledUkraine: true }, { outcome: "application", service: "H-24" }],
    ["another kind of work", { workGoal: "otherWork" }, { outcome: "information", reason: "serviceNotOnline" }],
    ["a skilled worker with a degree", { workGoal: "academic" }, { outcome: "application", service: "W-18b" }],
    ["a skilled worker with a training", { workGoal: "vocational" }, { outcome: "application", service: "W-18a" }],
    ["search for work", { workGoal: "jobSearch" }, { outcome: "application", service: "W-20" }],
    [
      "studies",
      { purpose: "study", workGoal: undefined, studyGoal: "degree" },
      { outcome: "application", service: "A-16b" },
    ],
    [
      "another kind of study",
      { purpose: "study", workGoal: undefined, studyGoal: "otherStudy" },
      { outcome: "information", reason: "serviceNotOnline" },
    ],
    [
      "family of a German",
      { purpose: "family", workGoal: undefined, familyOf: "german" },
      { outcome: "application", service: "FAM-28" },
    ],
    [
      "a second application while one is pending",
      { currentTitleType: "fiktion", request: "change" },
      { outcome: "information", reason: "pending" },
    ],
    [
      "reunion with a person under subsidiary protection",
      { purpose: "family", workGoal: undefined, familyGoal: "subsidiaryFamily", request: "first" },
      { outcome: "information", reason: "familyReunionSuspended" },
    ],
    [
      "another title after the opportunity right",
      { purpose: "protection", workGoal: undefined, opportunityTarget: "otherTitle" },
      { outcome: "information", reason: "opportunityRight" },
    ],
    [
      "a Union citizen who wants the card for families",
      { nationalities: ["POL"], freeMovementGoal: "familyCard" },
      { outcome: "information", reason: "euFreeMovement" },
    ],
    [
      "a Union citizen's certificate of permanent residence",
      { nationalities: ["POL"], familyOf: undefined, freeMovementGoal: "permanentResidence" },
      { outcome: "application", service: "EU-PERM" },
    ],
    ["a German's husband who works", { familyOf: "german" }, { outcome: "application", service: "W-18g" }],
  ])("%s", (_case, changed, outcome) => {
    expect(outcomeOf({ ...blueCard, ...changed }, setting)).toEqual(outcome);
  });

  test("a purpose alone leads to no service", () => {
    expect(service({ purpose: "work", workGoal: "jobSearch" })).toBe("W-20");
    expect(service({ purpose: "family", familyOf: "german" })).toBe("FAM-28");
    for (const purpose of ["work", "study", "family", "protection"] as const) {
      expect(service({ purpose })).toBeUndefined();
    }
    expect(service({})).toBeUndefined();
  });

  test("holders of a permanent title need neither a first one nor an extension nor a change", () => {
    for (const currentTitleType of ["settlementPermit", "euLongTerm"] as const) {
      for (const request of ["first", "extension", "change"] as const) {
        expect(outcomeOf({ ...blueCard, currentTitleType, request }, setting)).toEqual({
          outcome: "information",
          reason: "settlement",
        });
      }
      expect(outcomeOf({ nationalities: ["IND"], currentTitleType, request: "card" }, setting)).toEqual({
        outcome: "information",
        reason: "serviceNotOnline",
      });
    }
  });

  test("every service is what somebody wishes, and every wish names a service", () => {
    expect([...new Set(wishes.map((row) => row.service))].toSorted()).toEqual(Object.keys(services).toSorted());
    for (const row of wishes) {
      const { outcome } = outcomeOf({ nationalities: ["IND"], request: "extension", ...row.wish }, setting);
      expect([row.service, outcome]).toEqual([row.service, "application"]);
    }
  });

  test("reunion with people under subsidiary protection opens again when the suspension has ended", () => {
    const answers: TriageAnswers = { purpose: "family", familyGoal: "subsidiaryFamily", request: "first" };
    const later = { ...setting, law: lawWithout("date.familyReunionSuspended") };
    expect(outcomeOf(answers, later)).toEqual({ outcome: "application", service: "FAM-36" });
  });

  test("alternatives answer the last question in another way", () => {
    const answers: TriageAnswers = { ...blueCard, request: "first" };
    expect(alternativesTo("W-18g", answers)).toContain("W-18b");
    expect(alternativesTo("W-18g", answers)).not.toContain("W-18g");
    expect(alternativesTo("W-18g", {})).toEqual([]);
  });

  test("a service that the authority does not offer is not online", () => {
    expect(outcomeOf(blueCard, { ...setting, settings: { ...fullSettings, services: [] } })).toEqual({
      outcome: "information",
      reason: "serviceNotOnline",
    });
  });
});
