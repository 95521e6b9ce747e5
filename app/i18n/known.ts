import type { i18n } from "i18next";

/** The words of a language on the server, by key as plain text; keys name their file (`pages:status.title`). */
export type KnownWords = {
  say: (key: string, values?: Record<string, unknown>) => string;
  has: (key: string) => boolean;
};

const wordsOf = new WeakMap<i18n, KnownWords>();

/**
 * Words that never change while the service runs: a text without values, and whether there is one, is looked up once. Pages
 * say a hundred of them, and i18next takes a hundredth of a millisecond for each.
 */
export function knownWords(instance: i18n): KnownWords {
  const made = wordsOf.get(instance);
  if (made) return made;
  const texts = new Map<string, string>();
  const present = new Map<string, boolean>();
  // Keys are typed where they are written; in here a key is a text.
  const translate = instance.t as unknown as KnownWords["say"];
  const words: KnownWords = {
    say: (key, values) => {
      if (values !== undefined) return translate(key, values);
      const text = texts.get(key) ?? translate(key);
      texts.set(key, text);
      return text;
    },
    has: (key) => {
      const found = present.get(key) ?? instance.exists(key);
      present.set(key, found);
      return found;
    },
  };
  wordsOf.set(instance, words);
  return words;
}
