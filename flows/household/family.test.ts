import { expect, test } from "vitest";
import { carriedEntry, familyFor } from "#flows/household/family.ts";
import { relations } from "#flows/household/relations.ts";
import { originsOf } from "#flows/provenance/proposals.ts";

const child = {
  relation: "child",
  relativeFamilyName: "TESTENKO",
  relativeGivenNames: "Daryna",
  relativeDateOfBirth: "2011-06-05",
  relativeSameAddress: true,
};
const mother = {
  familyName: "TESTENKO",
  givenNames: "Olena",
  dateOfBirth: "1991-04-11",
  sex: "w",
  nationalities: ["UKR", "POL"],
  family: [
    {
      id: "a",
      relation: "spouse",
      relativeGivenNames: "Andrij",
      relativeDateOfBirth: "1990",
      relativeSameAddress: true,
    },
    { id: "b", ...child },
  ],
};
const spouse = {
  relation: "spouse",
  relativeFamilyName: "TESTENKO",
  relativeGivenNames: "Olena",
  relativeDateOfBirth: "1991-04-11",
  relativeSex: "w",
  relativeNationality: "UKR",
  relativeResidence: "germany",
  relativeSameAddress: true,
};

test("the husband's list has his wife and the children that she named, without her own ids", () => {
  expect(familyFor("spouse", mother)).toEqual({ family: [spouse, child] });
});

test("of others, and of somebody without a list, nothing follows", () => {
  for (const relation of relations.filter((one) => one !== "spouse")) expect(familyFor(relation, mother)).toEqual({});
  expect(familyFor("spouse", { ...mother, family: [] })).toEqual({});
  expect(familyFor("spouse", {})).toEqual({});
});

test("each new entry is proposed the next person who is not entered yet, a begun one its own", () => {
  const carried = familyFor("spouse", mother);
  const [first, second] = [{ id: "x", ...spouse }, { id: "y" }];
  const entry = (family: object[], item: Record<string, unknown>) => carriedEntry("family", { family }, carried, item);
  expect(entry([], { id: "x" })).toEqual(spouse);
  expect(entry([first], second)).toEqual(child);
  expect(entry([first, { ...second, ...child }], { id: "z" })).toBeUndefined();
  expect(entry([first], { id: "x", relativeGivenNames: "Olena", relativeDateOfBirth: "1991-04-11" })).toEqual(spouse);
  expect(entry([], { id: "x", relativeGivenNames: "Vera" })).toBeUndefined();
});

test("a list of further relatives is carried over like any other, without the person whom the title depends on", () => {
  const { family, ...rest } = mother;
  const carried = familyFor("spouse", { ...rest, furtherFamily: family });
  expect(carried).toEqual(familyFor("spouse", mother));
  const joining = { referenceGivenNames: "Olena", referenceDateOfBirth: "1991-04-11" };
  const others = { referenceGivenNames: "Vera", referenceDateOfBirth: "1960" };
  expect(carriedEntry("furtherFamily", joining, carried, { id: "x" })).toEqual(child);
  expect(carriedEntry("furtherFamily", others, carried, { id: "x" })).toEqual(spouse);
  expect(carriedEntry("family", joining, carried, { id: "x" })).toEqual(spouse);
  const originOf = originsOf({ ...joining, furtherFamily: [{ id: "x", ...child }] }, carried, "2026-11-21");
  expect(["furtherFamily/relation", "guests/relation"].map(originOf)).toEqual(["carriedOver", "typed"]);
});

test("a field counts as carried over if it is so in each entry", () => {
  const carried = familyFor("spouse", mother);
  const family = [
    { id: "x", ...spouse },
    { id: "y", ...child, relativeFamilyName: "Testenko" },
  ];
  const originOf = originsOf({ family }, carried, "2026-11-21");
  expect(["family/relation", "family/relativeFamilyName", "family/relativeSex"].map(originOf)).toEqual([
    "carriedOver",
    "typed",
    "carriedOver",
  ]);
  expect(originsOf({ family }, {}, "2026-11-21")("family/relation")).toBe("typed");
});
