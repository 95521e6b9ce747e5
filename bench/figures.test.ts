import { expect, test } from "vitest";
import { figureOf, median } from "./figures.ts";

const step = { name: "step.get", unit: "ms", value: 3.2 } as const;

test("a figure is met by its absolute value", () => {
  expect(figureOf(step, { atMost: 3.2 })).toMatchObject({ bar: 3.2, met: true });
  expect(figureOf(step, { atMost: 3.1 })).toMatchObject({ bar: 3.1, met: false });
  expect(figureOf({ ...step, unit: "score", value: 99 }, { atLeast: 95 })).toMatchObject({ bar: 95, met: true });
});

test("or by its ratio to the floor of the same run", () => {
  expect(figureOf({ ...step, floor: 1.6 }, { atMost: 3, orRatio: 2 })).toMatchObject({ ratio: 2, met: true });
  expect(figureOf({ ...step, floor: 1.5 }, { atMost: 3, orRatio: 2 })).toMatchObject({ ratio: 2.13, met: false });
});

test("the median leaves out what was disturbed", () => {
  expect(median([9, 1, 2])).toBe(2);
});
