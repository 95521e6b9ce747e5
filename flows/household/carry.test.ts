import { describe, expect, test } from "vitest";
import { addressOf, carriedFor, relativesOf } from "#flows/household/carry.ts";
import { relations } from "#flows/household/relations.ts";
import { services } from "#flows/services/registry.ts";
import { triage } from "#flows/services/triage.ts";
import { housing, marriage, referencePerson } from "#flows/steps/reference.ts";

const address = {
  postalCode: "14467",
  place: "Potsdam",
  street: "Musterallee",
  houseNo: "1",
  addressSuffix: "3. Stock",
  coName: "Muster",
};
const home = { ...address, addressSince: "2026-10-20", registered: true, flatArea: 60, rooms: 3, rent: 90_000 };
const reach = { phone: "+49 30 23125001", email: "p1@example.org", preferredLanguage: "en", insuranceCompany: "AOK" };
const child = {
  id: "c1",
  relation: "child",
  relativeFamilyName: "MUSTERKAR",
  relativeGivenNames: "Mira",
  relativeBirthName: "KAR",
  relativeDateOfBirth: "2023",
  relativePlaceOfBirth: "Pune",
  relativeSex: "w",
  relativeNationality: "IND",
  relativeResidence: "germany",
  relativeSameAddress: true,
};
const husband = {
  ...child,
  id: "s1",
  relation: "spouse",
  relativeGivenNames: "Rohan",
  relativeResidence: "abroad",
  relativeSameAddress: undefined,
};
const mother = {
  ...home,
  ...reach,
  applicantIs: "self",
  nationalities: ["IND", "GBR"],
  currentTitleType: "nationalVisa",
  familyName: "MUSTERKAR",
  givenNames: "Anika",
  dateOfBirth: "1996-03-14",
  sex: "w",
  maritalStatus: "married",
  maritalStatusSince: "2022-05",
  marriageDate: "2022-05-01",
  marriagePlace: "Pune",
  marriageCountry: "IND",
  number: "X0000001",
  healthInsurance: "statutory",
  family: [husband, child],
};
const [, mira] = relativesOf(mother);
const reference = {
  referenceFamilyName: "MUSTERKAR",
  referenceGivenNames: "Anika",
  referenceDateOfBirth: "1996-03-14",
  referenceNationalities: ["IND", "GBR"],
};

test("relatives are offered from the list of every service, of family titles too", () => {
  const { family, ...rest } = mother;
  expect(relativesOf({ ...rest, furtherFamily: family })).toEqual(relativesOf(mother));
  expect(relativesOf({ ...rest, family: "nobody" })).toEqual([]);
});

