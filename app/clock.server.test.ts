import { expect, test } from "vitest";
import { now, today } from "#app/clock.server.ts";

const real = { clock: undefined };

test("shortly after midnight in Berlin it is already the new day, although it is still the old one in London", () => {
  expect(today(real, new Date("2026-11-20T22:59:59Z"))).toBe("2026-11-20");
  expect(today(real, new Date("2026-11-20T23:00:00Z"))).toBe("2026-11-21");
});

test("in summer the day begins two hours before it does in UTC", () => {
  expect(today(real, new Date("2026-06-30T21:59:59Z"))).toBe("2026-06-30");
  expect(today(real, new Date("2026-06-30T22:00:00Z"))).toBe("2026-07-01");
});

test("the clock of the demo decides the date whatever the time", () => {
  expect(today({ clock: "2026-11-21" }, new Date("2030-01-01T12:00:00Z"))).toBe("2026-11-21");
});

test("without a moment the date is that of the present moment", () => {
  const before = today(real, now());
  const found = today(real);
  expect([before, today(real, now())]).toContain(found);
});
