import { createInstance, type BackendModule, type i18n, type ResourceLanguage } from "i18next";
import type { Language } from "#locales/languages.ts";
import { localeFile, optionsOf, plugged } from "#app/i18n/instance.ts";

const files = import.meta.glob<ResourceLanguage>("../../locales/*/{common,errors,fields,operator,pages}.json", {
  import: "default",
});

async function wordsOf(language: string, namespace: string): Promise<ResourceLanguage> {
  const found = Object.entries(files).find(([path]) => {
    const file = localeFile(path);
    return file?.language === language && file.namespace === namespace;
  });
  return (await found?.[1]()) ?? {};
}

/** Fetches a file of words when a page first asks for it; until it is there the page before stays (React Suspense). */
const onDemand: BackendModule = {
  type: "backend",
  init: () => undefined,
  read: (language, namespace, done) => {
    wordsOf(language, namespace).then(
      (words) => done(null, words),
      (error: unknown) => {
        // Gone with an older edition of the service: the page itself knows the names of the present one.
        if (namespace !== "errors") window.location.reload();
        done(error instanceof Error ? error : String(error), false);
      },
    );
  },
};

/**
 * The words of one language in the browser, at first only some of them. The build filled their gaps with German, so that no
 * second language is loaded.
 */
export async function clientI18n(language: Language, first: readonly string[]): Promise<i18n> {
  const loaded = await Promise.all(first.map(async (name) => [name, await wordsOf(language, name)] as const));
  const instance = plugged(createInstance().use(onDemand));
  await instance.init({
    ...optionsOf(language),
    fallbackLng: false,
    ns: [...first],
    partialBundledLanguages: true,
    resources: { [language]: Object.fromEntries(loaded) },
    react: { useSuspense: true },
  });
  return instance;
}
