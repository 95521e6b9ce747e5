import { createHmac } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { isLoopbackHost } from "./config.ts";
import { delayOf, type Faults } from "./faults.ts";
import type { CallbackTarget, Submission } from "./model.ts";
import { pass, refuse, type Outcome } from "./problems.ts";

const TYPE_PREFIX = "https://schema.fitko.de/fit-connect/submission-api/callbacks/";
const TIMEOUT_MS = 3000;
const STALE_SECONDS = 600;

/** What a callback announces. */
export type CallbackKind = "new-submissions" | "new-events";

/** Wakes clients by HTTP; a lost callback is nobody's error, since receivers also poll. */
export interface Callbacks {
  /** True when the receiver answered 2xx. */
  send(target: CallbackTarget, kind: CallbackKind, about: Submission): Promise<boolean>;
}

/** Callbacks by the given clock; faults can forge, age, delay, double or lose them, `stopping` ends those under way. */
export function createCallbacks(options: { faults: Faults; now: () => Date; stopping: AbortSignal }): Callbacks {
  const { faults, now, stopping } = options;
  const post = async (target: CallbackTarget, timestamp: string, secret: string, body: string) => {
    const answer = await fetch(target.url, {
      method: "POST",
      body,
      redirect: "manual",
      signal: AbortSignal.any([stopping, AbortSignal.timeout(TIMEOUT_MS)]),
      headers: {
        "Content-Type": "application/json",
        "User-Agent": "Zustelldienst (SIMULATOR)",
        "callback-timestamp": timestamp,
        "callback-authentication": authenticate(secret, timestamp, body),
      },
    });
    await answer.body?.cancel();
    return answer.ok;
  };

  return {
    send: async (target, kind, about) => {
      if (faults.take("lost-callback")) return false;
      const { destinationId, submissionId, caseId } = about;
      const body = JSON.stringify({
        type: TYPE_PREFIX + kind,
        submissionIds: [submissionId],
        submissions: [{ destinationId, submissionId, caseId }],
        ...(kind === "new-events" ? { caseIds: [caseId] } : {}),
      });
      const age = faults.take("stale-callback") ? STALE_SECONDS : 0;
      const timestamp = String(Math.floor(now().getTime() / 1000) - age);
      const secret = faults.take("forged-callback") ? "forged" : target.secret;
      const late = faults.take("late-callback");
      const copies = faults.take("duplicate-callback") ? 2 : 1;
      try {
        if (late) await pause(delayOf(late), undefined, { signal: stopping });
        const copy = () => post(target, timestamp, secret, body);
        const taken = await Promise.all(Array.from({ length: copies }, copy));
        return taken.every(Boolean);
      } catch {
        return false;
      }
    },
  };
}

/** Lower-case hex HMAC-SHA512 over `timestamp.body`. */
export function authenticate(secret: string, timestamp: string, body: string): string {
  return createHmac("sha512", secret).update(`${timestamp}.${body}`).digest("hex");
}

/** A simulator calls back on this machine only, never a real host. */
export function checkCallbackTarget(target: CallbackTarget | null | undefined): Outcome<true> {
  if (!target) return pass(true);
  const url = URL.parse(target.url);
  const allowed = url && ["http:", "https:"].includes(url.protocol) && isLoopbackHost(url.hostname);
  return allowed ? pass(true) : refuse("callback-invalid", "the simulator calls back loopback addresses only");
}
