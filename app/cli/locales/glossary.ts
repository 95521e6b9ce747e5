import { readFileSync } from "node:fs";
import { z } from "zod";
import { localeUrl, sourceOf, type Texts } from "#app/cli/locales/texts.ts";

const translation = z.strictObject({
  /** The term as it should read. */
  term: z.string().min(1),
  /** Beginnings of words by which an inflected term is found; one of them must stand in the text. */
  found: z.array(z.string().min(2)).min(1),
});

const glossary = z.strictObject({
  note: z.string(),
  terms: z.array(
    z.strictObject({
      /** German legal term, and the forms by which it is found in a German text. */
      de: z.string(),
      found: z.array(z.string()).min(1),
      /** The norm that defines it, or where it is used. */
      source: z.string(),
      translations: z.record(z.string(), translation),
    }),
  ),
});
export type Glossary = z.infer<typeof glossary>;

/** Reads the glossary of German legal terms, which leads the wording of every translation. */
export function readGlossary(): Glossary {
  return glossary.parse(JSON.parse(readFileSync(localeUrl("glossary.json"), "utf8")));
}

const plain = (text: string) => text.toLocaleLowerCase().normalize("NFC");

/** Translations that do not use the glossary's word for a term of the German text, as `key: term`. */
export function offGlossary(language: string, texts: Texts, german: Texts, { terms }: Glossary): string[] {
  return [...texts].flatMap(([key, text]) => {
    // The PDF stays German in every language.
    if (key.startsWith("pages:pdf.")) return [];
    const source = plain(sourceOf(key, german) ?? "");
    return terms.flatMap(({ de, found, translations }) => {
      const own = translations[language];
      if (!own || !found.some((form) => source.includes(plain(form)))) return [];
      return own.found.some((form) => plain(text).includes(plain(form))) ? [] : [`${key}: ${de}`];
    });
  });
}
