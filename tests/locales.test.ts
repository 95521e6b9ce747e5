import { describe, expect, test } from "vitest";
import { gapsOf } from "#app/cli/locales/gaps.ts";
import { offGlossary, readGlossary } from "#app/cli/locales/glossary.ts";
import { accepted, stalenessOf, statesOf } from "#app/cli/locales/state.ts";
import { textsOf, toTranslate, wordFolders } from "#app/cli/locales/texts.ts";
import { germanOnly } from "#app/i18n/namespaces.ts";
import { languages, leadingLanguage } from "#locales/languages.ts";

const german = toTranslate(textsOf(leadingLanguage));
const translations = wordFolders().filter((language) => language !== leadingLanguage);
const glossary = readGlossary();
const lower = (text: unknown) => String(text).toLowerCase();

test("German leads, and every language of the service has its folder", () => {
  expect(german.size).toBeGreaterThan(100);
  expect(wordFolders().toSorted()).toEqual(languages.map(({ code }) => code).toSorted());
});

test("words for staff are German only: they are there, and nobody has to translate them", () => {
  for (const namespace of germanOnly) {
    const own = [...textsOf(leadingLanguage).keys()].filter((key) => key.startsWith(`${namespace}:`));
    expect(own.length).toBeGreaterThan(20);
    expect([...german.keys()].filter((key) => own.includes(key))).toEqual([]);
    for (const language of translations) {
      expect([...textsOf(language).keys()].filter((key) => key.startsWith(`${namespace}:`))).toEqual([]);
    }
  }
});

describe.each(wordFolders())("%s", (language) => {
  test("has every text with its plural forms and placeholders, and no other", () => {
    expect(gapsOf(language, language === leadingLanguage ? german : textsOf(language), german)).toEqual({
      missing: [],
      superfluous: [],
      empty: [],
      pluralForms: [],
      placeholders: [],
    });
  });

  test("keeps a paragraph sign and its number on one line", () => {
    const parted = [...textsOf(language)].filter(([, text]) => /§ \d/.test(String(text)));
    expect(parted.map(([key]) => key)).toEqual([]);
  });
});

describe.each(translations)("%s as a translation", (language) => {
  test("was made from the German texts of today", () => {
    const { stale, unrecorded } = stalenessOf(textsOf(language), german, statesOf(language));
    expect({ stale, unrecorded }).toEqual({ stale: [], unrecorded: [] });
  });

  test("says which texts a machine wrote", () => {
    const { machine, reviewed } = stalenessOf(textsOf(language), german, statesOf(language));
    expect(machine + reviewed).toBe(textsOf(language).size);
  });

  test("quotes buttons and questions as they stand there", () => {
    const words = textsOf(language);
    const wrong = [...german].flatMap(([key, text]) =>
      [...String(text).matchAll(/„([^“]+)“/g)].flatMap(([, quoted = ""]) => {
        const places = [...german].filter(([, other]) => other === quoted).map(([place]) => lower(words.get(place)));
        const isQuoted = places.length === 0 || places.some((place) => lower(words.get(key)).includes(place));
        return isQuoted ? [] : [`${key}: ${quoted}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test("uses the words of the glossary", () => {
    expect(offGlossary(language, textsOf(language), german, glossary)).toEqual([]);
  });
});

test("the glossary has every term in every language", () => {
  for (const { de, translations: own } of glossary.terms) {
    expect([de, Object.keys(own).toSorted()]).toEqual([de, translations.toSorted()]);
  }
});

describe("the check of a translation", () => {
  const source = new Map([
    ["a:hello", "Hallo {{name}}"],
    ["a:file_one", "Eine Datei"],
    ["a:file_other", "{{count}} Dateien"],
  ]);
  const whole = new Map([
    ["a:hello", "Привіт, {{name}}"],
    ["a:file_one", "{{count}} файл"],
    ["a:file_few", "{{count}} файли"],
    ["a:file_many", "{{count}} файлів"],
    ["a:file_other", "{{count}} файла"],
  ]);

  test.each([
    ["nothing in a whole one", {}, {}],
    ["a missing text", { "a:hello": undefined }, { missing: ["a:hello"] }],
    ["a text that German has not", { "a:bye": "Бувай" }, { superfluous: ["a:bye"] }],
    ["an empty text", { "a:hello": " " }, { empty: ["a:hello"], placeholders: ["a:hello"] }],
    ["a lost placeholder", { "a:hello": "Привіт" }, { placeholders: ["a:hello"] }],
    ["a missing plural form", { "a:file_few": undefined }, { pluralForms: ["a:file_few"] }],
  ])("finds %s", (_what, change: Record<string, string | undefined>, found) => {
    const changed = Object.entries({ ...Object.fromEntries(whole), ...change });
    const texts = new Map(changed.flatMap(([key, text]) => (text === undefined ? [] : [[key, text] as const])));
    const none = { missing: [], superfluous: [], empty: [], pluralForms: [], placeholders: [] };
    expect(gapsOf("uk", texts, source)).toEqual({ ...none, ...found });
  });

  test("finds a translation whose German text changed, plural forms included, until it is accepted again", () => {
    const recorded = accepted(whole, source, {}, "machine");
    expect(stalenessOf(whole, source, recorded)).toEqual({ machine: 5, reviewed: 0, stale: [], unrecorded: [] });
    const changed = new Map([...source, ["a:hello", "Guten Tag {{name}}"], ["a:file_one", "Eine einzige Datei"]]);
    const { stale } = stalenessOf(whole, changed, recorded);
    expect(stale).toEqual(["a:hello", "a:file_one", "a:file_few", "a:file_many", "a:file_other"]);
    expect(stalenessOf(whole, changed, accepted(whole, changed, recorded, "machine")).stale).toEqual([]);
  });

  test("keeps a review while the German text stays", () => {
    const reviewed = accepted(whole, source, {}, "reviewed");
    expect(accepted(whole, source, reviewed, "machine")).toEqual(reviewed);
    const changed = new Map([...source, ["a:hello", "Guten Tag {{name}}"]]);
    expect(accepted(whole, changed, reviewed, "machine")["a:hello"]).toMatch(/^machine /);
  });

  test("finds a text that has another word than the glossary", () => {
    const terms = [
      {
        de: "Nachweis",
        found: ["Nachweis"],
        source: "",
        translations: { uk: { term: "підтвердження", found: ["підтвердж"] } },
      },
    ];
    const leading = new Map([["a:x", "Die Nachweise"]]);
    expect(offGlossary("uk", new Map([["a:x", "Докази"]]), leading, { note: "", terms })).toEqual(["a:x: Nachweis"]);
    expect(offGlossary("uk", new Map([["a:x", "Підтвердження"]]), leading, { note: "", terms })).toEqual([]);
  });
});
