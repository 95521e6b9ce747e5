import { expect, test } from "vitest";
import { law, lawWithout } from "#flows/law/people.fixture.ts";
import { temporaryProtection } from "#flows/services/protection/H-24.ts";
import { factsWith } from "#flows/steps/pages.fixture.ts";

const { arrows, guards } = temporaryProtection.flow;

/** The page after the looks of somebody. */
function pageAfter(answers: object, rows = law): string | undefined {
  const facts = { ...factsWith({ ...answers }), law: rows, today: "2026-11-21" };
  return arrows["appearance"]?.find(({ guard }) => guard === undefined || guards[guard]?.(facts))?.target;
}

test.each([
  ["2018-03-17", "identityPaper"],
  ["2010-11-22", "identityPaper"],
  ["2010-11-21", "maritalStatus"],
  ["2010", "maritalStatus"],
  ["1991-04-11", "maritalStatus"],
])("only who can be married is asked for a marital status: born on %s, %s", (dateOfBirth, page) => {
  expect(pageAfter({ dateOfBirth })).toBe(page);
});

test("without birth date, or without the age in the law, everybody is asked", () => {
  expect(pageAfter({ dateOfBirthUnknown: true })).toBe("maritalStatus");
  expect(pageAfter({ dateOfBirth: "2018-03-17" }, lawWithout("age.marriage"))).toBe("maritalStatus");
});
