import { describe, expect, test } from "vitest";
import { legalBasisFor } from "#flows/law/legalBasis.ts";
import { law, lawWithout, person, today } from "#flows/law/people.fixture.ts";
import type { Situation } from "#flows/law/situation.ts";
import type { TrainingSituation } from "#flows/law/situations/training.ts";

type More = Partial<Situation>;
const basisOf = (service: string, training: TrainingSituation, more: More = {}, rows = law) =>
  legalBasisFor(person("P4", { service, request: "first", training, ...more }), rows, today);
const means = (monthlyCents: number, savingsCents = 0) => ({ means: { monthlyCents, savingsCents } });

describe("vocational training (§ 16a AufenthG)", () => {
  const apprentice = { place: "company", isRegistered: true, isGermanChecked: true, monthlyPayCents: 95_900 } as const;

  test("company and school have their paragraphs", () => {
    expect(basisOf("A-16a", apprentice)).toEqual({
      basis: "§ 16a Abs. 1 AufenthG",
      certainty: "likely",
      findings: [],
    });
    expect(basisOf("A-16a", { ...apprentice, place: "school" }).basis).toBe("§ 16a Abs. 2 AufenthG");
    expect(basisOf("A-16a", {})).toEqual({ basis: "§ 16a AufenthG", certainty: "unclear", findings: [] });
  });

  test("B1 counts unless somebody tested or teaches the German, and not in an extension", () => {
    const unchecked = { ...apprentice, isGermanChecked: false, germanLevel: "a2" } as const;
    expect(basisOf("A-16a", unchecked)).toMatchObject({ certainty: "unclear", findings: ["germanBelowB1"] });
    expect(basisOf("A-16a", { ...unchecked, germanLevel: "b1" }).findings).toEqual([]);
    expect(basisOf("A-16a", { ...unchecked, isGermanChecked: true }).findings).toEqual([]);
    expect(basisOf("A-16a", unchecked, { request: "extension" }).findings).toEqual([]);
  });

  test("other means count only where the pay is too little", () => {
    const low = { ...apprentice, monthlyPayCents: 95_899 };
    expect(basisOf("A-16a", low, means(95_899)).findings).toEqual(["meansBelowNeed"]);
    expect(basisOf("A-16a", low, means(95_900)).findings).toEqual([]);
    expect(basisOf("A-16a", apprentice, means(0)).findings).toEqual([]);
    expect(basisOf("A-16a", low).findings).toEqual([]);
    expect(basisOf("A-16a", low, means(0), lawWithout("living.training")).findings).toEqual([]);
  });

  test("a company's contract belongs on the chamber's list, a school has none", () => {
    expect(basisOf("A-16a", { ...apprentice, isRegistered: false }).findings).toEqual(["contractUnregistered"]);
    expect(basisOf("A-16a", { ...apprentice, place: "school", isRegistered: false }).findings).toEqual([]);
  });
});

describe("recognition (§ 16d AufenthG)", () => {
  const plan = { start: "2026-12-01", germanLevel: "a2", hasDeficitNotice: true } as const;

  test.each([
    ["measure", 1, "2029-11-30", "2029-12-01"],
    ["partnership", 3, "2029-11-30", "2029-12-01"],
    ["agreement", 4, "2029-11-30", "2029-12-01"],
    ["analysis", 6, "2027-05-31", "2027-06-01"],
  ] as const)("%s rests on paragraph %i and has its longest time", (path, paragraph, longest, tooLong) => {
    expect(basisOf("A-16d", { ...plan, path, end: longest })).toEqual({
      basis: `§ 16d Abs. ${paragraph} AufenthG`,
      certainty: "likely",
      findings: [],
    });
    expect(basisOf("A-16d", { ...plan, path, end: tooLong }).findings).toEqual(["planTooLong"]);
  });

  test("measure and exam build on the notice of what is missing, the other ways do not", () => {
    const without = { ...plan, hasDeficitNotice: false };
    expect(basisOf("A-16d", { ...without, path: "measure" }).findings).toEqual(["deficitNoticeMissing"]);
    expect(basisOf("A-16d", { ...without, path: "exam" })).toMatchObject({
      basis: "§ 16d Abs. 5 AufenthG",
      findings: ["deficitNoticeMissing"],
    });
    expect(basisOf("A-16d", { ...without, path: "partnership" }).findings).toEqual([]);
    expect(basisOf("A-16d", { ...without, path: "analysis" }).findings).toEqual([]);
  });

  test("German at A2 and means for each month", () => {
    expect(basisOf("A-16d", { ...plan, path: "exam", germanLevel: "a1" }).findings).toEqual(["germanBelowA2"]);
    expect(basisOf("A-16d", { ...plan, path: "exam" }, means(109_119)).findings).toEqual(["meansBelowNeed"]);
    expect(basisOf("A-16d", { ...plan, path: "exam" }, means(0, 1_309_440)).findings).toEqual([]);
    expect(basisOf("A-16d", {})).toMatchObject({ basis: "§ 16d AufenthG", certainty: "unclear" });
  });
});

