import { expect, test } from "vitest";
import { checkOf, problemsOf } from "#flows/steps/pages.fixture.ts";
import { bamfDecision, school, tolerated, unbrokenStay } from "#flows/steps/protection.ts";

test.each([
  [{ schoolState: "graduate" }, {}],
  [{ schoolState: "pupil" }, { schoolSince: "required" }],
  [{ schoolState: "pupil", schoolSince: "2023-09" }, {}],
  [{ schoolState: "pupil", schoolSince: "2027" }, { schoolSince: "dateInFuture" }],
  [{ schoolState: "neither", schoolSince: "2027" }, {}],
])("school with %o gives %o", (values, problems) => {
  expect(problemsOf(school, values)).toEqual(problems);
});

test("dates lie in the past and in their order", () => {
  expect(checkOf(bamfDecision, { decisionDate: "2026-11-22" })).toEqual({ decisionDate: "dateInFuture" });
  expect(checkOf(unbrokenStay, { stayingSince: "2005-01-01" }, { dateOfBirth: "2006" })).toEqual({
    stayingSince: "dateOrder",
  });
  expect(checkOf(tolerated, { toleratedSince: "2020-01-01" }, { stayingSince: "2021-01-01" })).toEqual({
    toleratedSince: "dateOrder",
  });
});
