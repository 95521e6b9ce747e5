const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** After this many failed attempts a message is stuck: with the waits below, about a week. */
export const MAX_ATTEMPTS = 40;

/** A message that could not be sent for so long is stuck, however often it was tried. */
export const MAX_AGE_MS = 8 * DAY;

/** After this many failures in a row a receiver is left alone (circuit breaker). */
export const FAILURES_TO_OPEN = 5;

/** Wait before the next attempt in milliseconds: doubles from two seconds to six hours, with up to a quarter of jitter. */
export function backoffMs(attempts: number, random: number): number {
  const plain = Math.min(2_000 * 2 ** Math.min(attempts, 20), 6 * HOUR);
  return Math.round(plain * (1 + random / 4));
}

/** Wait before asking again what became of a sent message: soon at first, every 15 minutes later. */
export function pollMs(sentForMs: number): number {
  return Math.min(Math.max(1_000, sentForMs / 4), 15 * MINUTE);
}

/**
 * Wait before one message may try a receiver again whose circuit is open, by the probes that failed already: doubles from 30
 * seconds to 15 minutes, shortened by up to a quarter so that circuits opened at once do not stay in step.
 */
export function probeMs(failedProbes: number, random: number): number {
  const plain = Math.min(40_000 * 2 ** Math.min(failedProbes, 20), 15 * MINUTE);
  return Math.round(plain * (1 - random / 4));
}
