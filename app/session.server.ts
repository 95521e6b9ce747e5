import { createHmac, createSecretKey, randomBytes, timingSafeEqual, type KeyObject } from "node:crypto";
import { z } from "zod";
import type { App } from "#app/context.server.ts";
import { holderOf, memberSecret, MOST_MEMBERS, type Holder } from "#app/store/holder.server.ts";
import { derive, sealJson, unsealJson } from "#app/store/seal.server.ts";

/** A session without a click ends after this time; the draft stays, the access code opens it again. */
export const SESSION_MINUTES = 60;

/**
 * The holder of an access code `code`. `secret` and `holder` are those of the member of the household who is at hand: 0 is the
 * person of the code itself.
 */
export type OpenSession = {
  state: "open";
  code: Uint8Array;
  member: number;
  secret: Uint8Array;
  holder: Holder;
  until: Date;
  /** Somebody helps in this browser, which then keeps nothing and hands nothing out: id of the `helped` row it began with. */
  helped?: number | undefined;
};

/** Who asks: nobody known, somebody whose session ended, or the holder of an access code. */
export type Session = { state: "none" } | { state: "ended" } | OpenSession;

const content = z.object({
  secret: z.string(),
  until: z.number(),
  member: z.int().min(0).lt(MOST_MEMBERS).default(0),
  helped: z.int().optional(),
});

/** Browsers accept the `__Host-` prefix on https only; a demo on http://127.0.0.1 has names without it. */
export function cookieName(app: App, name: string): string {
  return isHttps(app) ? `__Host-${name}` : name;
}

function isHttps(app: App): boolean {
  return app.env.publicUrl.startsWith("https:");
}

/** What every cookie of the service says about itself. */
export function cookieAttributes(app: App): string {
  return `Path=/; HttpOnly; SameSite=Lax${isHttps(app) ? "; Secure" : ""}`;
}

const derivedKeys = new WeakMap<Uint8Array, Map<string, KeyObject>>();

/** The key of one purpose, derived once from the session key: every request needs some. */
export function sessionKey({ keys }: App, purpose: string): KeyObject {
  const derived = derivedKeys.get(keys.session.bytes) ?? new Map<string, KeyObject>();
  const key = derived.get(purpose) ?? createSecretKey(derive(keys.session.bytes, purpose));
  derivedKeys.set(keys.session.bytes, derived.set(purpose, key));
  return key;
}

/** Reads the access code from the cookie header. A forged or foreign cookie counts as none. */
export function readSession(app: App, cookies: ReadonlyMap<string, string>): Session {
  const value = cookies.get(cookieName(app, "access"));
  if (!value) return { state: "none" };
  try {
    const { secret, until, member, helped } = content.parse(
      unsealJson(sessionKey(app, "session cookie"), "session", Buffer.from(value, "base64url")),
    );
    if (until < app.now().getTime()) return { state: "ended" };
    return openedFor({ code: Buffer.from(secret, "base64url"), until: new Date(until), helped }, member);
  } catch {
    return { state: "none" };
  }
}

function openedFor(
  { code, until, helped }: Pick<OpenSession, "code" | "until" | "helped">,
  member: number,
): OpenSession {
  const secret = memberSecret(code, member);
  return { state: "open", code, member, secret, holder: holderOf(secret), until, helped };
}

/** The row of the help that a session began with; undefined on a device of one's own. */
export function helpedOf(session: Session): number | undefined {
  return session.state === "open" ? session.helped : undefined;
}

/**
 * The `Set-Cookie` value that opens or prolongs a session for an access code, with a member of its household at hand.
 * `helped`: somebody helps in this browser.
 */
export function sessionCookie(app: App, code: Uint8Array, member = 0, helped?: number): string {
  const until = app.now().getTime() + SESSION_MINUTES * 60_000;
  const sealed = sealJson(sessionKey(app, "session cookie"), "session", {
    secret: Buffer.from(code).toString("base64url"),
    until,
    member,
    helped,
  });
  return `${cookieName(app, "access")}=${Buffer.from(sealed).toString("base64url")}; ${cookieAttributes(app)}`;
}

/** True once a minute of a session has passed: until then a click does not need to prolong it again. */
export function isWorthRenewing(app: App, until: Date): boolean {
  return until.getTime() - app.now().getTime() < (SESSION_MINUTES - 1) * 60_000;
}

