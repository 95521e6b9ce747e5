import type { i18n, Resource, ResourceLanguage } from "i18next";
import { leadingLanguage, languages, type Language } from "#locales/languages.ts";
import { localeFile, ready } from "#app/i18n/instance.ts";

const files = import.meta.glob<ResourceLanguage>("../../locales/*/*.json", { eager: true, import: "default" });

const words: Record<string, ResourceLanguage> = {};
for (const [path, content] of Object.entries(files)) {
  const file = localeFile(path);
  if (file) words[file.language] = { ...words[file.language], [file.namespace]: content };
}

function resourcesOf(language: Language): Resource {
  return { [leadingLanguage]: words[leadingLanguage] ?? {}, [language]: words[language] ?? {} };
}

const instances = new Map<Language, i18n>(languages.map(({ code }) => [code, ready(code, resourcesOf(code))]));

/** The words of a language for rendering, PDF and mail; made once at start and shared by all requests. */
export function serverI18n(language: Language): i18n {
  const instance = instances.get(language);
  if (!instance) throw new Error(`No words for language "${language}"`);
  return instance;
}
