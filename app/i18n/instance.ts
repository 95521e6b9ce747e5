import { createInstance, type i18n, type Resource } from "i18next";
import { isolation } from "#app/i18n/isolate.ts";
import { directionOf, leadingLanguage, type Language } from "#locales/languages.ts";
import { namespaces } from "#app/i18n/namespaces.ts";

/** An i18next instance that has its words already: ready at once, never waits, falls back to German. */
export function ready(language: Language, resources: Resource): i18n {
  const instance = createInstance().use(isolation);
  void instance.init({
    lng: language,
    fallbackLng: leadingLanguage,
    ns: [...namespaces],
    defaultNS: "common",
    resources,
    initAsync: false,
    // React and the PDF writer escape for themselves.
    interpolation: { escapeValue: false },
    postProcess: directionOf(language) === "rtl" ? [isolation.name] : false,
    react: { useSuspense: false },
  });
  return instance;
}

/** Language and file of a path such as `../../locales/de/common.json`. */
export function localeFile(path: string): { language: string; namespace: string } | undefined {
  const [, language, namespace] = /locales[\\/]([\w-]+)[\\/]([\w-]+)\.json$/.exec(path) ?? [];
  return language && namespace ? { language, namespace } : undefined;
}
