const DAY_MS = 86_400_000;

/** Days before the end of a title from which on a delay is dangerous (architecture 7). */
const URGENT_DAYS = 7;

/** A title that lasts longer than this will not end while its application is on the way. */
const FAR_DAYS = 21;

/**
 * From when on a delay of the application can cost the person its effect on the stay (§ 81 Abs. 3 and 4 AufenthG): at once if
 * the deadline has passed or is at most seven days away, later if it is at most three weeks away; null if it is farther or
 * there is none.
 * @param days whole days left on the day of filing, negative after the deadline
 */
export function urgentFrom({ days }: { days?: number | undefined }, filedAt: Date): Date | null {
  if (days === undefined || days > FAR_DAYS) return null;
  return new Date(filedAt.getTime() + Math.max(0, days - URGENT_DAYS) * DAY_MS);
}
