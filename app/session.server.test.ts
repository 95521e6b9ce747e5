import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { App } from "#app/context.server.ts";
import {
  endSessionCookie,
  forgetCookies,
  formToken,
  helpedOf,
  isFormToken,
  isSessionCookie,
  parseCookies,
  readSession,
  readVisit,
  SESSION_MINUTES,
  sessionCookie,
  sessionOfPost,
  type Session,
} from "#app/session.server.ts";
import { holderOf, memberSecret } from "#app/store/holder.server.ts";

/** As much of the application as sessions look at. */
function appAt(minutes: number, options: { key?: Uint8Array; publicUrl?: string } = {}): App {
  const { key = KEY, publicUrl = "http://127.0.0.1:3000" } = options;
  const now = () => new Date(START + minutes * 60_000);
  return { keys: { session: { kid: "s1", bytes: key } }, env: { publicUrl }, now } as unknown as App;
}

const START = Date.UTC(2026, 10, 21, 9);
const KEY = randomBytes(32);
const secret = randomBytes(16);
const app = appAt(0);
/** The cookies that a browser would send back after a `Set-Cookie`. */
const sentBack = (header: string) => parseCookies(header.split(";")[0] ?? "");

describe("session", () => {
  test("carries the access code for an hour after the last click", () => {
    const cookies = sentBack(sessionCookie(app, secret));
    expect(readSession(app, cookies)).toMatchObject({ state: "open", holder: holderOf(secret) });
    expect(readSession(appAt(SESSION_MINUTES), cookies).state).toBe("open");
    expect(readSession(appAt(SESSION_MINUTES + 1), cookies)).toEqual({ state: "ended" });
  });

  test("keeps the access code, and the member of its household who is at hand", () => {
    const session = readSession(app, sentBack(sessionCookie(app, secret, 2)));
    const own = memberSecret(secret, 2);
    expect(session).toMatchObject({ state: "open", code: secret, member: 2, secret: own, holder: holderOf(own) });
    expect(readSession(app, sentBack(sessionCookie(app, secret)))).toMatchObject({ code: secret, member: 0, secret });
  });

  test("remembers that somebody helps in this browser, and nothing else has it", () => {
    expect(helpedOf(readSession(app, sentBack(sessionCookie(app, secret, 1, 7))))).toBe(7);
    expect(helpedOf(readSession(app, sentBack(sessionCookie(app, secret, 1))))).toBeUndefined();
    expect(helpedOf({ state: "ended" })).toBeUndefined();
  });

  test("is forgotten with the visit, and a login of staff is not", () => {
    expect(forgetCookies(app).map((cookie) => cookie.split(";", 2).join(";"))).toEqual([
      "access=; Max-Age=0",
      "visit=; Max-Age=0",
    ]);
  });

  test("does not show the access code to whoever reads the cookie", () => {
    const value = decodeURIComponent(sessionCookie(app, secret).split(/[=;]/)[1] ?? "");
    const bytes = Buffer.from(value, "base64url");
    expect(bytes.includes(secret)).toBe(false);
    expect(bytes.includes(secret.toString("base64url"))).toBe(false);
  });

  test.each<[string, string]>([
    ["no cookie", ""],
    ["an empty one", "access="],
    ["an invented one", `access=${randomBytes(80).toString("base64url")}`],
    ["one that is no base64", "access=%%%%"],
    ["the plain code", `access=${secret.toString("base64url")}`],
    ["one of another service", sessionCookie(appAt(0, { key: randomBytes(32) }), secret)],
    ["a changed one", changed(sessionCookie(app, secret))],
    ["a shortened one", sessionCookie(app, secret).split(";")[0]?.slice(0, -3) ?? ""],
  ])("with %s nobody is known", (_name, header) => {
    expect(readSession(app, sentBack(header))).toEqual({ state: "none" });
  });

  test("ends when it is asked to", () => {
    expect(endSessionCookie(app)).toMatch(/^access=; Max-Age=0;/);
    expect(readSession(app, sentBack(endSessionCookie(app)))).toEqual({ state: "none" });
    expect(isSessionCookie(app, endSessionCookie(app))).toBe(true);
    expect(isSessionCookie(app, "accessory=1")).toBe(false);
  });

  test("is out of reach of scripts and other sites, on https also of other hosts", () => {
    expect(sessionCookie(app, secret)).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
    const https = appAt(0, { publicUrl: "https://aufenthalt.example.org" });
    expect(sessionCookie(https, secret)).toMatch(/^__Host-access=.*; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
    const plain = sessionCookie(app, secret).split(";")[0] ?? "";
    expect(readSession(https, parseCookies(plain))).toEqual({ state: "none" });
  });
});

describe("form token", () => {
  const nobody = { state: "none" } as const;
  const memberOf = (code: Uint8Array, member = 0) => readSession(app, sentBack(sessionCookie(app, code, member)));
  const visit = readVisit(app, new Map()).id;

  test("belongs to one visit of one service", () => {
    const asking = { app, visit, session: nobody };
    const token = formToken(app, visit, nobody);
    expect(isFormToken(asking, token)).toBe(true);
    expect(isFormToken({ ...asking, visit: readVisit(app, new Map()).id }, token)).toBe(false);
    expect(isFormToken({ ...asking, app: appAt(0, { key: randomBytes(32) }) }, token)).toBe(false);
    for (const forged of ["", ".", `${token}ä`, `${token}x`, token.slice(0, -1)]) {
      expect(isFormToken(asking, forged), forged).toBe(false);
    }
  });

  test("of a page with a person is theirs alone, one from before the session is anybody's", () => {
    const [mother, child] = [memberOf(secret), memberOf(secret, 1)];
    const token = formToken(app, visit, mother);
    expect(isFormToken({ app, visit, session: mother }, token)).toBe(true);
    expect(isFormToken({ app, visit, session: child }, token)).toBe(false);
    expect(isFormToken({ app, visit, session: memberOf(randomBytes(16)) }, token)).toBe(false);
    expect(isFormToken({ app, visit, session: child }, formToken(app, visit, nobody))).toBe(true);
    expect(isFormToken({ app, visit, session: { state: "ended" } }, token)).toBe(true);
    expect(isFormToken({ app, visit, session: child }, token.replace(/\..*$/, "."))).toBe(false);
  });

  test("leads a post to the person of its page, whoever is at hand", () => {
    const [mother, child] = [memberOf(secret), memberOf(secret, 1)];
    const post = (session: Session, of: Session) => sessionOfPost({ app, visit, session }, formToken(app, visit, of));
    expect(post(child, mother)).toEqual(mother);
    expect(post(mother, child)).toEqual(child);
    expect(post(child, child)).toEqual(child);
    expect(post(child, nobody)).toEqual(mother);
    expect(post(nobody, mother)).toEqual(nobody);
    expect(post(memberOf(randomBytes(16)), mother)).toEqual({ state: "ended" });
    expect(sessionOfPost({ app, visit, session: child }, "forged")).toEqual(child);
  });

  test("a visit goes on with its cookie and begins anew with a strange one", () => {
    const first = readVisit(app, new Map());
    expect(readVisit(app, sentBack(first.cookie ?? ""))).toEqual({ id: first.id, cookie: undefined });
    expect(readVisit(app, new Map([["visit", "x".repeat(500)]])).cookie).toBeDefined();
  });
});

test("cookies are read by name, whatever else the header holds", () => {
  const cookies = parseCookies("a=1; b=x=y;; =z; c");
  expect([...cookies]).toEqual([
    ["a", "1"],
    ["b", "x=y"],
    ["c", ""],
  ]);
  expect([...parseCookies(null)]).toEqual([]);
});

function changed(header: string): string {
  const [name = "", value = ""] = (header.split(";")[0] ?? "").split("=");
  const bytes = Buffer.from(value, "base64url");
  bytes[20] = (bytes[20] ?? 0) ^ 1;
  return `${name}=${bytes.toString("base64url")}`;
}
