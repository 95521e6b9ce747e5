import { createHmac } from "node:crypto";
import { z } from "zod";
import type { StaffRules } from "#app/config/staff.ts";
import type { App } from "#app/context.server.ts";
import type { StaffEnv } from "#app/env.server.ts";
import { homeOf } from "#app/staff/paths.ts";
import { endPendingCookie, pendingCookie, readPending } from "#app/staff/pending.server.ts";
import { begin, complete, logoutUrl, type Claims, type LoginFailure } from "#app/staff/provider.server.ts";
import { staffCookie } from "#app/staff/session.server.ts";
import { rightsOf } from "#app/staff/staff.ts";
import { derive } from "#app/store/seal.server.ts";

/** A login service and the rules who may do what, both of which pages for staff need. */
export type StaffService = { env: StaffEnv; rules: StaffRules };

/** The login service of this deployment, if staff log in here at all. */
export function staffServiceOf({ env, config }: Pick<App, "env" | "config">): StaffService | undefined {
  return env.staff && config.staff ? { env: env.staff, rules: config.staff } : undefined;
}

/** A step of the login: where the browser goes next with which cookies, or why it cannot. */
export type LoginStep =
  { ok: true; to: string; cookies: string[] } | { ok: false; code: LoginFailure; cookies: string[] };

const addressOf = (app: App, path: string): string => `${app.env.publicUrl}${path}`;

/** Begins a login that leads back to `to`, or to the first page of whoever it turns out to be. */
export async function beginLogin(app: App, { env }: StaffService, to: string | undefined): Promise<LoginStep> {
  const begun = await begin(env, addressOf(app, "/staff/callback"));
  if (!begun.ok) return refused(app, begun.code, []);
  const { url, pending } = begun.value;
  return { ok: true, to: url.href, cookies: [pendingCookie(app, { ...pending, to })] };
}

/**
 * Ends a login with the answer of the login service. `search`: the query of the address that it came to. An answer is
 * looked at once, whatever comes of it; the session is always a new one.
 */
export async function finishLogin(
  app: App,
  { env, rules }: StaffService,
  cookies: ReadonlyMap<string, string>,
  search: string,
): Promise<LoginStep> {
  const used = [endPendingCookie(app)];
  const pending = readPending(app, cookies);
  if (!pending) return refused(app, "notStarted", used);
  const answer = await complete(env, pending, new URL(addressOf(app, `/staff/callback${search}`)));
  if (!answer.ok) return refused(app, answer.code, used);
  const now = app.now().getTime();
  const login = { subject: subjectOf(app, env, answer.value), values: valuesOf(rules, answer.value) };
  const session = staffCookie(app, { ...login, issued: now, seen: now });
  const home = homeOf(rightsOf(rules, login.values)) ?? "/staff/denied";
  const to = login.values.length === 0 ? home : (pending.to ?? home);
  return { ok: true, to, cookies: [...used, session] };
}

/** Where to log out of the login service as well; it leads back here. */
export function providerLogout(app: App, { env }: StaffService): Promise<URL | undefined> {
  return logoutUrl(env, addressOf(app, "/staff/logout"));
}

function refused(app: App, code: LoginFailure, cookies: string[]): LoginStep {
  app.log.warn({ code }, "staff login");
  return { ok: false, code, cookies };
}

/** Stands for the person in the audit: the same for every login, and nobody without the key can tell whose. */
function subjectOf({ keys }: App, { issuer }: StaffEnv, { sub }: Claims): string {
  const mac = createHmac("sha256", derive(keys.index.bytes, "staff subject"));
  return mac.update(`${issuer} ${sub}`).digest("base64url").slice(0, 22);
}

const groups = z.union([z.string().transform((value) => [value]), z.array(z.string())]).catch([]);

/** The values that have a rule; the others are none of this service's business and are not kept. */
function valuesOf({ claim, rules }: StaffRules, claims: Claims): string[] {
  const given = groups.parse(claims[claim]);
  return rules.map(({ value }) => value).filter((value) => given.includes(value));
}