describe("what is shared is proposed once", () => {
  test("a child gets home, its parent as who files, the reference person, and its own entry", () => {
    expect(carriedFor("child", mother, mira)).toEqual({
      ...home,
      ...reach,
      ...reference,
      referenceSameAddress: true,
      applicantIs: "child",
      representativeRole: "parent",
      representativeFamilyName: "MUSTERKAR",
      representativeGivenNames: "Anika",
      representativeDateOfBirth: "1996-03-14",
      representativePhone: reach.phone,
      familyName: "MUSTERKAR",
      givenNames: "Mira",
      birthName: "KAR",
      dateOfBirth: "2023",
      placeOfBirth: "Pune",
      sex: "w",
      nationalities: ["IND"],
    });
  });

  test("a child that nobody has named gets no name and no nationality", () => {
    const carried = carriedFor("child", mother);
    for (const name of ["familyName", "givenNames", "dateOfBirth", "nationalities", "sex"])
      expect(carried).not.toHaveProperty(name);
    expect(carried).toMatchObject({ ...home, applicantIs: "child" });
  });

  test("a husband abroad shares no address, and the marriage", () => {
    const carried = carriedFor("spouse", mother, relativesOf(mother)[0]);
    for (const name of Object.keys(home)) expect(carried).not.toHaveProperty(name);
    expect(carried).toMatchObject({
      ...reach,
      ...reference,
      referenceSameAddress: false,
      givenNames: "Rohan",
      maritalStatus: "married",
      maritalStatusSince: "2022-05",
      marriageDate: "2022-05-01",
    });
    expect(carried).not.toHaveProperty("applicantIs");
  });

  test.each([
    ["nobody but the person", "number"],
    ["nobody but the person", "currentTitleType"],
    ["only the company, not how one is insured", "healthInsurance"],
    ["nobody but the person", "family"],
  ])("%s: %s", (_why, field) => {
    for (const relation of relations) expect(carriedFor(relation, mother)).not.toHaveProperty(field);
  });

  test("a status that is not shared stays with the person", () => {
    expect(carriedFor("spouse", { ...mother, maritalStatus: "divorced" })).not.toHaveProperty("maritalStatus");
    expect(carriedFor("other", mother)).not.toHaveProperty("maritalStatus");
  });

  test("a partial birth date of a parent is not proposed where whole ones are asked", () => {
    const carried = carriedFor("child", { ...mother, dateOfBirth: "1996" });
    expect(carried).not.toHaveProperty("representativeDateOfBirth");
    expect(carried).toMatchObject({ referenceDateOfBirth: "1996" });
  });

  test.each([
    ["2008-11-21", false],
    ["2008-11-22", true],
    ["2008", true],
    ["2007", false],
  ])("a child born on %s has a parent who files for it: %s", (relativeDateOfBirth, isMinor) => {
    const [named] = relativesOf({ family: [{ ...child, relativeDateOfBirth }] });
    const carried = carriedFor("child", mother, named, "2026-11-21");
    expect("applicantIs" in carried).toBe(isMinor);
    expect("representativeFamilyName" in carried).toBe(isMinor);
    expect(carried).toMatchObject({ familyName: "MUSTERKAR", referenceGivenNames: "Anika" });
  });

  const represented = {
    ...home,
    applicantIs: "child",
    familyName: "MUSTERKAR",
    givenNames: "Mira",
    representativeRole: "parent",
    representativeFamilyName: "MUSTERKAR",
    representativeGivenNames: "Anika",
    representativeDateOfBirth: "1996-03-14",
  };

  test("brothers and sisters have who files in common, and a parent is who files for the child", () => {
    expect(carriedFor("sibling", represented)).toEqual({
      ...home,
      applicantIs: "child",
      representativeRole: "parent",
      representativeFamilyName: "MUSTERKAR",
      representativeGivenNames: "Anika",
      representativeDateOfBirth: "1996-03-14",
    });
    expect(carriedFor("parent", represented)).toMatchObject({
      givenNames: "Anika",
      dateOfBirth: "1996-03-14",
      referenceGivenNames: "Mira",
    });
    expect(carriedFor("sibling", mother)).not.toHaveProperty("applicantIs");
  });

  test("nothing comes from nothing", () => {
    expect(carriedFor("other", {})).toEqual({});
    expect(addressOf({})).toEqual({});
    expect(relativesOf({ family: "x" })).toEqual([]);
    expect(relativesOf({ family: [null, { id: "a", relation: "spouse" }, { relation: "child" }] })).toEqual([]);
  });
});

test("a family from Ukraine came together, and nobody else's way here is shared", () => {
  const way = { fledUkraine: true, entryDateCurrent: "2026-11-10", entryFrom: "POL", ukrainePlace: "Kharkiv" };
  const fled = { ...way, leftUkraineOn: "2026-11-08", protectionElsewhere: ["none"] };
  expect(carriedFor("spouse", fled)).toEqual({ ...way, leftUkraineOn: "2026-11-08", referenceSameAddress: true });
  expect(carriedFor("child", way)).not.toHaveProperty("entryDateCurrent");
});

test("a child that was born on the way has no part in what was before", () => {
  const flight = { leftUkraineOn: "2022-03", ukrainePlace: "Kharkiv", ukraineOblast: "Kharkivska oblast" };
  const first = {
    ...flight,
    fledUkraine: true,
    enteredEuOn: "2022-03-09",
    entryDateCurrent: "2026-11-10",
    entryFrom: "POL",
  };
  const carried = (relativeDateOfBirth: string) => {
    const [named] = relativesOf({ family: [{ ...child, relativeDateOfBirth }] });
    return carriedFor("child", first, named);
  };
  for (const name of [...Object.keys(flight), "enteredEuOn"]) {
    expect(carried("2024-05-01")).not.toHaveProperty(name);
    expect(carried("2022")).toHaveProperty(name);
    expect(carriedFor("child", first)).toHaveProperty(name);
  }
  expect(carried("2024-05-01")).toMatchObject({ fledUkraine: true, entryDateCurrent: "2026-11-10", entryFrom: "POL" });
  expect(carried("2026-11-11")).not.toHaveProperty("entryFrom");
});

test("an invitation shares the address and nothing else, and none that is blocked", () => {
  expect(addressOf(mother)).toEqual(address);
  expect(addressOf({ ...mother, addressBlocked: true })).toEqual({});
});

test("every proposal is for a field that some page asks", () => {
  const flows = [triage, ...Object.values(services).map(({ flow }) => flow)];
  const steps = flows.flatMap((flow) => Object.values(flow.steps));
  const asked = new Set([
    ...steps.flatMap((step) => (step.kind === "fields" ? Object.keys(step.fields) : [])),
    ...[housing, marriage, referencePerson].flatMap(({ fields }) => Object.keys(fields)),
  ]);
  const proposed = relations.flatMap((relation) =>
    Object.keys(carriedFor(relation, { ...mother, householdSize: 3 }, mira)),
  );
  expect(proposed.filter((name) => !asked.has(name))).toEqual([]);
});
