import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Blob as FontBlob, Face, Font } from "harfbuzzjs";
import subsetFont from "subset-font";
import { isNeutral } from "#app/pdf/scripts.ts";
import { numbers, readTables } from "#app/pdf/sfnt.ts";
import { mainTypeface, otherTypefaces, type Typeface, type Weight } from "#app/pdf/typefaces.ts";

/** A font cut down to the characters of one document. */
export type CutFont = {
  /** PostScript name with the subset tag that ISO 32000-1, 9.6.4 asks for. */
  name: string;
  bytes: Uint8Array;
  font: Font;
  /** Units of the em square; all measures of this module are scaled to 1000. */
  upem: number;
  has: (character: string) => boolean;
  /** Whether its outlines are those of a `CFF ` table rather than TrueType's. */
  isCff: boolean;
  glyphCount: number;
};
/** The fonts of one document by weight; of two that have a character the first counts. */
export type FontSet = Readonly<Record<Weight, readonly CutFont[]>>;

type SourceFont = { bytes: Buffer; has: (character: string) => boolean };

/** An OpenType file with CFF outlines begins with "OTTO". */
const FIRST_BYTE_OF_CFF = 0x4f;

const require = createRequire(import.meta.url);
const sources = new Map<string, Promise<SourceFont>>();

function openFace(bytes: Uint8Array): Face {
  return new Face(new FontBlob(bytes));
}

function coverage(face: Face): SourceFont["has"] {
  const characters = new Set(face.collectUnicodes());
  return (character) => characters.has(character.codePointAt(0) ?? 0);
}

/** A whole font, read once and kept. */
function source(typeface: Typeface, weight: Weight): Promise<SourceFont> {
  const path = join(dirname(require.resolve(typeface.npm)), typeface.files[weight]);
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

async function cut(typeface: Typeface, weight: Weight, characters: readonly string[]): Promise<CutFont> {
  const { bytes: whole } = await source(typeface, weight);
  const bytes = await subsetFont(whole, characters.join(""), { targetFormat: "sfnt" });
  const face = openFace(bytes);
  const style = weight === "bold" ? "Bold" : "Regular";
  const name = `${subsetTag(bytes)}+${typeface.name}-${style}`;
  // Not by `face.referenceTable`: it never gives back what it refers to, which keeps every font in memory for good.
  const maxp = readTables(bytes).get("maxp");
  const glyphCount = maxp ? numbers(maxp).getUint16(4) : 0;
  return {
    name,
    bytes,
    font: new Font(face),
    upem: face.upem,
    has: coverage(face),
    isCff: bytes[0] === FIRST_BYTE_OF_CFF,
    glyphCount,
  };
}

function typefacesOf(text: string): readonly Typeface[] {
  return [mainTypeface, ...otherTypefaces.filter(({ script }) => script.test(text))];
}

/** Tells which characters of `text` no typeface can draw. */
export async function unknownCharacters(text: string): Promise<ReadonlySet<string>> {
  const fonts = await Promise.all(typefacesOf(text).map((typeface) => source(typeface, "regular")));
  return new Set([...new Set(text)].filter((character) => !fonts.some((font) => font.has(character))));
}

/** Fonts of one weight. Each gets what those before it lack, and the marks and signs that may stand beside it. */
async function cutAll(weight: Weight, characters: ReadonlySet<string>): Promise<CutFont[]> {
  let missing = [...characters].toSorted();
  const neutral = missing.filter(isNeutral);
  const cuts: Promise<CutFont>[] = [];
  for (const typeface of typefacesOf(missing.join(""))) {
    const { has } = await source(typeface, weight);
    const own = new Set([...missing.filter(has), ...neutral.filter(has)]);
    missing = missing.filter((character) => !has(character));
    cuts.push(cut(typeface, weight, [...own].toSorted()));
  }
  return Promise.all(cuts);
}

/**
 * Cuts the fonts that can draw the given characters down to them. The same characters give the same bytes. What bold
 * lacks is drawn in the regular weight.
 */
export async function fontsFor(characters: Readonly<Record<Weight, ReadonlySet<string>>>): Promise<FontSet> {
  const [regular, bold] = await Promise.all([cutAll("regular", characters.regular), cutAll("bold", characters.bold)]);
  return { regular, bold: [...bold, ...regular] };
}