describe("language course and school (§ 16f AufenthG)", () => {
  test.each<[TrainingSituation, string, string[]]>([
    [{ stay: "languageCourse", courseHours: 18 }, "§ 16f Abs. 1 AufenthG", []],
    [{ stay: "languageCourse", courseHours: 17 }, "§ 16f Abs. 1 AufenthG", ["courseHoursLow"]],
    [{ stay: "exchange", grade: 5 }, "§ 16f Abs. 1 AufenthG", []],
    [{ stay: "school", grade: 9 }, "§ 16f Abs. 2 AufenthG", []],
    [{ stay: "school", grade: 8 }, "§ 16f Abs. 2 AufenthG", ["schoolGradeLow"]],
    [{}, "§ 16f AufenthG", []],
  ])("%o", (training, basis, findings) => {
    expect(basisOf("A-16f", training)).toMatchObject({ basis, findings });
  });

  test("the monthly need is that of a course; for school no amount is known", () => {
    expect(basisOf("A-16f", { stay: "languageCourse" }, means(109_119)).findings).toEqual(["meansBelowNeed"]);
    expect(basisOf("A-16f", { stay: "school" }, means(0)).findings).toEqual([]);
  });
});

test("training of tolerated people starts from a Duldung (§ 16g AufenthG)", () => {
  const duldung = { title: { kind: "duldung", validUntil: "2027-02-10" } } as const;
  expect(basisOf("A-16g", { place: "company", isRegistered: true }, duldung)).toEqual({
    basis: "§ 16g Abs. 1 AufenthG",
    certainty: "likely",
    findings: [],
  });
  expect(basisOf("A-16g", { place: "company", isRegistered: false }).findings).toEqual([
    "tolerationNeeded",
    "contractUnregistered",
  ]);
  expect(basisOf("A-16g", {}, { request: "extension" }).findings).toEqual([]);
});

describe("search for a place (§ 17 AufenthG)", () => {
  const seeker = { seeking: "training", germanLevel: "b1", hasUniversityAccess: true } as const;

  test("always says that the search ends", () => {
    expect(basisOf("A-17", seeker)).toEqual({
      basis: "§ 17 Abs. 1 AufenthG",
      certainty: "likely",
      findings: ["placeSearchLimited"],
    });
    expect(basisOf("A-17", { ...seeker, seeking: "study" }).basis).toBe("§ 17 Abs. 2 AufenthG");
    expect(basisOf("A-17", {})).toMatchObject({ basis: "§ 17 AufenthG", certainty: "unclear" });
  });

  test("age and German count for training alone, the certificate for both", () => {
    const older = { birth: "1991-11-21" };
    expect(basisOf("A-17", seeker, older)).toMatchObject({
      certainty: "unclear",
      findings: ["searchAge", "placeSearchLimited"],
    });
    expect(basisOf("A-17", seeker, { birth: "1991-11-22" }).findings).toEqual(["placeSearchLimited"]);
    expect(basisOf("A-17", seeker, { birth: "1991" }).findings).toEqual(["placeSearchLimited"]);
    const study = { ...seeker, seeking: "study", germanLevel: "none" } as const;
    expect(basisOf("A-17", study, older).findings).toEqual(["placeSearchLimited"]);
    expect(basisOf("A-17", { ...study, hasUniversityAccess: false }).findings).toContain("universityAccessMissing");
  });
});
