/** What a page needs to warn before its session ends. */
export type SessionInfo = {
  /** How long a session lasts without a request. */
  minutes: number;
  /** Takes a post that prolongs the session. */
  renewHref: string;
  /** Form token of this browser. */
  token: string;
  /** Where somebody goes who wants to stop here. */
  laterHref: string;
  endedHref: string;
};

export const MINUTE_MS = 60_000;

/** How long before its end a session asks whether somebody is still there. */
export const WARNING_MS = 5 * MINUTE_MS;

/** Whole minutes that are left, at least one. */
export function minutesLeft(until: number, now: number): number {
  return Math.max(1, Math.ceil((until - now) / MINUTE_MS));
}
