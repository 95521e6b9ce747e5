import { expect, test } from "vitest";
import { urgentFrom } from "#app/outbox/urgency.ts";

const filedAt = new Date("2026-11-21T09:30:00Z");

test.each([
  ["a title that ended long ago", -40, "2026-11-21T09:30:00.000Z"],
  ["a title that ends today", 0, "2026-11-21T09:30:00.000Z"],
  ["a title that ends in a week", 7, "2026-11-21T09:30:00.000Z"],
  ["a title that ends in eight days", 8, "2026-11-22T09:30:00.000Z"],
  ["a title that ends in three weeks", 21, "2026-12-05T09:30:00.000Z"],
])("the application of %s is urgent from seven days before its end, never before it was filed", (_what, days, from) => {
  expect(urgentFrom({ days }, filedAt)?.toISOString()).toBe(from);
});

test("a title that lasts longer, and no deadline at all, make nothing urgent", () => {
  expect(urgentFrom({ days: 22 }, filedAt)).toBeNull();
  expect(urgentFrom({}, filedAt)).toBeNull();
});
