import { describe, expect, test } from "vitest";
import { foldedName } from "./fold.ts";
import { marksOf } from "./marks.ts";

describe("names that sound the same fold to the same", () => {
  test.each([
    ["Oleksandr", "Aleksandr", "Alexander", "ALEKSANDER"],
    ["Serhii", "Sergei", "Sergey", "Serhiy", "Sergej"],
    ["Yuliia", "Julia", "Iuliia", "Yulia"],
    ["Shevchenko", "Schewtschenko", "Ševčenko"],
    ["Khrystyna", "Hristina"],
    ["Volodymyr", "Wolodymyr", "Volodimir"],
    ["Müller", "Mueller"],
    ["Anna-Maria", "Anna Maria"],
    ["D’Angelo", "D'Angelo", "D Angelo", "DANGELO"],
    ["Mar’iana", "Mariana", "Marʼyana", "Marjana"],
    ["Solov'iov", "Soloviov", "Solovʹjov"],
  ])("%s and %s", (first, ...others) => {
    for (const other of others) expect(foldedName(other)).toBe(foldedName(first));
  });

  test.each([
    ["Maksym", "Mykyta"],
    ["Shevchenko", "Kovalenko"],
    ["Daryna", "Andrii"],
    ["Ivan", "Stepan"],
  ])("%s and %s stay different", (one, other) => {
    expect(foldedName(one)).not.toBe(foldedName(other));
  });
});

const olena = {
  familyName: "Testenko",
  givenNames: "Olena Mykhailivna",
  dateOfBirth: "1991-04-11",
  number: "X0000091",
  issuingState: "UKR",
};

describe("what tells a person", () => {
  test("is the paper, and the name with the day of birth", () => {
    expect(marksOf(olena).map(({ kind }) => kind)).toEqual(["document", "person"]);
    const typedElsewhere = { ...olena, givenNames: "Elena", number: "x 0000-091" };
    expect(marksOf(typedElsewhere)).toEqual(marksOf(olena));
  });

  test.each([
    [{ dateOfBirth: "1991" }, ["document"]],
    [{ dateOfBirth: undefined }, ["document"]],
    [{ number: undefined }, ["person"]],
    [{ issuingState: undefined }, ["person"]],
    [{ number: "12" }, ["person"]],
    [{ familyName: undefined, givenNames: undefined }, ["document"]],
  ])("without %j is only %j", (without, kinds) => {
    expect(marksOf({ ...olena, ...without }).map(({ kind }) => kind)).toEqual(kinds);
  });

  test.each([
    ["swapped", { familyName: "Olena", givenNames: "Testenko" }],
    ["swapped with the patronymic", { familyName: "Olena Mykhailivna", givenNames: "Testenko" }],
    ["with a double family name", { familyName: "Testenko-Petrenko" }],
  ])("names %s tell the same person", (_, names) => {
    expect(marksOf({ ...olena, ...names })).toEqual(marksOf(olena));
  });

  test("two people of one day of birth who share one name are two", () => {
    const twin = { ...olena, givenNames: "Daryna", number: "X0000092" };
    expect(marksOf(twin)).not.toContainEqual(marksOf(olena)[1]);
  });

  test("a name that is missing does not hide the other one", () => {
    expect(marksOf({ ...olena, familyName: undefined }).map(({ kind }) => kind)).toContain("person");
  });
});