/** The `Set-Cookie` value that ends the session. */
export function endSessionCookie(app: App): string {
  return `${cookieName(app, "access")}=; Max-Age=0; ${cookieAttributes(app)}`;
}

/**
 * The value of `Clear-Site-Data` by which a browser drops what it kept of our pages. Cookies are ended one by one: a login of staff
 * stays.
 */
export const CLEAR_SITE_DATA = '"cache", "storage"';

/** The `Set-Cookie` values by which a browser forgets the applicant whole: session and visit. A login of staff stays. */
export function forgetCookies(app: App): string[] {
  return [endSessionCookie(app), `${cookieName(app, "visit")}=; Max-Age=0; ${cookieAttributes(app)}`];
}

/** True for a `Set-Cookie` value of the session. */
export function isSessionCookie(app: App, value: string): boolean {
  return value.startsWith(`${cookieName(app, "access")}=`);
}

/** The visit of a browser: a random value in a cookie that form tokens are bound to. */
export type Visit = { id: string; cookie: string | undefined };

/** Reads the visit cookie, or begins a visit with the `Set-Cookie` value to send. */
export function readVisit(app: App, cookies: ReadonlyMap<string, string>): Visit {
  const name = cookieName(app, "visit");
  const known = cookies.get(name);
  if (known && /^[\w-]{22}$/.test(known)) return { id: known, cookie: undefined };
  const id = randomBytes(16).toString("base64url");
  return { id, cookie: `${name}=${id}; ${cookieAttributes(app)}` };
}

/**
 * Marks what a browser shows or keeps as belonging to one visit and one draft; says nothing of either, and opens nothing.
 */
export function unsentOwner(app: App, visit: string, draft: string): string {
  const mac = createHmac("sha256", sessionKey(app, "unsent input"));
  return mac.update(`${visit} ${draft}`).digest("base64url").slice(0, 16);
}

/**
 * The form token of a visit: only pages of this service can show it. Behind a dot it says to whom the page belongs, so that
 * a post never lands with somebody else who came to hand in another tab; nothing there for a page without a session.
 */
export function formToken(app: App, visit: string, session: Session): string {
  const owner = session.state === "open" ? unsentOwner(app, visit, session.holder.id) : "";
  return tokenFor(app, visit, owner);
}

function tokenFor(app: App, visit: string, owner: string): string {
  const mac = createHmac("sha256", sessionKey(app, "form token"));
  return `${mac.update(`${visit} ${owner}`).digest("base64url")}.${owner}`;
}

/** Whose page a posted token comes from; `undefined` if it is none of this visit. */
function ownerIn(app: App, visit: string, token: string): string | undefined {
  const owner = token.slice(token.indexOf(".") + 1);
  const expected = Buffer.from(tokenFor(app, visit, owner));
  const given = Buffer.from(token);
  return expected.length === given.length && timingSafeEqual(expected, given) ? owner : undefined;
}

/** True if the posted token belongs to the visit and to nobody but the person at hand. */
export function isFormToken({ app, visit, session }: Asking, token: string): boolean {
  const owner = ownerIn(app, visit, token);
  if (owner === undefined || owner === "" || session.state !== "open") return owner !== undefined;
  return owner === unsentOwner(app, visit, session.holder.id);
}

/** Who asks, from which visit. */
export type Asking = { app: App; visit: string; session: Session };

/**
 * The session that a post belongs to: its page may show another person than the one who came to hand meanwhile in another
 * tab. A page from before the session is that of who began it. A page of another access code has no session any more.
 */
export function sessionOfPost({ app, visit, session }: Asking, token: string): Session {
  const owner = ownerIn(app, visit, token);
  if (session.state !== "open" || owner === undefined) return session;
  if (owner === "") return openedFor(session, 0);
  // One after the other: deriving the keys of all members takes some tenths of a millisecond.
  for (const member of [session.member, ...Array.from({ length: MOST_MEMBERS }, (_, index) => index)]) {
    const opened = openedFor(session, member);
    if (owner === unsentOwner(app, visit, opened.holder.id)) return opened;
  }
  return { state: "ended" };
}

/** Cookies of a request by name. */
export function parseCookies(header: string | null): ReadonlyMap<string, string> {
  const pairs = (header ?? "").split(";").map((part) => part.trim().split("="));
  return new Map(pairs.flatMap(([name, ...rest]) => (name ? [[name, rest.join("=")] as const] : [])));
}
