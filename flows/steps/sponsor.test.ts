import { expect, test } from "vitest";
import { checkOf, problemsOf } from "#flows/steps/pages.fixture.ts";
import { otherParent, referenceTitle, sharedLife } from "#flows/steps/sponsor.ts";

test.each([
  [{ otherParentResidence: "abroad" }, {}],
  [{ otherParentResidence: "diedOrUnknown" }, {}],
  [{ otherParentResidence: "sameHome" }, { otherParentTitle: "required" }],
  [{ otherParentResidence: "elsewhereInGermany", otherParentTitle: "citizen" }, {}],
])("the other parent with %o gives %o", (values, problems) => {
  expect(problemsOf(otherParent, values)).toEqual(problems);
});

test("the end of a title that has none is not asked", () => {
  const given = { referenceTitleValidUntil: "not a date" };
  expect(problemsOf(referenceTitle, { ...given, referenceTitle: "settlement" })).toEqual({});
  expect(problemsOf(referenceTitle, { ...given, referenceTitle: "blueCard" })).toEqual({
    referenceTitleValidUntil: "date",
  });
});

test.each([
  ["2020-09-01", "2026-03-15", {}],
  ["2020-09-01", "2020-08-31", { sharedLifeTo: "dateOrder" }],
  ["2018-01-01", "2019-10-04", { sharedLifeTo: "dateOrder" }],
  ["2020-09-01", "2026-11-22", { sharedLifeTo: "dateInFuture" }],
])("a shared life from %s to %s after a marriage in 2019 gives %o", (sharedLifeFrom, sharedLifeTo, problems) => {
  expect(checkOf(sharedLife, { sharedLifeFrom, sharedLifeTo }, { marriageDate: "2019-10-05" })).toEqual(problems);
});
