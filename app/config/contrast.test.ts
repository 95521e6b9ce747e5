import { expect, test } from "vitest";
import { contrast } from "#app/config/contrast.ts";

test("black on white has the largest contrast and a colour on itself the smallest", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#1f4e5f", "#1F4E5F")).toBe(1);
});

test("the grey that just passes and the grey that just fails on white fall on their sides of 4.5", () => {
  expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

test("the order of the colours does not matter", () => {
  expect(contrast("#ffffff", "#c31c13")).toBe(contrast("#c31c13", "#ffffff"));
});

test("a text that is no colour is refused", () => {
  expect(() => contrast("red", "#ffffff")).toThrow("#rrggbb");
});
