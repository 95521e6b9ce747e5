import { expect, test } from "vitest";
import { setProblems } from "#app/connector/fit-connect/unverified.ts";
import { knownWords } from "#app/i18n/known.ts";
import { serverI18n } from "#app/i18n/i18n.server.ts";
import { rejectionWords } from "#app/routes/shared/rejection.server.ts";

const page = knownWords(serverI18n("de"));
const other = page.say("pages:rejection.other");

test("every known reason of a refusal has words, and they do not name the code", () => {
  expect(setProblems.size).toBeGreaterThan(10);
  for (const code of setProblems) {
    const words = rejectionWords([code], page);
    expect(words, code).not.toBe(other);
    expect(words, code).not.toMatch(/rejection|[a-z]+-[a-z]+/);
  }
});

test.each([[["Antragsteller unbekannt"]], [["unknown"]], [["constructor"]], [[]]])("%j has general words", (codes) => {
  expect(rejectionWords(codes, page)).toBe(other);
});

test("the same words come once, different ones one after the other", () => {
  const format = page.say("pages:rejection.format");
  expect(rejectionWords(["schema-violation", "missing-schema"], page)).toBe(format);
  expect(rejectionWords(["schema-violation", "neu"], page)).toBe(`${format}; ${other}`);
});
