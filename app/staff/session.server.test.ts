import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import { sessionCookie } from "#app/session.server.ts";
import { cookiesOf, locationOf, staffTestApp, visitOf, type StaffTestApp } from "#app/staff/login.testing.ts";
import { isHelperBrowser, requireStaff } from "#app/staff/require.server.ts";
import { prolongedStaffCookie, readStaffSession, staffCookie } from "#app/staff/session.server.ts";

const MINUTE = 60_000;
let made: StaffTestApp;
let app: App;

beforeAll(async () => {
  made = await staffTestApp();
  app = made.app;
});
beforeEach(() => {
  made.clock.now = Date.now();
});
afterAll(() => made.remove());

const login = () => ({ subject: "s", values: ["rechenzentrum-betrieb"], issued: made.clock.now, seen: made.clock.now });
const jar = (line: string) => cookiesOf([line]);

test("the session of staff ends half an hour after the last click and eight hours after the login, whatever is clicked", () => {
  const cookies = jar(staffCookie(app, login()));
  made.clock.now += 30 * MINUTE;
  expect(readStaffSession(app, cookies).state).toBe("open");
  made.clock.now += 1;
  expect(readStaffSession(app, cookies).state).toBe("ended");
  const busy = jar(staffCookie(app, { ...login(), issued: made.clock.now - 8 * 60 * MINUTE - 1 }));
  expect(readStaffSession(app, busy).state).toBe("ended");
  expect(locationOf(() => requireStaff({ app, staff: visitOf(app, busy) }, "operator"))).toBe(
    "/staff/login?to=%2Foperator",
  );
});

test("the session of staff is prolonged by a click once a minute, and never beyond the eight hours", () => {
  const session = readStaffSession(app, jar(staffCookie(app, login())));
  expect(prolongedStaffCookie(app, session, new Response())).toBeUndefined();
  const { issued } = login();
  made.clock.now += MINUTE;
  const line = prolongedStaffCookie(app, session, new Response()) ?? expect.fail("not prolonged");
  expect(readStaffSession(app, jar(line))).toMatchObject({ login: { issued, seen: made.clock.now } });
  const ending = new Response(null, { headers: { "set-cookie": "staff=; Max-Age=0" } });
  expect(prolongedStaffCookie(app, session, ending)).toBeUndefined();
});

test("the session of staff is no session of an applicant, nor the other way round, and nobody can make one up", () => {
  const value = jar(sessionCookie(app, new Uint8Array(16))).get("access") ?? "";
  expect(readStaffSession(app, new Map([["staff", value]])).state).toBe("none");
  expect(readStaffSession(app, new Map([["staff", "AAAA"]])).state).toBe("none");
});

test("the session of staff is a cookie that scripts and other sites do not get, on https for this host alone", () => {
  expect(staffCookie(app, login())).toMatch(/^staff=[\w-]+; Path=\/; HttpOnly; SameSite=Lax$/);
  const live = { ...app, env: { ...app.env, publicUrl: "https://aufenthalt.example" } };
  expect(staffCookie(live, login())).toMatch(/^__Host-staff=[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
});

test("the session of staff loses a right with the rule that gave it", () => {
  const cookies = jar(staffCookie(app, login()));
  expect(requireStaff({ app, staff: visitOf(app, cookies) }, "operator").role).toBe("operator");
  const later = { ...app, config: { ...app.config, staff: { claim: "groups", rules: [] } } };
  expect(locationOf(() => requireStaff({ app: later, staff: visitOf(app, cookies) }, "operator"))).toBe(
    "/staff/denied",
  );
});

test("the browser of a helper is known on every page, also once the login is over; that of other staff is not one", () => {
  const helper = jar(staffCookie(app, { ...login(), values: ["beratung-potsdam"] }));
  expect(isHelperBrowser(app, helper)).toBe(true);
  made.clock.now += 9 * 60 * MINUTE;
  expect([isHelperBrowser(app, helper), readStaffSession(app, helper).state]).toEqual([true, "ended"]);
  expect(isHelperBrowser(app, jar(staffCookie(app, login())))).toBe(false);
  expect(isHelperBrowser(app, new Map([["staff", "AAAA"]]))).toBe(false);
  expect(isHelperBrowser({ ...app, env: { ...app.env, staff: undefined } }, helper)).toBe(false);
});

test("the session of staff is not read outside of the pages of staff, and where staff do not log in there are none", () => {
  const cookies = jar(staffCookie(app, login()));
  expect(visitOf(app, cookies, "/de/potsdam").session.state).toBe("none");
  const off = { ...app, env: { ...app.env, staff: undefined } };
  expect(locationOf(() => requireStaff({ app: off, staff: visitOf(app, cookies) }, "operator"))).toBe(404);
});
