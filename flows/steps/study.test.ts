import { expect, test } from "vitest";
import { checkOf } from "#flows/steps/pages.fixture.ts";
import { studyCourse, studyLanguage } from "#flows/steps/study.ts";
import { completion } from "#flows/steps/search.ts";

test("studies end after they begin, and not before today", () => {
  expect(checkOf(studyCourse, { studyStart: "2024-10-01", studyEnd: "2026-11-21" })).toEqual({});
  expect(checkOf(studyCourse, { studyStart: "2024-10-01", studyEnd: "2026-11-20" })).toEqual({
    studyEnd: "dateInPast",
  });
  expect(checkOf(studyCourse, { studyStart: "2027-10-01", studyEnd: "2027-09-30" })).toEqual({ studyEnd: "dateOrder" });
});

test("nobody has a certificate of tomorrow or completed anything then", () => {
  const tomorrow = "2026-11-22";
  expect(checkOf(studyLanguage, { languageCertificateDate: tomorrow })).toEqual({
    languageCertificateDate: "dateInFuture",
  });
  expect(checkOf(completion, { completedOn: tomorrow })).toEqual({ completedOn: "dateInFuture" });
  expect(checkOf(completion, { completedOn: "2026-11-21" })).toEqual({});
});
