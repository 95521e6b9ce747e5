import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { deliveryCodes, keyFaults } from "#app/connector/errors.ts";
import words from "#locales/de/operator.json" with { type: "json" };

/** Codes that can stand with a message: those of transports, what nobody foresaw, and the end of all attempts. */
const codes = [...deliveryCodes, "internal", "expired"];

type Row = { code: string; title: string; meaning: string; todo: string };

/** Rows of the table of codes in the documentation. */
const documented: Row[] = readFileSync("docs/operation.md", "utf8")
  .split("\n")
  .flatMap((line) => {
    const [, code = "", title = "", meaning = "", todo = ""] = line.split("|").map((cell) => cell.trim());
    const name = /^`(\w+)`$/.exec(code)?.[1];
    return name !== undefined && todo !== "" && codes.includes(name as (typeof codes)[number])
      ? [{ code: name, title, meaning, todo }]
      : [];
  });

describe("error codes", () => {
  test("each has a title, what it means and what to do, and there is a word for those to come", () => {
    expect(Object.keys(words.codes.words).toSorted()).toEqual([...codes, "other"].toSorted());
    for (const texts of Object.values(words.codes.words))
      expect(Object.keys(texts)).toEqual(["title", "meaning", "todo"]);
  });

  test("each stands in the documentation once, with the title that the page shows", () => {
    expect(documented.map(({ code }) => code).toSorted()).toEqual(codes.toSorted());
    const titles = new Map(Object.entries(words.codes.words).map(([code, { title }]) => [code, title]));
    for (const { code, title, meaning } of documented) {
      expect([code, title]).toEqual([code, titles.get(code)]);
      expect(meaning.length).toBeGreaterThan(20);
    }
  });

  test("each reason why a key is refused has its sentence", () => {
    expect(Object.keys(words.codes.keyFaults).toSorted()).toEqual([...keyFaults].toSorted());
  });
});
