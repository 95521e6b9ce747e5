import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

type Words = { [key: string]: string | Words };
type Texts = Map<string, string>;

const FOLDER = new URL("../locales/", import.meta.url);
const LEADING = "de";
const PLURAL = /_(zero|one|two|few|many|other)$/;

const languages = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** All texts of a language as `file:key.path`. */
function textsOf(language: string): Texts {
  const files = readdirSync(new URL(`${language}/`, FOLDER)).filter((name) => name.endsWith(".json"));
  return new Map(
    files.flatMap((file) => {
      const words = JSON.parse(readFileSync(new URL(`${language}/${file}`, FOLDER), "utf8")) as Words;
      return flatten(words, `${file.replace(".json", "")}:`);
    }),
  );
}

function flatten(words: Words, prefix: string): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value] as [string, string]] : flatten(value, `${prefix}${key}.`),
  );
}

/** Keys without plural endings; only a key with `_one` and `_other` in German is a plural, `_other` alone is a word. */
const isPlural = (base: string, german: Texts) => german.has(`${base}_one`) && german.has(`${base}_other`);

function baseOf(key: string, german: Texts): string {
  const base = key.replace(PLURAL, "");
  return isPlural(base, german) ? base : key;
}

const baseKeys = (texts: Texts, german: Texts) => new Set([...texts.keys()].map((key) => baseOf(key, german)));

/** Placeholders, nested texts and tags that a text must keep. */
const marksIn = (text: string) =>
  [...new Set(text.match(/\{\{-?\s*[\w.]+|\$t\([^)]*\)|<\/?\w+\/?>/g) ?? [])]
    .map((mark) => mark.replace(/\s/g, ""))
    .toSorted();

const withoutCount = (marks: string[]) => marks.filter((mark) => mark !== "{{count").join();

const german = textsOf(LEADING);
const categories = (language: string) => new Intl.PluralRules(language).resolvedOptions().pluralCategories;

test("German leads and there are other languages", () => {
  expect(german.size).toBeGreaterThan(100);
  expect(languages).toContain(LEADING);
  expect(languages.length).toBeGreaterThan(1);
});

describe.each(languages)("%s", (language) => {
  const texts = textsOf(language);

  test("has every text of the German version and no other", () => {
    const [own, leading] = [baseKeys(texts, german), baseKeys(german, german)];
    expect({
      missing: [...leading].filter((key) => !own.has(key)),
      superfluous: [...own].filter((key) => !leading.has(key)),
    }).toEqual({ missing: [], superfluous: [] });
  });

  test("has no empty text", () => {
    expect([...texts].filter(([, text]) => text.trim() === "").map(([key]) => key)).toEqual([]);
  });

  test("has every plural form of its grammar", () => {
    const plurals = [...baseKeys(german, german)].filter((base) => isPlural(base, german));
    const needed = plurals.flatMap((base) => categories(language).map((category) => `${base}_${category}`));
    expect(needed.filter((key) => !texts.has(key))).toEqual([]);
  });

  test("keeps every placeholder and tag", () => {
    const wrong = [...texts].filter(([key, text]) => {
      const base = baseOf(key, german);
      if (!isPlural(base, german)) return german.has(key) && marksIn(text).join() !== marksIn(german.get(key)!).join();
      // "One document" needs no number, so a plural form may leave out the count and nothing else.
      const leading = marksIn(german.get(`${base}_other`)!);
      return withoutCount(marksIn(text)) !== withoutCount(leading);
    });
    expect(wrong.map(([key, text]) => `${key}: ${text}`)).toEqual([]);
  });
});
