import { Blob as FontBlob, Face, Font } from "harfbuzzjs";
import { expect, test } from "vitest";
import { characterIds } from "#app/pdf/cff.ts";
import { withComposites } from "#app/pdf/composites.ts";
import { fontsFor, type CutFont } from "#app/pdf/fonts.server.ts";
import { readTables } from "#app/pdf/sfnt.ts";

async function cut(text: string, name: string): Promise<CutFont> {
  const { regular } = await fontsFor({ regular: new Set(text), bold: new Set() });
  return regular.find((font) => font.name.includes(name))!;
}

const opened = (bytes: Uint8Array) => new Font(new Face(new FontBlob(bytes)));
const movesOf = (font: Font, glyph: number) => font.glyphToJson(glyph).filter(({ type }) => type === "M");
const glyphOf = (font: Font, character: string) => font.glyph(character.codePointAt(0)!)!;

test("several glyphs become one behind those of the font, drawn where they were, as wide as said", async () => {
  const source = await cut("ab", "NotoSans-");
  const [a, b] = [glyphOf(source.font, "a"), glyphOf(source.font, "b")];
  const parts = [
    { id: a, x: 0, y: 0 },
    { id: b, x: 600, y: -100 },
  ];
  const font = opened(withComposites(source.bytes, [{ parts, advance: 1234, box: [0, -100, 1200, 800] }]));
  const shifted = movesOf(source.font, b).map(({ values: [x = 0, y = 0] }) => [x + 600, y - 100]);
  expect(movesOf(font, source.glyphCount).map(({ values }) => values)).toEqual([
    ...movesOf(source.font, a).map(({ values }) => values),
    ...shifted,
  ]);
  expect(font.glyphHAdvance(source.glyphCount)).toBe(1234);
});

test("a glyph of no parts draws nothing, and the font's own stay as they were", async () => {
  const source = await cut("ab", "NotoSans-");
  const font = opened(withComposites(source.bytes, [{ parts: [], advance: 7, box: [0, 0, 0, 0] }]));
  expect([font.glyphToJson(source.glyphCount), font.glyphHAdvance(source.glyphCount)]).toEqual([[], 7]);
  for (let glyph = 0; glyph < source.glyphCount; glyph += 1) {
    expect(font.glyphToJson(glyph)).toEqual(source.font.glyphToJson(glyph));
    expect(font.glyphHAdvance(glyph)).toBe(source.font.glyphHAdvance(glyph));
  }
});

test("tables that only shaping needs are left out", async () => {
  const { bytes } = await cut("ab", "NotoSans-");
  expect([...readTables(bytes).keys()]).toContain("GPOS");
  expect([...readTables(withComposites(bytes, [])).keys()]).not.toContain("GPOS");
});

test("every glyph of a CID-keyed font has the character id of its charset, in rising order, and none twice", async () => {
  const source = await cut("王小明，北京市海淀区山田太郎やまだ", "NotoSansHans");
  const ids = characterIds(readTables(source.bytes).get("CFF ")!);
  expect(ids).toHaveLength(source.glyphCount);
  expect(ids[0]).toBe(0);
  expect(ids).toEqual([...new Set(ids)].toSorted((one, other) => one - other));
  // The whole font has 30,000 glyphs; a cut that counted anew would have small ids only.
  expect(Math.max(...ids)).toBeGreaterThan(1000);
});

/** A number of a DICT in its three-byte form. */
const number = (value: number) => [28, value >> 8, value & 255];

/** An INDEX with offsets of one byte. */
function index(...items: (readonly number[])[]): number[] {
  let end = 1;
  const offsets = [1, ...items.map((item) => (end += item.length))];
  return [0, items.length, 1, ...offsets, ...items.flat()];
}

/** A CID-keyed `CFF ` table of three glyphs with nothing but what the charset needs. */
function cffWith(charset: readonly number[]): Uint8Array {
  const ros = [number(391), number(392), number(0), [12, 30]];
  const top = (charsetAt: number, stringsAt: number) =>
    index([...ros, number(charsetAt), [15], number(stringsAt), [17]].flat());
  const names = index([65]);
  const before = 4 + names.length + top(0, 0).length;
  const parts = [[1, 0, 4, 1], names, top(before, before + charset.length), charset, index([14], [14], [14])];
  return Uint8Array.from(parts.flat());
}

test.each([
  ["one by one", [0, 0, 10, 0, 20], [0, 10, 20]],
  ["in short ranges", [1, 1, 44, 1], [0, 300, 301]],
  ["in long ranges", [2, 1, 44, 0, 1], [0, 300, 301]],
])("a charset that lists its ids %s is understood", (_, charset, ids) => {
  expect(characterIds(cffWith(charset))).toEqual(ids);
});
