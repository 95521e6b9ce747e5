import { expect, test } from "vitest";
import { parseOptions } from "./options.ts";

test("parts are named freely, and a surge has a thousand people unless told otherwise", () => {
  expect(parseOptions([])).toEqual({ names: [], persons: 1_000 });
  expect(parseOptions(["step", "surge", "--persons", "40"])).toEqual({ names: ["step", "surge"], persons: 40 });
});

test.each([
  [["--persons", "0"]],
  [["--persons", "many"]],
  [["--persons", "1.5"]],
  [["--families", "3"]],
  [["--persons"]],
])("%j is refused", (args) => {
  expect(parseOptions(args)).toBeUndefined();
});
