import bidiFactory from "bidi-js";
import { Buffer as ShapingBuffer, BufferFlag, ClusterLevel, Direction, Feature, shape } from "harfbuzzjs";
import type { CutFont, FontSet, Weight } from "#app/pdf/fonts.server.ts";

/** A placed glyph; lengths in thousandths of the font size. */
export type Glyph = {
  id: number;
  /** What the glyph stands for when text is copied; empty if a neighbour already stands for it. */
  text: string;
  advance: number;
  dx: number;
  dy: number;
};
export type GlyphRun = { font: CutFont; glyphs: readonly Glyph[] };
/** A line of text in the order in which it is drawn; `width` in thousandths of the font size. */
export type ShapedLine = { runs: readonly GlyphRun[]; width: number };

type Piece = { text: string; font: CutFont; script: string; level: number };

const bidi = bidiFactory();
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const NEUTRAL = /[\p{Script=Common}\p{Script=Inherited}]/u;
/** OpenType script tags (ISO 15924) of the scripts that the fonts know. */
const scripts: readonly (readonly [string, RegExp])[] = [
  ["Latn", /\p{Script=Latin}/u],
  ["Cyrl", /\p{Script=Cyrillic}/u],
  ["Grek", /\p{Script=Greek}/u],
  ["Arab", /\p{Script=Arabic}/u],
];

/** Embedding level of every UTF-16 unit of a paragraph (Unicode Bidirectional Algorithm); odd runs right to left. */
export function levelsOf(paragraph: string): Uint8Array {
  if (!RIGHT_TO_LEFT.test(paragraph)) return new Uint8Array(paragraph.length);
  return bidi.getEmbeddingLevels(paragraph, "auto").levels;
}

function scriptOf(character: string): string {
  return scripts.find(([, test]) => test.test(character))?.[0] ?? "Zyyy";
}

/** Cuts a line where font, script or direction change; spaces, digits, marks and punctuation stay with what precedes. */
function piecesOf(fonts: readonly CutFont[], line: string, levels: Uint8Array): Piece[] {
  const pieces: Piece[] = [];
  let index = 0;
  for (const character of line) {
    const level = levels[index] ?? 0;
    index += character.length;
    const last = pieces.at(-1);
    const isNeutral = NEUTRAL.test(character);
    const stays = isNeutral && last?.font.has(character);
    const font = stays ? last?.font : (fonts.find((candidate) => candidate.has(character)) ?? last?.font ?? fonts[0]);
    if (!font) continue;
    const script = isNeutral ? (last?.script ?? "Zyyy") : scriptOf(character);
    if (last && last.level === level && last.font === font && (last.script === script || last.script === "Zyyy")) {
      last.text += character;
      last.script = script;
    } else pieces.push({ text: character, font, script, level });
  }
  return pieces;
}

/** Rule L2: from the highest level down to the lowest odd one, turns every stretch of pieces at or above it. */
function inVisualOrder(pieces: readonly Piece[]): Piece[] {
  const ordered = [...pieces];
  const highest = Math.max(0, ...pieces.map((piece) => piece.level));
  for (let level = highest; level >= 1; level -= 1) {
    for (let start = 0; start < ordered.length; start += 1) {
      let end = start;
      while ((ordered[end]?.level ?? 0) >= level) end += 1;
      if (end > start) ordered.splice(start, end - start, ...ordered.slice(start, end).toReversed());
      start = Math.max(start, end - 1);
    }
  }
  return ordered;
}

const COMPOSED = /(?:\P{M}(?!\p{M}))+/gu;
const ASCII_ONLY = /^\p{ASCII}*$/u;

/**
 * Keeps one glyph for one precomposed letter: the fonts would split some (ị) into letter and mark, and a mark without
 * text of its own makes readers see a space. Letters before typed marks still lose their dot, Arabic is left alone.
 */
function wholeLetters(piece: Piece): Feature[] {
  if (piece.script === "Arab" || ASCII_ONLY.test(piece.text)) return [];
  return [...piece.text.matchAll(COMPOSED)].map(
    (match) => new Feature("ccmp", 0, match.index, match.index + match[0].length),
  );
}

function shapePiece(buffer: ShapingBuffer, piece: Piece): Glyph[] {
  const isRightToLeft = piece.level % 2 === 1;
  buffer.reset();
  buffer.setClusterLevel(ClusterLevel.MONOTONE_CHARACTERS);
  buffer.setFlags(BufferFlag.REMOVE_DEFAULT_IGNORABLES);
  buffer.addText(piece.text);
  buffer.setScript(piece.script);
  buffer.setLanguage("de");
  buffer.setDirection(isRightToLeft ? Direction.RTL : Direction.LTR);
  shape(piece.font.font, buffer, wholeLetters(piece));
  const glyphs = buffer.getGlyphInfosAndPositions();
  const starts = [...new Set(glyphs.map((glyph) => glyph.cluster))].toSorted((a, b) => a - b);
  const ends = new Map(starts.map((start, index) => [start, starts[index + 1] ?? piece.text.length]));
  const carriers = carriersOf(glyphs);
  const scale = 1000 / piece.font.upem;
  return glyphs.map((glyph, index) => {
    const from = glyph.cluster === starts[0] ? 0 : glyph.cluster;
    const text = carriers.get(glyph.cluster) === index ? piece.text.slice(from, ends.get(glyph.cluster)) : "";
    return {
      id: glyph.codepoint,
      // Readers turn right-to-left text round character by character, so a ligature's letters must stand reversed too.
      text: isRightToLeft ? [...text].toReversed().join("") : text,
      advance: (glyph.xAdvance ?? 0) * scale,
      dx: (glyph.xOffset ?? 0) * scale,
      dy: (glyph.yOffset ?? 0) * scale,
    };
  });
}

/** The glyph of every cluster that stands for its text: the widest, so the letter rather than a mark. */
function carriersOf(glyphs: readonly { cluster: number; xAdvance?: number }[]): Map<number, number> {
  const carriers = new Map<number, number>();
  glyphs.forEach((glyph, index) => {
    const known = carriers.get(glyph.cluster);
    if (known === undefined || (glyph.xAdvance ?? 0) > (glyphs[known]?.xAdvance ?? 0))
      carriers.set(glyph.cluster, index);
  });
  return carriers;
}

/** Shapes lines with the fonts of one document and remembers the width of words it has seen. */
export type Shaper = {
  line: (weight: Weight, text: string, levels: Uint8Array) => ShapedLine;
  /** Width of a short text in thousandths of the font size. */
  width: (weight: Weight, text: string) => number;
};

/** A shaper over the fonts of one document. */
export function createShaper(fonts: FontSet): Shaper {
  const buffer = new ShapingBuffer();
  const widths: Record<Weight, Map<string, number>> = { regular: new Map(), bold: new Map() };
  const line: Shaper["line"] = (weight, text, levels) => {
    const pieces = inVisualOrder(piecesOf(fonts[weight], text, levels));
    const runs = pieces.map((piece) => ({ font: piece.font, glyphs: shapePiece(buffer, piece) }));
    const width = runs.reduce((sum, run) => run.glyphs.reduce((total, glyph) => total + glyph.advance, sum), 0);
    return { runs, width };
  };
  const width: Shaper["width"] = (weight, text) => {
    const known = widths[weight].get(text);
    if (known !== undefined) return known;
    const measured = line(weight, text, levelsOf(text)).width;
    widths[weight].set(text, measured);
    return measured;
  };
  return { line, width };
}
