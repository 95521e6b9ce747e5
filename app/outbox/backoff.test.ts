import { expect, test } from "vitest";
import { backoffMs, MAX_ATTEMPTS, pollMs } from "#app/outbox/backoff.ts";

const HOUR = 3_600_000;
const waits = (random: number) => Array.from({ length: MAX_ATTEMPTS - 1 }, (_, index) => backoffMs(index + 1, random));
const sum = (list: readonly number[]) => list.reduce((total, wait) => total + wait, 0);

test("the wait grows from seconds to six hours and no further", () => {
  const list = waits(0);
  expect(list[0]).toBe(4_000);
  expect(list.every((wait, index) => index === 0 || wait >= (list[index - 1] ?? 0))).toBe(true);
  expect(list.at(-1)).toBe(6 * HOUR);
  expect(backoffMs(10_000, 0)).toBe(6 * HOUR);
});

test("jitter adds up to a quarter and never shortens the wait", () => {
  expect(backoffMs(3, 0)).toBe(16_000);
  expect(backoffMs(3, 1)).toBe(20_000);
});

test("a message is tried for about a week before it is stuck", () => {
  expect(sum(waits(0))).toBeGreaterThan(6.5 * 24 * HOUR);
  expect(sum(waits(1))).toBeLessThan(9 * 24 * HOUR);
});

test("a sent message is asked about at once, then more and more seldom", () => {
  expect(pollMs(0)).toBe(1_000);
  expect(pollMs(20_000)).toBe(5_000);
  expect(pollMs(30 * 24 * HOUR)).toBe(HOUR / 4);
});
