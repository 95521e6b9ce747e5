import { baseOf, isPlural, type Texts } from "#app/cli/locales/texts.ts";

/** What a translation lacks or has too much of, by kind; keys, or keys with their text. */
export type Gaps = {
  missing: readonly string[];
  superfluous: readonly string[];
  empty: readonly string[];
  pluralForms: readonly string[];
  placeholders: readonly string[];
};

const baseKeys = (texts: Texts, german: Texts) => new Set([...texts.keys()].map((key) => baseOf(key, german)));

/** Placeholders, nested texts and tags that a text must keep. */
const marksIn = (text: string) =>
  [...new Set(text.match(/\{\{-?\s*[\w.]+|\$t\([^)]*\)|<\/?\w+\/?>/g) ?? [])]
    .map((mark) => mark.replace(/\s/g, ""))
    .toSorted();

const withoutCount = (marks: string[]) => marks.filter((mark) => mark !== "{{count").join();

function keepsMarks(key: string, text: string, german: Texts): boolean {
  const base = baseOf(key, german);
  if (!isPlural(base, german)) return marksIn(text).join() === marksIn(german.get(key) ?? text).join();
  // "One document" needs no number, so a plural form may leave out the count and nothing else.
  return withoutCount(marksIn(text)) === withoutCount(marksIn(german.get(`${base}_other`) ?? ""));
}

/** Compares a translation with German: keys, empty texts, plural forms of its grammar (CLDR), placeholders and tags. */
export function gapsOf(language: string, texts: Texts, german: Texts): Gaps {
  const [own, leading] = [baseKeys(texts, german), baseKeys(german, german)];
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  const plurals = [...leading].filter((base) => isPlural(base, german) && own.has(base));
  return {
    missing: [...leading].filter((key) => !own.has(key)),
    superfluous: [...own].filter((key) => !leading.has(key)),
    empty: [...texts].filter(([, text]) => text.trim() === "").map(([key]) => key),
    pluralForms: plurals.flatMap((base) =>
      pluralCategories.map((category) => `${base}_${category}`).filter((key) => !texts.has(key)),
    ),
    placeholders: [...texts].filter(([key, text]) => !keepsMarks(key, text, german)).map(([key]) => key),
  };
}

/** How many gaps there are in all. */
export function countGaps(gaps: Gaps): number {
  return Object.values(gaps).reduce((sum, list) => sum + list.length, 0);
}
