export type Weight = "regular" | "bold";

/** A typeface from npm (OFL-1.1), loaded only for documents that hold a character of its script. */
export type Typeface = {
  /** PostScript family name. */
  name: string;
  npm: string;
  /** Font files, from the folder of the package's main file. */
  files: Readonly<Record<Weight, string>>;
  /** Characters for which it is loaded. */
  script: RegExp;
};

const embedded = (npm: string, name: string, ending: string, script: RegExp): Typeface => ({
  name,
  npm: `@embedpdf/fonts-${npm}`,
  files: { regular: `../fonts/${name}-Regular.${ending}`, bold: `../fonts/${name}-Bold.${ending}` },
  script,
});

const google = (npm: string, name: string, script: RegExp): Typeface => ({
  name,
  npm: `@expo-google-fonts/noto-sans-${npm}`,
  files: { regular: `400Regular/${name}_400Regular.ttf`, bold: `700Bold/${name}_700Bold.ttf` },
  script,
});

/** Noto Sans: Latin, Cyrillic, Greek and Devanagari; part of every document. */
export const mainTypeface: Typeface = embedded("latin", "NotoSans", "ttf", /[^]/u);

/** The typefaces loaded on need; of two that have a character the first counts. */
export const otherTypefaces: readonly Typeface[] = [
  embedded("arabic", "NotoNaskhArabic", "ttf", /\p{Script=Arabic}/u),
  embedded("hebrew", "NotoSansHebrew", "ttf", /\p{Script=Hebrew}/u),
  google("georgian", "NotoSansGeorgian", /\p{Script=Georgian}/u),
  google("armenian", "NotoSansArmenian", /\p{Script=Armenian}/u),
  google("ethiopic", "NotoSansEthiopic", /\p{Script=Ethiopic}/u),
  google("thai", "NotoSansThai", /\p{Script=Thai}/u),
  // Chinese and Japanese, with their punctuation and full-width forms, which belong to no script.
  embedded(
    "sc",
    "NotoSansHans",
    "otf",
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3000-\u303f\u30fb\u30fc\uff00-\uffef]/u,
  ),
  embedded("kr", "NotoSansKR", "otf", /\p{Script=Hangul}/u),
];
