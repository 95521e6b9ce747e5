const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** After this many failed attempts a message is stuck: with the waits below, about a week. */
export const MAX_ATTEMPTS = 40;

/** Wait before the next attempt in milliseconds: doubles from two seconds to six hours, with up to a quarter of jitter. */
export function backoffMs(attempts: number, random: number): number {
  const plain = Math.min(2_000 * 2 ** Math.min(attempts, 20), 6 * HOUR);
  return Math.round(plain * (1 + random / 4));
}

/** Wait before asking again what became of a sent message: soon at first, every 15 minutes later. */
export function pollMs(sentForMs: number): number {
  return Math.min(Math.max(1_000, sentForMs / 4), 15 * MINUTE);
}
