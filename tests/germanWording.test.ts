import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { eventKinds } from "#flows/engine/status.ts";

type Texts = { [key: string]: string | Texts };
type Text = { key: string; text: string };

const read = (name: string): Texts => JSON.parse(readFileSync(`locales/de/${name}.json`, "utf8"));
function flat(texts: Texts, prefix: string): Text[] {
  return Object.entries(texts).flatMap(([name, value]) =>
    typeof value === "string" ? [{ key: `${prefix}.${name}`, text: value }] : flat(value, `${prefix}.${name}`),
  );
}
const all = ["pages", "status", "operator"].flatMap((name) => flat(read(name), name));

/** Sentences as people read them: placeholders count as one word, notes in brackets are set aside. */
function sentences(text: string): string[] {
  const bare = text.replaceAll(/\{\{\w+\}\}/g, "X").replaceAll(/ ?\([^)]*\)/g, "");
  const whole = bare.replaceAll(/(Abs|Nr|Art|Buchst)\./g, "$1").replaceAll(/ 2\.0/g, "");
  return whole.split(/(?<=[.?:])\s+/).filter(Boolean);
}

const most = (text: string): number => (/§\s81/.test(text) ? 18 : 15);

const offenders = (isWrong: (text: string) => boolean): string[] =>
  all.filter(({ text }) => isWrong(text)).map(({ key, text }) => `${key}: ${text}`);

describe("German texts of pages and status", () => {
  test("a key has neither dots nor colons, which the language library would take apart", () => {
    expect(all.flatMap(({ key }) => key.split(".")).filter((part) => !/^[A-Za-z0-9_]+$/.test(part))).toEqual([]);
    expect(all.length).toBeGreaterThan(300);
  });

  test("no text is empty or has blanks at its ends", () => {
    expect(offenders((text) => text.trim() !== text || text === "")).toEqual([]);
  });

  test("a sentence has at most 15 words, one that names § 81 AufenthG with its condition at most 18", () => {
    const tooLong = all.flatMap(({ key, text }) =>
      sentences(text)
        .filter((sentence) => sentence.split(/\s+/).filter((word) => /\p{L}|\d/u.test(word)).length > most(text))
        .map((sentence) => `${key}: ${sentence}`),
    );
    expect(tooLong).toEqual([]);
  });

  test.each([
    ["an exclamation mark", /!/],
    ["an abbreviation", /\b(bzw|ggf|z\.\s?B|u\.\s?a|usw|etc|inkl)\b/],
    ["official language", /\b(gemäß|hiermit|seitens|diesbezüglich|obig)/i],
    ["a promise", /Sie bekommen|\bgarantiert\b|\b(ist|sind) sicher\b/],
    ["thanks for patience", /Geduld/],
  ])("no text has %s", (_what, pattern) => {
    expect(offenders((text) => pattern.test(text))).toEqual([]);
  });

  test("every sentence on § 81 AufenthG begins with 'as a rule'", () => {
    const parts = all.flatMap(({ key, text }) =>
      text.split(/(?<=\)?[.?])\s+(?=[A-ZÄÖÜ])/).map((part) => `${key}: ${part}`),
    );
    const onSection81 = parts.filter((part) => /§\s81/.test(part));
    expect(onSection81.filter((part) => !/: In der Regel /.test(part))).toEqual([]);
    expect(onSection81.length).toBeGreaterThan(4);
  });

  test("a number and what follows §, Abs., Nr. and Art. never part at the end of a line", () => {
    expect(
      offenders((text) => /(§|Abs\.|Nr\.|Art\.) |\}\} (Uhr|Tage?n?|Minuten?|Monate|Wochen?)\b/.test(text)),
    ).toEqual([]);
  });
});

test("every kind of event has title, text and next step, and no other kind has", () => {
  const status = read("status");
  expect(Object.keys(status).toSorted()).toEqual([...eventKinds].toSorted());
  for (const kind of eventKinds) expect(Object.keys(status[kind] ?? {})).toEqual(["title", "text", "next"]);
});
