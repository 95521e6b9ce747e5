import { expect, test } from "vitest";
import { checkOf } from "#flows/steps/pages.fixture.ts";
import { job } from "#flows/steps/work.ts";

test("a job may have begun, but neither ends before it begins nor ended already", () => {
  expect(checkOf(job, { jobStart: "2020-01-01" })).toEqual({});
  expect(checkOf(job, { jobStart: "2020-01-01", jobEnd: "2026-11-21" })).toEqual({});
  expect(checkOf(job, { jobStart: "2020-01-01", jobEnd: "2026-11-20" })).toEqual({ jobEnd: "dateInPast" });
  expect(checkOf(job, { jobStart: "2027-01-01", jobEnd: "2026-12-31" })).toEqual({ jobEnd: "dateOrder" });
});
