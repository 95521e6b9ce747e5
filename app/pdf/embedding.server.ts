import { PDFArray, PDFHexString, PDFName, type PDFContext, type PDFRef } from "pdf-lib";
import type { CutFont } from "#app/pdf/fonts.server.ts";
import { outline } from "#app/pdf/outlines.server.ts";
import type { Glyph, GlyphRun } from "#app/pdf/shaping.server.ts";

type Entry = { id: number; text: string; width: number };
type Used = { key: string; font: CutFont; codes: Map<string, number>; entries: Entry[] };

/** Operators of a run: those inside the text object, and those that follow it. */
export type Shown = { text: string; outlines: string };

/** Gives glyphs their codes while pages are written, and then writes the fonts. */
export type FontWriter = {
  /** Operators that show a run with its left end at (x, y), in points from the page's bottom left. */
  show: (run: GlyphRun, size: number, x: number, y: number) => Shown;
  /** Writes the font objects; gives the resource names used by `show`. */
  finish: () => ReadonlyMap<string, PDFRef>;
};

const hex = (value: number) => value.toString(16).toUpperCase().padStart(4, "0");
const decimal = (value: number) => String(Math.round(value * 100) / 100);

/** UTF-16BE hex of a text, as ToUnicode maps want it. */
function utf16(text: string): string {
  return Array.from({ length: text.length }, (_, index) => hex(text.charCodeAt(index))).join("");
}

/**
 * A code stands for a glyph *and* the text it was made from: one drawing may serve "ạ" typed as one character and as
 * letter and mark, and copying the text must give back what was typed. A map from code to glyph makes that possible.
 */
function codeOf(used: Used, glyph: Glyph): number {
  const key = `${glyph.id}/${glyph.text}`;
  const known = used.codes.get(key);
  if (known !== undefined) return known;
  const width = (used.font.font.glyphHAdvance(glyph.id) * 1000) / used.font.upem;
  used.entries.push({ id: glyph.id, text: glyph.text, width });
  used.codes.set(key, used.entries.length);
  return used.entries.length;
}

/** One `TJ`, cut where marks rise above or sink below the line; glyphs without text of their own as outlines. */
function showRun(used: Used, run: GlyphRun, size: number, at: { x: number; y: number }): Shown {
  let text = "";
  let outlines = "";
  let items = "";
  let rise = 0;
  let pen = 0;
  const flush = () => {
    if (items) text += `[${items}] TJ\n`;
    items = "";
  };
  const shift = (amount: number) => {
    if (Math.abs(amount) >= 0.005) items += ` ${decimal(-amount)} `;
  };
  for (const glyph of run.glyphs) {
    if (glyph.text === "") {
      const [x, y] = [at.x + ((pen + glyph.dx) * size) / 1000, at.y + (glyph.dy * size) / 1000];
      outlines += outline(run.font, glyph.id, size, x, y);
      shift(glyph.advance);
    } else {
      const code = codeOf(used, glyph);
      if (glyph.dy !== rise) {
        flush();
        rise = glyph.dy;
        text += `${decimal((rise * size) / 1000)} Ts\n`;
      }
      shift(glyph.dx);
      items += `<${hex(code)}>`;
      shift(glyph.advance - (used.entries[code - 1]?.width ?? 0) - glyph.dx);
    }
    pen += glyph.advance;
  }
  flush();
  return { text: rise === 0 ? text : `${text}0 Ts\n`, outlines };
}

function toUnicode(entries: readonly Entry[]): string {
  const lines = entries.map((entry, index) => `<${hex(index + 1)}> <${utf16(entry.text)}>`);
  const parts = Array.from({ length: Math.ceil(lines.length / 100) }, (_, index) =>
    lines.slice(index * 100, index * 100 + 100),
  );
  return [
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
    "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
    "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ...parts.map((part) => `${part.length} beginbfchar\n${part.join("\n")}\nendbfchar`),
    "endcmap CMapName currentdict /CMap defineresource pop end end",
  ].join("\n");
}

function glyphMap(entries: readonly Entry[]): Uint8Array {
  const map = new Uint8Array((entries.length + 1) * 2);
  entries.forEach((entry, index) => map.set([entry.id >> 8, entry.id & 255], (index + 1) * 2));
  return map;
}

/** The bounding box of all glyphs, from the font's `head` table (OpenType: xMin at byte 36). */
function boundingBox(font: CutFont): number[] {
  const head = font.font.face.referenceTable("head");
  if (!head) return [0, -300, 1000, 1100];
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return [36, 38, 40, 42].map((offset) => Math.round((view.getInt16(offset) * 1000) / font.upem));
}

/** Type0 font with TrueType outlines (ISO 32000-1, 9.7.4). */
function writeFont(context: PDFContext, { font, entries }: Used): PDFRef {
  const name = PDFName.of(font.name);
  const extents = font.font.hExtents();
  const scale = 1000 / font.upem;
  const descriptor = context.obj({
    Type: "FontDescriptor",
    FontName: name,
    Flags: 4,
    FontBBox: boundingBox(font),
    ItalicAngle: 0,
    Ascent: Math.round(extents.ascender * scale),
    Descent: Math.round(extents.descender * scale),
    CapHeight: 714,
    StemV: font.name.endsWith("Bold") ? 140 : 80,
    FontFile2: context.register(context.flateStream(font.bytes, { Length1: font.bytes.length })),
  });
  const widths = PDFArray.withContext(context);
  widths.push(context.obj(1));
  widths.push(context.obj(entries.map((entry) => Math.round(entry.width * 100) / 100)));
  const descendant = context.obj({
    Type: "Font",
    Subtype: "CIDFontType2",
    BaseFont: name,
    CIDSystemInfo: {
      Registry: PDFHexString.fromText("Adobe"),
      Ordering: PDFHexString.fromText("Identity"),
      Supplement: 0,
    },
    FontDescriptor: context.register(descriptor),
    DW: 1000,
    W: widths,
    CIDToGIDMap: context.register(context.flateStream(glyphMap(entries))),
  });
  return context.register(
    context.obj({
      Type: "Font",
      Subtype: "Type0",
      BaseFont: name,
      Encoding: "Identity-H",
      DescendantFonts: [context.register(descendant)],
      ToUnicode: context.register(context.flateStream(toUnicode(entries))),
    }),
  );
}

/** A writer for the fonts of one PDF. */
export function createFontWriter(context: PDFContext): FontWriter {
  const fonts = new Map<CutFont, Used>();
  const usedOf = (font: CutFont): Used => {
    const used = fonts.get(font) ?? { key: `F${fonts.size + 1}`, font, codes: new Map(), entries: [] };
    fonts.set(font, used);
    return used;
  };
  return {
    show: (run, size, x, y) => {
      const used = usedOf(run.font);
      const { text, outlines } = showRun(used, run, size, { x, y });
      return { text: `/${used.key} ${size} Tf 1 0 0 1 ${decimal(x)} ${decimal(y)} Tm\n${text}`, outlines };
    },
    finish: () => new Map(Array.from(fonts.values(), (used) => [used.key, writeFont(context, used)])),
  };
}
