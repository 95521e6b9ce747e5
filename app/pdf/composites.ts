import { numbers, readTables, writeTables } from "#app/pdf/sfnt.ts";

/** A glyph as part of a drawing; its place in font units. */
export type Part = { id: number; x: number; y: number };
/** Several glyphs drawn as one, or none at all; measures in font units. */
export type Composite = { parts: readonly Part[]; advance: number; box: readonly [number, number, number, number] };

/** What a PDF viewer needs of a TrueType font (ISO 32000-1, 9.9); how to shape and choose glyphs is settled. */
const KEPT = ["cvt ", "fpgm", "prep", "glyf", "head", "hhea", "hmtx", "loca", "maxp"];

/** Flags of a component (OpenType, `glyf`): offsets as words and as x and y, more to come, outlines overlap. */
const [WORDS, OFFSETS, MORE, OVERLAP] = [0x0001, 0x0002, 0x0020, 0x0400];

function record({ parts, box }: Composite): Uint8Array {
  if (parts.length === 0) return new Uint8Array();
  const bytes = new Uint8Array(10 + parts.length * 8);
  const view = numbers(bytes);
  [-1, ...box].forEach((value, index) => view.setInt16(index * 2, value));
  parts.forEach(({ id, x, y }, index) => {
    const at = 10 + index * 8;
    const more = index < parts.length - 1 ? MORE : 0;
    view.setUint16(at, WORDS | OFFSETS | more | (index === 0 ? OVERLAP : 0));
    view.setUint16(at + 2, id);
    view.setInt16(at + 4, x);
    view.setInt16(at + 6, y);
  });
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/**
 * A TrueType font for a PDF: only the tables that viewers need, and behind its own glyphs one for every composite, in
 * their order. So a syllable of several glyphs, which a reader must copy as one text, is one glyph with one width.
 */
export function withComposites(font: Uint8Array, composites: readonly Composite[]): Uint8Array {
  const tables = new Map([...readTables(font)].filter(([tag]) => KEPT.includes(tag)));
  if (composites.length === 0) return writeTables(tables);
  const table = (tag: string) => Uint8Array.from(tables.get(tag) ?? []);
  const [head, hhea, maxp, loca, hmtx] = [table("head"), table("hhea"), table("maxp"), table("loca"), table("hmtx")];
  const count = numbers(maxp).getUint16(4);
  const total = count + composites.length;
  const isLong = numbers(head).getInt16(50) === 1;
  const starts = Array.from({ length: count + 1 }, (_, index) =>
    isLong ? numbers(loca).getUint32(index * 4) : numbers(loca).getUint16(index * 2) * 2,
  );
  const end = starts.at(-1) ?? 0;
  const records = composites.map(record);
  const locations = new Uint8Array((total + 1) * 4);
  let at = end;
  starts.forEach((start, index) => numbers(locations).setUint32(index * 4, start));
  records.forEach((bytes, index) => {
    at += bytes.length;
    numbers(locations).setUint32((count + 1 + index) * 4, at);
  });

  const full = numbers(hhea).getUint16(34);
  const metrics = new Uint8Array(total * 4);
  const put = (glyph: number, advance: number, bearing: number) => {
    numbers(metrics).setUint16(glyph * 4, advance);
    numbers(metrics).setInt16(glyph * 4 + 2, bearing);
  };
  for (let glyph = 0; glyph < count; glyph += 1) {
    const advance = numbers(hmtx).getUint16(Math.min(glyph, full - 1) * 4);
    put(glyph, advance, numbers(hmtx).getInt16(glyph < full ? glyph * 4 + 2 : full * 4 + (glyph - full) * 2));
  }
  composites.forEach(({ advance, box }, index) => put(count + index, advance, box[0]));

  numbers(head).setInt16(50, 1);
  numbers(hhea).setUint16(34, total);
  const most = Math.max(...composites.map(({ parts }) => parts.length));
  const limits = numbers(maxp);
  limits.setUint16(4, total);
  for (const [simple, composite] of [
    [6, 10],
    [8, 12],
  ] as const) {
    const largest = Math.max(limits.getUint16(simple), limits.getUint16(composite));
    limits.setUint16(composite, Math.min(0xffff, largest * most));
  }
  limits.setUint16(28, Math.max(limits.getUint16(28), most));
  limits.setUint16(30, limits.getUint16(30) + 1);
  const glyphs = joined([table("glyf").subarray(0, end), ...records]);
  const changed = { head, hhea, maxp, loca: locations, hmtx: metrics, glyf: glyphs };
  return writeTables(new Map([...tables, ...Object.entries(changed)]));
}
