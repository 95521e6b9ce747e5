import { z } from "zod";
import type { App } from "#app/context.server.ts";
import { cookieAttributes, cookieName, sessionKey } from "#app/session.server.ts";
import { sealJson, unsealJson } from "#app/store/seal.server.ts";

/** A login ends after eight hours, whatever happens, and after half an hour without a click. */
export const STAFF_HOURS = 8;
export const STAFF_IDLE_MINUTES = 30;

const NAME = "staff";
const PURPOSE = "staff session";
const MINUTE_MS = 60_000;

const content = z.object({
  subject: z.string(),
  /** Values of the login that have a rule; what they allow is looked up anew with every request. */
  values: z.array(z.string()),
  issued: z.number(),
  seen: z.number(),
});

/** What the sealed cookie of a login holds. Moments in milliseconds. */
export type StaffLogin = z.infer<typeof content>;

/** Nobody, somebody whose login is over, or a login. */
export type StaffSession = { state: "none" } | { state: "ended" } | { state: "open"; login: StaffLogin };

/** The login in the cookies, however old. A forged cookie, or one of another purpose, counts as none. */
export function lastStaffLogin(app: App, cookies: ReadonlyMap<string, string>): StaffLogin | undefined {
  const value = cookies.get(cookieName(app, NAME));
  if (!value) return undefined;
  try {
    return content.parse(unsealJson(sessionKey(app, PURPOSE), PURPOSE, Buffer.from(value, "base64url")));
  } catch {
    return undefined;
  }
}

/** Reads the login from the cookies. */
export function readStaffSession(app: App, cookies: ReadonlyMap<string, string>): StaffSession {
  const login = lastStaffLogin(app, cookies);
  if (!login) return { state: "none" };
  const now = app.now().getTime();
  const isOld = now - login.issued > STAFF_HOURS * 60 * MINUTE_MS || now - login.seen > STAFF_IDLE_MINUTES * MINUTE_MS;
  return isOld ? { state: "ended" } : { state: "open", login };
}

/** The `Set-Cookie` value of a login. */
export function staffCookie(app: App, login: StaffLogin): string {
  const sealed = Buffer.from(sealJson(sessionKey(app, PURPOSE), PURPOSE, login)).toString("base64url");
  return `${cookieName(app, NAME)}=${sealed}; ${cookieAttributes(app)}`;
}

/** The `Set-Cookie` value that ends a login. */
export function endStaffCookie(app: App): string {
  return `${cookieName(app, NAME)}=; Max-Age=0; ${cookieAttributes(app)}`;
}

/** The `Set-Cookie` value that notes a click, once a minute; the eight hours are never prolonged. */
export function prolongedStaffCookie(app: App, session: StaffSession, response: Response): string | undefined {
  if (session.state !== "open" || app.now().getTime() - session.login.seen < MINUTE_MS) return undefined;
  const isSet = response.headers.getSetCookie().some((value) => value.startsWith(`${cookieName(app, NAME)}=`));
  return isSet ? undefined : staffCookie(app, { ...session.login, seen: app.now().getTime() });
}
