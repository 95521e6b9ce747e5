import { createHmac, createSecretKey, randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { isIP, isIPv6 } from "node:net";
import { data } from "@remix-run/node";
import type { Env } from "#app/env.server.ts";
import type { RequestContext } from "#app/http.server.ts";

/**
 * What one address may do only so often: begin a draft, begin an upload, try an access code, check a reference, compare a
 * name with a receipt, call about a message that was sent.
 * `receipt` counts the names compared with one receipt, whoever asks.
 */
export type LimitedAct = "draft" | "upload" | "code" | "verify" | "holder" | "receipt" | "callback";

/** Counts by caller, in the memory of this process. */
export type Limits = {
  /** A name for the address of a request that cannot be turned back into it, and is another one tomorrow. */
  callerOf: (request: IncomingMessage) => string;
  /** Counts one act of a caller (for `receipt`: on a reference). False if there were too many within the window. */
  take: (act: LimitedAct, caller: string) => boolean;
  /** Takes back the count of an act that was right after all: a hall full of people who type their own codes guesses nothing. */
  giveBack: (act: LimitedAct, caller: string) => void;
};

/** Length of a window in seconds: who was refused may try again after it at the latest. */
export const WINDOW_SECONDS = 600;

const PRODUCTION: Readonly<Record<LimitedAct, number>> = {
  draft: 60,
  upload: 300,
  code: 30,
  verify: 60,
  holder: 20,
  receipt: 10,
  // All messages of all authorities are called about from one address.
  callback: 6_000,
};
// Tests and rehearsals come from one address.
const MANY = 10_000;
const DEMO: typeof PRODUCTION = { ...PRODUCTION, draft: MANY, upload: MANY, code: MANY, verify: MANY, holder: MANY };
// About 10 MB. Beyond it the oldest window is forgotten, so many addresses cannot fill the memory.
const MOST_WINDOWS = 50_000;

type Settings = {
  env: Pick<Env, "mode" | "trustedProxyHops">;
  now: () => Date;
  most?: number;
};

const newSalt = (day: string) => ({ day, key: createSecretKey(randomBytes(32)) });

/** Makes the counters of a process. Windows are fixed: one begins with the first act and ends ten minutes later. */
export function createLimits({ env, now, most = MOST_WINDOWS }: Settings): Limits {
  const allowed = env.mode === "production" ? PRODUCTION : DEMO;
  const windows = new Map<string, { count: number; until: number }>();
  let salt = newSalt("");
  return {
    callerOf: (request) => {
      const day = now().toISOString().slice(0, 10);
      if (salt.day !== day) salt = newSalt(day);
      const address = networkOf(addressOf(request, env.trustedProxyHops));
      return createHmac("sha256", salt.key).update(address).digest("base64url");
    },
    take: (act, caller) => {
      const key = `${act} ${caller}`;
      const time = now().getTime();
      const open = windows.get(key);
      if (open && open.until > time) {
        open.count += 1;
        return open.count <= allowed[act];
      }
      // Deleted first: the map keeps the order of insertion, so the oldest window stays in front.
      windows.delete(key);
      windows.set(key, { count: 1, until: time + WINDOW_SECONDS * 1000 });
      forget(windows, time, most);
      return true;
    },
    giveBack: (act, caller) => {
      const open = windows.get(`${act} ${caller}`);
      if (open && open.count > 0) open.count -= 1;
    },
  };
}

/** Removes windows that are over, and the oldest ones beyond the bound. */
function forget(windows: Map<string, { until: number }>, time: number, most: number): void {
  for (const [key, { until }] of windows) {
    if (until > time && windows.size <= most) return;
    windows.delete(key);
  }
}

/**
 * The caller's address: the socket's, or behind trusted proxies the entry of `X-Forwarded-For` that the outermost of them
 * wrote. Entries further left come from the caller, who may write anything there.
 */
function addressOf({ headers, socket }: IncomingMessage, hops: number): string {
  const direct = socket.remoteAddress ?? "";
  if (hops === 0) return direct;
  const entries = [headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
  const written = (entries.at(-hops) ?? entries[0] ?? "").trim();
  const bare = /^\[(.+)\](?::\d+)?$/.exec(written)?.[1] ?? written.replace(/^([\d.]+):\d+$/, "$1");
  return isIP(bare) ? bare : direct;
}

/** The part of an address that stands for one connection: an IPv6 caller has at least 2^64 addresses (RFC 6177). */
function networkOf(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [head = "", tail] = address.replace(/%.*$/, "").toLowerCase().split("::");
  const [left = [], right = []] = [head, tail ?? ""].map((text) => (text === "" ? [] : text.split(":")));
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  const network = [...left, ...zeros, ...right].slice(0, 4);
  return network.map((group) => group.padStart(4, "0")).join(":");
}

/** Counts one act of this request's caller. @throws a 429 that the error page explains, when there were too many */
export function refuseBeyondLimit({ app, caller }: Pick<RequestContext, "app" | "caller">, act: LimitedAct): void {
  if (!app.limits.take(act, caller)) throw data(null, { status: 429 });
}
