import { describe, expect, test } from "vitest";
import { law } from "#flows/law/people.fixture.ts";
import { checkOf, factsWith, problemsOf } from "#flows/steps/pages.fixture.ts";
import { flight, latinName, originalName, refugeAddress } from "#flows/steps/refuge.ts";
import { entry } from "#flows/steps/stay.ts";
import { ukraineArrival, ukraineRight } from "#flows/steps/ukraine.ts";

describe("names without a paper in Latin letters", () => {
  test.each([
    [{}, { familyNameOriginal: "required" }],
    [{ givenNamesOriginal: "Олена" }, {}],
    [{ familyNameOriginal: "Тестенко" }, {}],
  ])("%o", (values, problems) => {
    expect(problemsOf(originalName, values)).toEqual(problems);
  });

  test("the Latin spelling has the rules of every name", () => {
    expect(problemsOf(latinName, { familyName: "Тестенко", givenNames: "Olena", nameChanged: false })).toEqual({
      familyName: "latinCyrillic",
    });
    expect(problemsOf(latinName, { familyName: "Testenko", noGivenNames: true, nameChanged: false })).toEqual({});
  });
});

test.each([
  [{ housingKind: "shelter" }, { coName: "required" }],
  [{ housingKind: "sharedFlat" }, { coName: "required" }],
  [{ housingKind: "shelter", coName: "Wohnheim" }, {}],
  [{ housingKind: "ownFlat" }, {}],
  [{ housingKind: "ownFlat", addressSince: "2026-11-22" }, { addressSince: "dateInFuture" }],
])("an address with %o: %o", (values, problems) => {
  expect(checkOf(refugeAddress, values)).toEqual(problems);
});

test("nobody calls the name on the letterbox voluntary that guests and shelters must give", () => {
  expect(refugeAddress.fields.coName).toMatchObject({ optional: true, isConditional: true });
});

test("the way from Ukraine is told in its order", () => {
  const place = { ukrainePlace: "Kharkiv" };
  const given = { dateOfBirth: "1991-04-11", entryDateCurrent: "2026-11-10" };
  expect(problemsOf(flight, { ...place, leftUkraineOn: "2026-11-08", enteredEuOn: "2026-11-09" }, given)).toEqual({});
  expect(problemsOf(flight, { ...place, leftUkraineOn: "2026" }, given)).toEqual({});
  expect(problemsOf(flight, { ...place, leftUkraineOn: "2026-11-11" }, given)).toEqual({ leftUkraineOn: "dateOrder" });
  expect(problemsOf(flight, { ...place, leftUkraineOn: "2026-11-08", enteredEuOn: "2026-11-07" }, given)).toEqual({
    enteredEuOn: "dateOrder",
  });
  expect(problemsOf(flight, { ...place, leftUkraineOn: "1990" }, given)).toEqual({ leftUkraineOn: "dateOrder" });
});

test.each([
  ["in Poland after the war began", { dateOfBirth: "2024-05-01", countryOfBirth: "POL" }, {}],
  ["in a year that leaves it open", { dateOfBirth: "2022", countryOfBirth: "POL" }, {}],
  [
    "in Ukraine",
    { dateOfBirth: "2024-05-01", countryOfBirth: "UKR" },
    { ukrainePlace: "required", leftUkraineOn: "required" },
  ],
  [
    "before the war",
    { dateOfBirth: "2022-02-23", countryOfBirth: "POL" },
    { ukrainePlace: "required", leftUkraineOn: "required" },
  ],
  ["at a time that nobody knows", { countryOfBirth: "POL" }, { ukrainePlace: "required", leftUkraineOn: "required" }],
])("a way from Ukraine is asked of whoever may have gone it: born %s", (_where, given, problems) => {
  expect(flight.check({}, { ...factsWith(given), law })).toEqual(problems);
});

test("family of somebody from Ukraine says whose, others are not asked", () => {
  expect(problemsOf(ukraineRight, { ukraineRight: "family" })).toEqual({ ukraineKinship: "required" });
  expect(problemsOf(ukraineRight, { ukraineRight: "protection" })).toEqual({});
});

describe("arrival", () => {
  const arrival = { arrivalRegistered: true, protectionElsewhere: ["none"] };

  test.each([
    ["self", { careOfMinor: "required" }],
    ["other", { careOfMinor: "required" }],
    ["child", {}],
    ["ward", {}],
  ])("who files as %s is asked about custody, or not", (applicantIs, problems) => {
    expect(problemsOf(ukraineArrival, arrival, { applicantIs })).toEqual(problems);
  });

  test.each([
    [["granted", "asylum"], { protectionState: "required" }],
    [["asylum"], {}],
    [["none"], {}],
  ])("%o", (protectionElsewhere, problems) => {
    expect(problemsOf(ukraineArrival, { ...arrival, protectionElsewhere }, { applicantIs: "child" })).toEqual(problems);
  });
});

test("who holds a title by § 24 AufenthG may have come after the date on it", () => {
  const came = { entryDateCurrent: "2026-11-10", entryFrom: "POL" };
  const given = { titleValidUntil: "2024-03-04" };
  expect(problemsOf(entry, came, given)).toEqual({ entryDateCurrent: "dateOrder" });
  expect(problemsOf(entry, came, { ...given, protectionTitle: "continuing" })).toEqual({});
});
