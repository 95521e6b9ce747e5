import { describe, expect, test } from "vitest";
import { workers } from "#flows/steps/workers.ts";
import { pointsStay } from "#flows/steps/opportunity.ts";
import { checkOf, problemsOf } from "#flows/steps/pages.fixture.ts";
import { researchFunding } from "#flows/steps/research.ts";
import { voluntaryService } from "#flows/steps/volunteering.ts";

describe("questions that only some are asked", () => {
  test("where a scholarship comes from is asked of those who have one", () => {
    const means = { monthlyMeans: 150_000, monthsCovered: 12 };
    expect(problemsOf(researchFunding, { ...means, incomeSources: ["savings"] })).toEqual({});
    expect(problemsOf(researchFunding, { ...means, incomeSources: ["scholarship"] })).toEqual({
      publicScholarship: "required",
    });
  });

  test.each([
    ["single", {}],
    ["married", { partnerApplies: "required" }],
    ["civilPartnership", { partnerApplies: "required" }],
  ])("whether the partner applies is a question for couples: %s", (maritalStatus, expected) => {
    expect(problemsOf(pointsStay, { lawfulHalfYear: false }, { maritalStatus })).toEqual(expected);
  });

  test("without a qualification nobody is asked whether it is recognised", () => {
    const { worker } = workers.item.steps;
    const one = {
      workerFamilyName: "PROBESTA",
      workerGivenNames: "Ines",
      workerDateOfBirth: "1994",
      workerNationality: "PHL",
      workerCountry: "PHL",
    };
    expect(problemsOf(worker, { ...one, workerQualification: "none" })).toEqual({});
    expect(problemsOf(worker, { ...one, workerQualification: "academic" })).toEqual({ workerRecognition: "required" });
    expect(checkOf(worker, { ...one, workerQualification: "none", workerDateOfBirth: "2030" })).toEqual({
      workerDateOfBirth: "dateInFuture",
    });
  });
});

test("a voluntary service has an end, which lies after its beginning and not in the past", () => {
  expect(checkOf(voluntaryService, { jobStart: "2026-12-01", jobEnd: "2027-11-30" })).toEqual({});
  expect(checkOf(voluntaryService, { jobStart: "2026-12-01", jobEnd: "2026-12-01" })).toEqual({ jobEnd: "dateOrder" });
  expect(checkOf(voluntaryService, { jobStart: "2025-01-01", jobEnd: "2025-12-31" })).toEqual({ jobEnd: "dateInPast" });
});
