import { describe, expect, test } from "vitest";
import evidence from "#locales/de/evidence.json" with { type: "json" };
import law from "#locales/de/law.json" with { type: "json" };
import { evidenceCodes } from "#flows/engine/evidence.ts";
import { deadlineCodes, effects, tones } from "#flows/law/deadline.ts";
import { evidenceReasons } from "#flows/law/evidence/rows.ts";
import { feeRules } from "#flows/law/fee.ts";
import { feeEvents } from "#flows/law/feeEvent.ts";
import { findingCodes } from "#flows/law/findings.ts";

const sorted = (list: readonly string[]): string[] => [...list].toSorted();
const keys = (words: object): string[] => sorted(Object.keys(words));
const sentences = (words: object): string[] =>
  Object.values(words).flatMap((value) => (typeof value === "string" ? [value] : sentences(value as object)));

describe("German words of the law", () => {
  test("every code has words and no word lacks its code", () => {
    expect(keys(law.fee.reason)).toEqual(sorted([...feeEvents, ...feeRules]));
    expect(keys(law.deadline)).toEqual(sorted(deadlineCodes));
    expect(keys(law.effect)).toEqual(sorted(effects));
    expect(keys(law.tone)).toEqual(sorted(tones));
    expect(keys(law.finding)).toEqual(sorted(findingCodes));
    expect(keys(evidence.reason)).toEqual(sorted(evidenceReasons));
    expect(keys(evidence).filter((key) => key === key.toUpperCase())).toEqual(sorted(evidenceCodes));
  });

  test("every evidence has a title and a hint, every deadline a title and a text", () => {
    for (const code of evidenceCodes) expect(keys(evidence[code])).toEqual(["hint", "title"]);
    for (const code of deadlineCodes) expect(keys(law.deadline[code])).toSatisfy(hasTitleAndText);
  });

  test("every sentence on § 81 begins as a rule, and the next one says what decides it", () => {
    const texts = sentences(law).map((text) => text.split(". "));
    const about81 = texts.flatMap((parts) =>
      parts.flatMap((part, index) => (part.includes("§\u00a081") ? [[part, parts[index + 1] ?? ""]] : [])),
    );
    expect(about81.length).toBeGreaterThan(12);
    expect(about81.filter(([part]) => !part?.startsWith("In der Regel"))).toEqual([]);
    expect(about81.filter(([, next]) => !next?.startsWith("Entscheidend ist"))).toEqual([]);
  });

  test("a title with a date that may be missing has words without it", () => {
    for (const code of ["L5", "L8", "L9", "L10", "L11", "L12"] as const) {
      expect(law.deadline[code].title).toContain("{{date}}");
      expect(law.deadline[code].titleOpen).not.toContain("{{date}}");
    }
  });

  test("nothing is promised and nobody is shouted at", () => {
    const all = [...sentences(law), ...sentences(evidence)];
    expect(all.filter((text) => /garantiert|sicher |Sie bekommen|!|bzw\.|ggf\.|gemäß/.test(text))).toEqual([]);
    expect(all.filter((text) => /(§|Abs\.|Nr\.) \d/.test(text))).toEqual([]);
  });
});

function hasTitleAndText(found: string[]): boolean {
  return (
    found.includes("title") && (found.includes("text") || (found.includes("text_one") && found.includes("text_other")))
  );
}
