import { createInstance, type i18n, type InitOptions, type Resource } from "i18next";
import { isolation } from "#app/i18n/isolate.ts";
import { directionOf, leadingLanguage, type Language } from "#locales/languages.ts";
import { namespaces } from "#app/i18n/namespaces.ts";

/** Adds what every instance needs to draw words. */
export function plugged(instance: i18n): i18n {
  return instance.use(isolation);
}

/** What server and browser have in common, so that both draw the same words. */
export function optionsOf(language: Language) {
  return {
    lng: language,
    defaultNS: "common",
    initAsync: false,
    // React and the PDF writer escape for themselves.
    interpolation: { escapeValue: false },
    postProcess: directionOf(language) === "rtl" ? [isolation.name] : false,
  } as const satisfies InitOptions;
}

/** An i18next instance that has its words already: ready at once, never waits, falls back to German. */
export function ready(language: Language, resources: Resource): i18n {
  const instance = plugged(createInstance());
  void instance.init({
    ...optionsOf(language),
    fallbackLng: leadingLanguage,
    ns: [...namespaces],
    resources,
    react: { useSuspense: false },
  });
  return instance;
}

/** Language and file of a path such as `../../locales/de/common.json`. */
export function localeFile(path: string): { language: string; namespace: string } | undefined {
  const [, language, namespace] = /locales[\\/]([\w-]+)[\\/]([\w-]+)\.json$/.exec(path) ?? [];
  return language && namespace ? { language, namespace } : undefined;
}
