import { afterAll, beforeAll, expect, test } from "vitest";
import type { StaffRole } from "#app/config/staff.ts";
import { readPersona } from "#tests/support/persona.ts";
import { plainBrowser, type PlainBrowser } from "#tests/support/plainBrowser.ts";
import { walkTo } from "#tests/support/plainJourney.ts";
import { PAGES } from "#tests/support/routeTable.ts";
import { startStack, type Stack } from "#tests/support/service.ts";
import { logInAs, staffIds, type StaffPerson } from "#tests/support/staffLogin.ts";

const office = Object.values(PAGES).filter(({ who }) => who === "staff");

let stack: Stack;
const stranger = () => plainBrowser(stack.url);

beforeAll(async () => {
  stack = await startStack({ identity: true });
}, 120_000);
afterAll(async () => {
  await stack?.stop();
}, 60_000);

/** Everybody of the demo who works somewhere, and somebody who does not. */
const persons = Object.keys(staffIds) as StaffPerson[];
const roleOf: Readonly<Record<StaffPerson, StaffRole | undefined>> = {
  operator: "operator",
  administrator: "administrator",
  lead: "lead",
  clerk: "clerk",
  clerkOfBarnim: "clerk",
  helper: "helper",
  nobody: undefined,
};
const browsers = new Map<StaffPerson, PlainBrowser>();

beforeAll(async () => {
  for (const person of persons) browsers.set(person, (await logInAs(stack, person)).browser);
}, 120_000);

test.each(office)("$at leads a stranger to the login and tells nothing", async ({ at, strangerTo }) => {
  const to = strangerTo ?? `/staff/login?${new URLSearchParams({ to: at }).toString()}`;
  const response = await stranger().send(at);
  expect([response.status, response.headers.get("location"), await response.text()]).toEqual([302, to, ""]);
  expect(await (await stranger().send(`${at}.data`)).text()).not.toMatch(/potsdam|barnim/i);
  const choice = await stranger().open(at);
  expect(choice.url.origin).toBe(stack.identity);
});

test.each(office)(
  "$at refuses a post of a stranger, and one without the token of the browser",
  async ({ at, roles }) => {
    expect(
      (await stranger().send(at, { method: "POST", body: new URLSearchParams({ csrf: "x" }) })).status,
    ).toBeGreaterThan(299);
    const insider = persons.find((person) => roles?.some((role) => role === roleOf[person]));
    const browser = (insider && browsers.get(insider)) ?? expect.fail();
    expect([403, 405]).toContain(
      (await browser.send(at, { method: "POST", body: new URLSearchParams({ csrf: "x" }) })).status,
    );
  },
);

test.each(office)("$at opens for $roles and for no other role", async ({ at, roles = [] }) => {
  for (const [person, browser] of browsers) {
    const { status, url, headers } = await browser.open(at);
    const role = roleOf[person];
    const isDenied = url.pathname === "/staff/denied";
    expect([person, isDenied]).toEqual([person, role === undefined || !roles.includes(role)]);
    if (isDenied) expect(status).toBe(403);
    else expect([url.origin, url.pathname.split("/")[1], status < 500]).toEqual([stack.url, at.split("/")[1], true]);
    expect(headers.get("cache-control")).toBe("no-store");
  }
});

test("the login of staff opens nothing of an applicant, nor the code of an applicant anything of staff", async () => {
  const operator = browsers.get("operator") ?? expect.fail();
  expect(operator.cookies.has("access")).toBe(false);
  expect((await operator.open("/de/potsdam/receipt")).url.pathname).toBe("/de/status");
  const applicant = (await walkTo(stack.url, readPersona("p1", "de"), "name")).browser;
  const mixed = plainBrowser(stack.url);
  mixed.cookies.set("access", operator.cookies.get("staff") ?? "");
  mixed.cookies.set("staff", applicant.cookies.get("access") ?? "");
  expect((await mixed.open("/de/potsdam/receipt")).url.pathname).toBe("/de/status");
  expect((await mixed.open("/operator")).url.origin).toBe(stack.identity);
});

test("whoever logs out is out here and at the login service, and is asked again", async () => {
  const { browser } = await logInAs(stack, "administrator");
  const before = new Map(browser.cookies);
  const out = await browser.submit(await browser.open("/staff/logout"));
  expect([out.url.pathname, browser.cookies.has("staff")]).toEqual(["/staff/logout", false]);
  const next = /^0; url=(.+)$/.exec(out.headers.get("refresh") ?? "")?.[1] ?? expect.fail("leads nowhere");
  expect([new URL(next).origin, next.includes("id_token")]).toEqual([stack.identity, false]);
  const question = await browser.open(next);
  const done = await browser.submit(question, { press: ["logout", "yes"] }, { origin: stack.identity });
  expect([done.url.origin, done.url.pathname, done.headers.get("refresh")]).toEqual([stack.url, "/staff/logout", null]);
  expect((await browser.open("/operator")).text).toContain("Als wen anmelden?");
  expect(before.get("staff")).toMatch(/^[\w-]+$/);
});

/** Where somebody without access to the pages of the operator comes, and where that page leads. */
async function wayFromDenied(person: StaffPerson) {
  const { url, document } = (await browsers.get(person)?.open("/operator")) ?? expect.fail();
  return [url.pathname, document.querySelector("main .kern-btn--primary")?.getAttribute("href")];
}

test("whoever has no access to a page is led to their own, if there is one", async () => {
  expect(await wayFromDenied("helper")).toEqual(["/staff/denied", "/helper"]);
  expect(await wayFromDenied("clerk")).toEqual(["/staff/denied", undefined]);
});

test("a login that nobody began is refused with a page that says why", async () => {
  const page = await stranger().open("/staff/callback?code=x&state=y");
  expect(page.status).toBe(403);
  expect(page.text).toContain("notStarted");
  expect(page.document.querySelector("html")?.getAttribute("lang")).toBe("de");
});
