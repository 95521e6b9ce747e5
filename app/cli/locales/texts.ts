import { readdirSync, readFileSync } from "node:fs";
import { germanOnly } from "#app/i18n/namespaces.ts";

type Words = { [key: string]: string | Words };

/** All texts of a language by `file:key.path`. */
export type Texts = ReadonlyMap<string, string>;

const FOLDER = new URL("../../../locales/", import.meta.url);
const PLURAL = /_(zero|one|two|few|many|other)$/;

/** Tags of the languages that have a folder of words. */
export function wordFolders(): string[] {
  return readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/** Address of a file beside the folders of words. */
export function localeUrl(name: string): URL {
  return new URL(name, FOLDER);
}

/** Reads all texts of a language. */
export function textsOf(language: string): Texts {
  const files = readdirSync(localeUrl(`${language}/`)).filter((name) => name.endsWith(".json"));
  return new Map(
    files.flatMap((file) => {
      const words = JSON.parse(readFileSync(localeUrl(`${language}/${file}`), "utf8")) as Words;
      return flatten(words, `${file.replace(".json", "")}:`);
    }),
  );
}

/** The texts that every language must have: all but those for staff. */
export function toTranslate(texts: Texts): Texts {
  return new Map([...texts].filter(([key]) => !germanOnly.some((namespace) => key.startsWith(`${namespace}:`))));
}

function flatten(words: Words, prefix: string): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value] as [string, string]] : flatten(value, `${prefix}${key}.`),
  );
}

/** Only a key with `_one` and `_other` in German is a plural; `_other` alone is a word. */
export function isPlural(base: string, german: Texts): boolean {
  return german.has(`${base}_one`) && german.has(`${base}_other`);
}

/** A key without its plural ending. */
export function baseOf(key: string, german: Texts): string {
  const base = key.replace(PLURAL, "");
  return isPlural(base, german) ? base : key;
}

/** The German text that a key translates; for a plural form all German forms together. */
export function sourceOf(key: string, german: Texts): string | undefined {
  const base = baseOf(key, german);
  if (!isPlural(base, german)) return german.get(key);
  return [...german].flatMap(([other, text]) => (baseOf(other, german) === base ? [text] : [])).join("\n");
}
