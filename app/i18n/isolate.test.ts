import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isolateLeftToRight } from "#app/i18n/isolate.ts";

const LRI = "\u2066";
const PDI = "\u2069";

test.each([
  "§\u00a081 Abs.\u00a04 AufenthG",
  "§ 54 Abs. 2 Nr. 8 AufenthG",
  "§ 18g AufenthG",
  "Art.\u00a06 Abs.\u00a01 e DSGVO",
  "+49 30 231250",
  "https://example.org/de/resume",
  "name@example.org",
])("%s keeps its order inside an Arabic sentence", (part) => {
  expect(isolateLeftToRight(`انظر (${part}) هنا.`)).toBe(`انظر (${LRI}${part}${PDI}) هنا.`);
});

test("Arabic text and plain numbers stay as they are", () => {
  expect(isolateLeftToRight("اليوم 17، الشهر 3")).toBe("اليوم 17، الشهر 3");
});

test.each(["\u2066§ 81 Abs. 4 AufenthG\u2069", "\u2068name@example.org\u2069", "\u2068+49 30 231250\u2069"])(
  "%s is not isolated twice",
  (value) => {
    expect(isolateLeftToRight(`انظر (${value}) هنا.`)).toBe(`انظر (${value}) هنا.`);
  },
);

test("what the browser loads holds no look-behind, which Safari before 16.4 cannot read", () => {
  const lookBehind = /\(\?<[=!]/;
  const sources = globSync("{app,flows}/**/*.{ts,tsx}").filter((path) => !/\.(server|test)\./.test(path));
  const found = sources.filter((path) => lookBehind.test(readFileSync(path, "utf8")));
  expect(sources.length).toBeGreaterThan(100);
  expect(found).toEqual([]);
});
