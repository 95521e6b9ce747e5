import { expect, test } from "vitest";
import type { StaffRules } from "#app/config/staff.ts";
import { rightIn, rightsOf } from "#app/staff/staff.ts";

const rules: StaffRules = {
  claim: "groups",
  rules: [
    { value: "a", role: "clerk", authorities: ["potsdam"] },
    { value: "b", role: "clerk", authorities: ["potsdam", "barnim"] },
    { value: "c", role: "lead", authorities: ["potsdam"] },
    { value: "d", role: "clerk", authorities: "all" },
  ],
};

test("rights of several groups add up for each role", () => {
  expect(rightsOf(rules, ["a", "b", "c"])).toEqual([
    { role: "clerk", authorities: ["potsdam", "barnim"] },
    { role: "lead", authorities: ["potsdam"] },
  ]);
  expect(rightsOf(rules, ["a", "d"])).toEqual([{ role: "clerk", authorities: "all" }]);
});

test("groups without a rule give nothing", () => {
  expect(rightsOf(rules, ["canteen", "A"])).toEqual([]);
  expect(rightsOf(rules, [])).toEqual([]);
});

test("somebody with several roles acts in the one that a page asks for first", () => {
  const roles = rightsOf(rules, ["a", "c"]);
  expect(rightIn({ roles }, ["lead", "clerk"])?.role).toBe("lead");
  expect(rightIn({ roles }, ["operator", "clerk"])?.role).toBe("clerk");
  expect(rightIn({ roles }, ["operator"])).toBeUndefined();
});
