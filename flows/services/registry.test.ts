import { describe, expect, test } from "vitest";
import { fullSettings, outcomeOf } from "#flows/services/registry.ts";
import type { TriageAnswers } from "#flows/services/triage.ts";

const blueCard: TriageAnswers = { nationalities: ["IND"], familyOf: "none", purpose: "work", workGoal: "blueCard" };

function service(answers: TriageAnswers): string | undefined {
  const outcome = outcomeOf(answers, fullSettings);
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
    ["war in Ukraine", { fledUkraine: true }, { outcome: "information", reason: "ukraine" }],
    ["another kind of work", { workGoal: "research" }, { outcome: "information", reason: "serviceNotOnline" }],
    ["a skilled worker with a degree", { workGoal: "academic" }, { outcome: "application", service: "W-18b" }],
    ["a skilled worker with a training", { workGoal: "vocational" }, { outcome: "application", service: "W-18a" }],
    ["search for work", { workGoal: "jobSearch" }, { outcome: "application", service: "W-20" }],
    [
      "studies",
      { purpose: "study", workGoal: undefined, studyGoal: "degree" },
      { outcome: "application", service: "A-16b" },
    ],
    [
      "a vocational training",
      { purpose: "study", workGoal: undefined, studyGoal: "training" },
      { outcome: "information", reason: "serviceNotOnline" },
    ],
    [
      "family of a German",
      { purpose: "family", workGoal: undefined, familyOf: "german" },
      { outcome: "application", service: "FAM-28" },
    ],
    [
      "family of a foreigner",
      { purpose: "family", workGoal: undefined },
      { outcome: "information", reason: "serviceNotOnline" },
    ],
    ["a German's husband who works", { familyOf: "german" }, { outcome: "application", service: "W-18g" }],
  ])("%s", (_case, changed, outcome) => {
    expect(outcomeOf({ ...blueCard, ...changed }, fullSettings)).toEqual(outcome);
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
        expect(outcomeOf({ ...blueCard, currentTitleType, request }, fullSettings)).toEqual({
          outcome: "information",
          reason: "settlement",
        });
      }
      expect(outcomeOf({ nationalities: ["IND"], currentTitleType, request: "card" }, fullSettings)).toEqual({
        outcome: "information",
        reason: "serviceNotOnline",
      });
    }
  });

  test("a service that the authority does not offer is not online", () => {
    expect(outcomeOf(blueCard, { ...fullSettings, services: [] })).toEqual({
      outcome: "information",
      reason: "serviceNotOnline",
    });
  });
});
