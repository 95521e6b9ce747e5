import { z } from "zod";
import type { App } from "#app/context.server.ts";
import { cookieAttributes, cookieName, sessionKey } from "#app/session.server.ts";
import { sealJson, unsealJson } from "#app/store/seal.server.ts";

/** Who has gone to the login service has this long to come back. */
const PENDING_MINUTES = 10;

const NAME = "staff-login";
const PURPOSE = "staff login";

const content = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** None where no page led to the login. */
  to: z.string().optional(),
  until: z.number(),
});

/** A login that this browser began: what the answer must fit (OpenID Connect Core 3.1.2, RFC 7636), and the way back. */
export type PendingLogin = Omit<z.infer<typeof content>, "until">;

/** Reads the login that this browser began, if it did and has not taken too long. */
export function readPending(app: App, cookies: ReadonlyMap<string, string>): PendingLogin | undefined {
  const value = cookies.get(cookieName(app, NAME));
  if (!value) return undefined;
  try {
    const opened = unsealJson(sessionKey(app, PURPOSE), PURPOSE, Buffer.from(value, "base64url"));
    const { until, ...pending } = content.parse(opened);
    return until < app.now().getTime() ? undefined : pending;
  } catch {
    return undefined;
  }
}

/** The `Set-Cookie` value that remembers a login that has begun. */
export function pendingCookie(app: App, pending: PendingLogin): string {
  const until = app.now().getTime() + PENDING_MINUTES * 60_000;
  const sealed = Buffer.from(sealJson(sessionKey(app, PURPOSE), PURPOSE, { ...pending, until })).toString("base64url");
  return `${cookieName(app, NAME)}=${sealed}; Max-Age=${PENDING_MINUTES * 60}; ${cookieAttributes(app)}`;
}

/** The `Set-Cookie` value that forgets it: every answer is looked at once. */
export function endPendingCookie(app: App): string {
  return `${cookieName(app, NAME)}=; Max-Age=0; ${cookieAttributes(app)}`;
}
