import { describe, expect, test } from "vitest";
import { homeOf, isStaffPath, loginPath, pageAddress, safeReturn } from "#app/staff/paths.ts";

describe("where a login leads back to", () => {
  test.each([
    "/operator",
    "/operator/messages?state=stuck&page=2",
    "/operator/messages/0b1c2d3e-1111-4222-8333-444455556666",
    "/desk/cases",
    "/staff",
  ])("%s is a page of staff", (path) => {
    expect(safeReturn(path)).toBe(path);
  });

  test.each([
    null,
    "",
    "/",
    "/de/status",
    "//evil.example/operator",
    "https://evil.example/operator",
    "/\\evil.example",
    "/operator/../de",
    "/operator/..",
    "/operator//evil.example",
    "/operatoren",
    "/operator#x",
    "/operator\r\nset-cookie: a=b",
    "/operator?to=//evil.example",
    "/staff/login",
    "/staff/callback?code=1",
    "/staff/logout",
    "/staff/denied",
  ])("%s is not", (path) => {
    expect(safeReturn(path)).toBeUndefined();
  });

  test("the address of the login carries it, and none leads to the login alone", () => {
    expect(loginPath("/operator?state=stuck")).toBe("/staff/login?to=%2Foperator%3Fstate%3Dstuck");
    expect(loginPath(undefined)).toBe("/staff/login");
  });
});

test.each([
  [["operator"], "/operator"],
  [["helper"], "/helper"],
  [["clerk", "helper"], "/helper"],
  [["helper", "administrator"], "/operator"],
  [["clerk"], undefined],
  [[], undefined],
] as const)("whoever is %j begins at %s", (roles, home) => {
  expect(homeOf(roles.map((role) => ({ role })))).toBe(home);
});

const asked = (path: string) => pageAddress(new Request(`http://127.0.0.1${path}`));

test("data of a page are asked for on behalf of the page", () => {
  expect(asked("/operator.data?state=stuck&_routes=x")).toBe("/operator?state=stuck");
  expect(asked("/operator")).toBe("/operator");
});

test.each([
  ["/operator", true],
  ["/operator.data", true],
  ["/operator/messages.data", true],
  ["/staff/login", true],
  ["/desk", true],
  ["/de/potsdam", false],
  ["/operators", false],
  ["/", false],
])("%s is a page of staff: %s", (path, isOne) => {
  expect(isStaffPath(path)).toBe(isOne);
});
