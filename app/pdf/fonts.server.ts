import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Blob as FontBlob, Face, Font } from "harfbuzzjs";
import subsetFont from "subset-font";

export type Weight = "regular" | "bold";

/** A typeface from npm (OFL-1.1), loaded only for documents that hold a character of its script. */
type Family = {
  name: string;
  npm: string;
  files: Readonly<Record<Weight, string>>;
  /** Characters for which the family is loaded; the first family is always there. */
  script: RegExp;
};

const families: readonly Family[] = [
  {
    name: "NotoSans",
    npm: "@embedpdf/fonts-latin",
    files: { regular: "NotoSans-Regular.ttf", bold: "NotoSans-Bold.ttf" },
    script: /[^]/u,
  },
  {
    name: "NotoNaskhArabic",
    npm: "@embedpdf/fonts-arabic",
    files: { regular: "NotoNaskhArabic-Regular.ttf", bold: "NotoNaskhArabic-Bold.ttf" },
    script: /\p{Script=Arabic}/u,
  },
];

/** A font cut down to the characters of one document. */
export type CutFont = {
  /** PostScript name with the subset tag that ISO 32000-1, 9.6.4 asks for. */
  name: string;
  bytes: Uint8Array;
  font: Font;
  /** Units of the em square; all measures of this module are scaled to 1000. */
  upem: number;
  has: (character: string) => boolean;
};
/** The fonts of one document by weight; of two that have a character the first counts. */
export type FontSet = Readonly<Record<Weight, readonly CutFont[]>>;

type SourceFont = { bytes: Buffer; has: (character: string) => boolean };

const require = createRequire(import.meta.url);
const sources = new Map<string, Promise<SourceFont>>();

function openFace(bytes: Uint8Array): Face {
  return new Face(new FontBlob(bytes));
}

function coverage(face: Face): SourceFont["has"] {
  const characters = new Set(face.collectUnicodes());
  return (character) => characters.has(character.codePointAt(0) ?? 0);
}

function source(family: Family, weight: Weight): Promise<SourceFont> {
  const path = join(dirname(require.resolve(family.npm)), "..", "fonts", family.files[weight]);
  const known = sources.get(path);
  if (known) return known;
  const loading = readFile(path).then((bytes) => ({ bytes, has: coverage(openFace(bytes)) }));
  sources.set(path, loading);
  loading.catch(() => sources.delete(path));
  return loading;
}

/** Six capital letters that depend on nothing but the font's bytes. */
function subsetTag(bytes: Uint8Array): string {
  const hash = createHash("sha256").update(bytes).digest();
  return Array.from(hash.subarray(0, 6), (byte) => String.fromCharCode(65 + (byte % 26))).join("");
}

async function cut(family: Family, weight: Weight, text: string): Promise<CutFont> {
  const bytes = await subsetFont((await source(family, weight)).bytes, text, { targetFormat: "sfnt" });
  const face = openFace(bytes);
  const style = weight === "bold" ? "Bold" : "Regular";
  const name = `${subsetTag(bytes)}+${family.name}-${style}`;
  return { name, bytes, font: new Font(face), upem: face.upem, has: coverage(face) };
}

function familiesOf(text: string): readonly Family[] {
  return families.filter((family) => family.script.test(text));
}

/** Tells which characters of `text` no typeface can draw. */
export async function unknownCharacters(text: string): Promise<ReadonlySet<string>> {
  const loaded = await Promise.all(
    familiesOf(text).flatMap((family) => [source(family, "regular"), source(family, "bold")]),
  );
  const pairs = Array.from({ length: loaded.length / 2 }, (_, index) => loaded.slice(index * 2, index * 2 + 2));
  const isKnown = (character: string) => pairs.some((pair) => pair.every((font) => font.has(character)));
  return new Set([...new Set(text)].filter((character) => !isKnown(character)));
}

/** Cuts the fonts that can draw `text` down to its characters. The same text gives the same bytes. */
export async function fontsFor(text: string): Promise<FontSet> {
  const characters = [...new Set(text)].toSorted().join("");
  const all = (weight: Weight) => Promise.all(familiesOf(text).map((family) => cut(family, weight, characters)));
  const [regular, bold] = await Promise.all([all("regular"), all("bold")]);
  return { regular, bold };
}
