// @ts-check
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { contentHash, oncePer } from "./stamp.mjs";
import { fromRoot } from "./paths.mjs";

/** Basic Latin, Latin-1 and the punctuation of the service's languages. */
const LATIN =
  Array.from({ length: 95 }, (_, index) => String.fromCodePoint(0x20 + index)).join("") +
  Array.from({ length: 96 }, (_, index) => String.fromCodePoint(0xa0 + index)).join("") +
  "ıŒœ–—‘’‚“”„†•…‰‹›€™−\u2009\u202f";

/** What Romanian, Turkish, Albanian and Serbian need of Latin Extended: 46 kB of the package become about 10 kB. */
const LATIN_EXTENDED =
  Array.from({ length: 128 }, (_, index) => String.fromCodePoint(0x100 + index)).join("") + "ȘșȚțẞ";

/** Letters, marks and digits of Arabic and Persian: 51 kB of the package become about 12 kB. */
const ARABIC = "،؛؟ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيًٌٍَُِّْٰٓٔٱٹپچڈڑژکگںۀہۂۃۆۇیۓے٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٪٫٬«»\u200c\u200d";

/**
 * `isShaped`: letters join, so the glyphs that layout rules lead to stay. Elsewhere these are small capitals, old figures
 * and the like, a quarter of the file.
 * @type {readonly { family: string, script: string, only?: string, isShaped?: boolean }[]}
 */
const SCRIPTS = [
  { family: "fira-sans", script: "latin", only: LATIN },
  { family: "fira-sans", script: "latin-ext", only: LATIN_EXTENDED },
  { family: "fira-sans", script: "cyrillic" },
  { family: "noto-sans-arabic", script: "arabic", only: ARABIC, isShaped: true },
];
const WEIGHTS = [400, 600];

/** @param {string} family */
const versionOf = (family) =>
  JSON.parse(readFileSync(fromRoot("node_modules/@fontsource", family, "package.json"), "utf8")).version;

/**
 * Every web font file of the service: where it comes from, how it is called, which characters are kept. The names carry
 * the version of the package, as `app/styles/fonts.scss` expects.
 */
export function fontFiles() {
  return SCRIPTS.flatMap(({ family, script, only, isShaped = false }) =>
    WEIGHTS.map((weight) => ({
      source: fromRoot("node_modules/@fontsource", family, "files", `${family}-${script}-${weight}-normal.woff2`),
      name: `${family}-${script}-${weight}.${versionOf(family)}.woff2`,
      only,
      isShaped,
    })),
  );
}

/**
 * Makes `public/fonts` from the font packages (OFL-1.1); does nothing when it is up to date.
 * @returns {Promise<boolean>} whether there was something to do
 */
export async function buildFonts() {
  const folder = fromRoot("public/fonts");
  const stamp = join(folder, ".stamp");
  const files = fontFiles();
  if (files.some(({ name }) => !existsSync(join(folder, name)))) rmSync(stamp, { force: true });
  const state = contentHash(["app/cli/fonts.mjs"]) + files.map(({ name }) => name).join(" ");
  return oncePer(stamp, state, async () => {
    const { default: subsetFont } = await import("subset-font");
    mkdirSync(folder, { recursive: true });
    for (const old of readdirSync(folder)) rmSync(join(folder, old));
    for (const { source, name, only, isShaped } of files) {
      const whole = readFileSync(source);
      const options = { targetFormat: /** @type {const} */ ("woff2"), noLayoutClosure: !isShaped };
      writeFileSync(join(folder, name), only ? await subsetFont(whole, only, options) : whole);
    }
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await buildFonts();
