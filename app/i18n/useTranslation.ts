import { useContext } from "react";
import { I18nContext, useTranslation as useFetchedWords } from "react-i18next";
import { knownWords } from "#app/i18n/known.ts";

/** On the server all words of a language are there and never change, so nothing is subscribed to and nothing waits. */
function useServerWords() {
  const i18n = useContext(I18nContext)?.i18n;
  if (!i18n) throw new Error("Words outside of I18nextProvider");
  return { t: knownWords(i18n).say, i18n, ready: true };
}

/**
 * The words of the page's language for a component; keys name their file (`pages:status.title`), without one it is
 * `common`. Browsers fetch the files named here first (react-i18next); on the server its hook would cost a third of a page.
 */
export const useTranslation = (import.meta.env.SSR ? useServerWords : useFetchedWords) as typeof useFetchedWords;
