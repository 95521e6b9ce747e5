import { expect, test } from "vitest";
import { problemsOf } from "#flows/steps/pages.fixture.ts";
import { safeContact } from "#flows/steps/safety.ts";

test.each([
  [{ contactWay: "letterHome" }, {}],
  [{ contactWay: "officeOnly" }, {}],
  [{ contactWay: "letterElsewhere" }, { trustedAddress: "required" }],
  [{ contactWay: "letterElsewhere", trustedAddress: "Beratungsstelle Muster\nBeispielstraße 9" }, {}],
  [{ contactWay: "phoneTimes" }, { phone: "required", phoneTimes: "required" }],
  [{ contactWay: "phoneTimes", phone: "+49 30 231250", phoneTimes: "montags" }, {}],
])("%o gives %o", (values, problems) => {
  expect(problemsOf(safeContact, values)).toEqual(problems);
});

test("a phone number that is not to be used is dropped", () => {
  expect(problemsOf(safeContact, { contactWay: "officeOnly", phone: "no number at all" })).toEqual({});
});
