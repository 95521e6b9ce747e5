import { PDFArray, PDFName, PDFString, type PDFContext, type PDFObject, type PDFRef } from "pdf-lib";
import { characterIds } from "#app/pdf/cff.ts";
import { withComposites, type Composite } from "#app/pdf/composites.ts";
import type { CutFont } from "#app/pdf/fonts.server.ts";
import { numbers, readTables } from "#app/pdf/sfnt.ts";

/** What a code of a page's text stands for; `width` in thousandths of the font size. Codes count from 1. */
export type Code = { glyph: number; text: string; width: number };
/** A font with what a document uses of it. */
export type UsedFont = { font: CutFont; codes: readonly Code[]; composites: readonly Composite[] };

const hex = (value: number) => value.toString(16).toUpperCase().padStart(4, "0");

/** UTF-16BE hex of a text, as ToUnicode maps want it. */
function utf16(text: string): string {
  return Array.from({ length: text.length }, (_, index) => hex(text.charCodeAt(index))).join("");
}

/** A CMap (ISO 32000-1, 9.7.5) with one line a code; at most 100 lines may stand in a block. */
function characterMap(name: string, type: 1 | 2, operator: "bfchar" | "cidchar", lines: readonly string[]): string {
  const blocks = Array.from({ length: Math.ceil(lines.length / 100) }, (_, index) =>
    lines.slice(index * 100, index * 100 + 100),
  );
  const [registry, ordering] = type === 2 ? ["Adobe", "UCS"] : ["Adobe", "Identity"];
  return [
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
    `/CIDSystemInfo << /Registry (${registry}) /Ordering (${ordering}) /Supplement 0 >> def`,
    `/CMapName /${name} def /CMapType ${type} def`,
    "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ...blocks.map((block) => `${block.length} begin${operator}\n${block.join("\n")}\nend${operator}`),
    "endcmap CMapName currentdict /CMap defineresource pop end end",
  ].join("\n");
}

function toUnicode(codes: readonly Code[]): string {
  const lines = codes.flatMap(({ text }, index) => (text === "" ? [] : [`<${hex(index + 1)}> <${utf16(text)}>`]));
  return characterMap("Adobe-Identity-UCS", 2, "bfchar", lines);
}

/** The bounding box of all glyphs, from the font's `head` table (OpenType: xMin at byte 36). */
function boundingBox(font: CutFont): number[] {
  const head = readTables(font.bytes).get("head");
  if (!head) return [0, -300, 1000, 1100];
  return [36, 38, 40, 42].map((offset) => Math.round((numbers(head).getInt16(offset) * 1000) / font.upem));
}

function writeDescriptor(context: PDFContext, font: CutFont, file: Record<string, PDFRef>): PDFRef {
  const extents = font.font.hExtents();
  const scale = 1000 / font.upem;
  return context.register(
    context.obj({
      Type: "FontDescriptor",
      FontName: PDFName.of(font.name),
      Flags: 4,
      FontBBox: boundingBox(font),
      ItalicAngle: 0,
      Ascent: Math.round(extents.ascender * scale),
      Descent: Math.round(extents.descender * scale),
      CapHeight: 714,
      StemV: font.name.endsWith("Bold") ? 140 : 80,
      ...file,
    }),
  );
}

/** `W` array: character ids with their widths. */
function widths(context: PDFContext, pairs: readonly (readonly [number, number])[]): PDFArray {
  const array = PDFArray.withContext(context);
  for (const [id, width] of pairs) {
    array.push(context.obj(id));
    array.push(context.obj([Math.round(width * 100) / 100]));
  }
  return array;
}

type Outlines = { subtype: string; file: Record<string, PDFRef>; encoding: PDFObject; more: Record<string, PDFObject> };

/** TrueType outlines: a code is a character id, and a map leads from it to the glyph (ISO 32000-1, 9.7.4.2). */
function trueType(context: PDFContext, { font, codes, composites }: UsedFont): Outlines {
  const bytes = withComposites(font.bytes, composites);
  const map = new Uint8Array((codes.length + 1) * 2);
  codes.forEach(({ glyph }, index) => numbers(map).setUint16((index + 1) * 2, glyph));
  const array = PDFArray.withContext(context);
  array.push(context.obj(1));
  array.push(context.obj(codes.map(({ width }) => Math.round(width * 100) / 100)));
  return {
    subtype: "CIDFontType2",
    file: { FontFile2: context.register(context.flateStream(bytes, { Length1: bytes.length })) },
    encoding: PDFName.of("Identity-H"),
    more: { W: array, CIDToGIDMap: context.register(context.flateStream(map)) },
  };
}

/** CFF outlines: only that table is embedded, and a CMap leads from a code to the character id of its charset. */
function compact(context: PDFContext, { font, codes }: UsedFont): Outlines {
  const cff = readTables(font.bytes).get("CFF ") ?? new Uint8Array();
  const ids = characterIds(cff);
  const idOf = ({ glyph }: Code) => ids[glyph] ?? 0;
  const name = "Aufenthalt-Online-H";
  const lines = codes.map((code, index) => `<${hex(index + 1)}> ${idOf(code)}`);
  const info = { Registry: PDFString.of("Adobe"), Ordering: PDFString.of("Identity"), Supplement: 0 };
  const encoding = context.flateStream(characterMap(name, 1, "cidchar", lines), {
    Type: "CMap",
    CMapName: name,
    CIDSystemInfo: info,
  });
  const byId = new Map(codes.map((code) => [idOf(code), code.width]));
  return {
    subtype: "CIDFontType0",
    file: { FontFile3: context.register(context.flateStream(cff, { Subtype: "CIDFontType0C" })) },
    encoding: context.register(encoding),
    more: {
      W: widths(
        context,
        [...byId].toSorted(([a], [b]) => a - b),
      ),
    },
  };
}

/** Writes a Type0 font (ISO 32000-1, 9.7) with the outlines that a document uses. */
export function writeFont(context: PDFContext, used: UsedFont): PDFRef {
  const { font, codes } = used;
  const { subtype, file, encoding, more } = (font.isCff ? compact : trueType)(context, used);
  const name = PDFName.of(font.name);
  const descendant = context.obj({
    Type: "Font",
    Subtype: subtype,
    BaseFont: name,
    CIDSystemInfo: { Registry: PDFString.of("Adobe"), Ordering: PDFString.of("Identity"), Supplement: 0 },
    FontDescriptor: writeDescriptor(context, font, file),
    DW: 1000,
    ...more,
  });
  return context.register(
    context.obj({
      Type: "Font",
      Subtype: "Type0",
      BaseFont: name,
      Encoding: encoding,
      DescendantFonts: [context.register(descendant)],
      ToUnicode: context.register(context.flateStream(toUnicode(codes))),
    }),
  );
}
