import { data, redirect } from "@remix-run/node";
import type { StaffRole } from "#app/config/staff.ts";
import type { App } from "#app/context.server.ts";
import { staffServiceOf } from "#app/staff/login.server.ts";
import { isStaffPath, loginPath, pageAddress, safeReturn } from "#app/staff/paths.ts";
import { lastStaffLogin, readStaffSession, type StaffSession } from "#app/staff/session.server.ts";
import { rightIn, rightsOf, type Staff } from "#app/staff/staff.ts";

/** What a request says about staff; read on their pages only. */
export type StaffVisit = {
  session: StaffSession;
  /** Where the login leads back to. */
  back: string | undefined;
};

/** Reads the login of a request for a page of staff; anywhere else nobody is logged in. */
export function staffVisit(app: App, cookies: ReadonlyMap<string, string>, request: Request): StaffVisit {
  if (!isStaffPath(new URL(request.url).pathname)) return { session: { state: "none" }, back: undefined };
  return { session: readStaffSession(app, cookies), back: safeReturn(pageAddress(request)) };
}

/**
 * True in the browser of a helper until they log out, also once the login is over: whoever applies there is at somebody else's
 * place. It opens nothing.
 */
export function isHelperBrowser(app: App, cookies: ReadonlyMap<string, string>): boolean {
  const service = staffServiceOf(app);
  const login = lastStaffLogin(app, cookies);
  if (!service || !login) return false;
  return rightIn({ roles: rightsOf(service.rules, login.values) }, ["helper"]) !== undefined;
}

/** Whoever is logged in, with the rights that the rules of today give; `undefined` if nobody is. */
export function staffOf(app: App, { session }: StaffVisit): Staff | undefined {
  const service = staffServiceOf(app);
  if (!service || session.state !== "open") return undefined;
  return { subject: session.login.subject, roles: rightsOf(service.rules, session.login.values) };
}

/**
 * Lets in whoever has one of the roles and says in which one they act: the first of `wanted` that they have.
 * @throws 404 where staff do not log in, a redirect to the login for strangers, to the denied page for everybody else
 */
export function requireStaff(
  { app, staff: visit }: { app: App; staff: StaffVisit },
  ...wanted: readonly StaffRole[]
): { staff: Staff; role: StaffRole } {
  if (!staffServiceOf(app)) throw data(null, { status: 404 });
  const staff = staffOf(app, visit);
  if (!staff) throw redirect(loginPath(visit.back));
  const right = rightIn(staff, wanted);
  if (!right) throw redirect("/staff/denied");
  return { staff, role: right.role };
}
