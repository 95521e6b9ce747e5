import type { i18n, ResourceLanguage } from "i18next";
import type { Language } from "#locales/languages.ts";
import { localeFile, ready } from "#app/i18n/instance.ts";

const files = import.meta.glob<ResourceLanguage>("../../locales/*/*.json", { import: "default" });

/** Loads the words of one language into the browser, all in one file; the build filled their gaps with German. */
export async function clientI18n(language: Language): Promise<i18n> {
  const words: ResourceLanguage = {};
  const own = Object.entries(files).filter(([path]) => localeFile(path)?.language === language);
  await Promise.all(
    own.map(async ([path, load]) => {
      words[localeFile(path)?.namespace ?? path] = await load();
    }),
  );
  return ready(language, { [language]: words });
}
