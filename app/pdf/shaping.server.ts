import bidiFactory from "bidi-js";
import { Buffer as ShapingBuffer, BufferFlag, ClusterLevel, Direction, Feature, shape } from "harfbuzzjs";
import type { Part } from "#app/pdf/composites.ts";
import type { CutFont, FontSet } from "#app/pdf/fonts.server.ts";
import { isAlphabetic, isNeutral, NO_SCRIPT, scriptOf } from "#app/pdf/scripts.ts";
import type { Weight } from "#app/pdf/typefaces.ts";

/** What is drawn for a stretch of text that cannot be told apart any further: one glyph, or a syllable of several. */
export type Sign = {
  parts: readonly Part[];
  /** What the sign stands for when text is copied. */
  text: string;
  /** In font units, as the places of its parts. */
  advance: number;
};
/** Signs of one font, script and direction, from left to right; `script` by ISO 15924. */
export type SignRun = { font: CutFont; script: string; isRightToLeft: boolean; signs: readonly Sign[] };
/** A line of text in the order in which it is drawn; `width` in thousandths of the font size. */
export type ShapedLine = { runs: readonly SignRun[]; width: number };

type Piece = { text: string; font: CutFont; script: string; level: number };

const bidi = bidiFactory();
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Embedding level of every UTF-16 unit of a paragraph (Unicode Bidirectional Algorithm); odd runs right to left. */
export function levelsOf(paragraph: string): Uint8Array {
  if (!RIGHT_TO_LEFT.test(paragraph)) return new Uint8Array(paragraph.length);
  return bidi.getEmbeddingLevels(paragraph, "auto").levels;
}

/** Cuts a line where font, script or direction change; spaces, digits, marks and punctuation stay with what precedes. */
function piecesOf(fonts: readonly CutFont[], line: string, levels: Uint8Array): Piece[] {
  const pieces: Piece[] = [];
  let index = 0;
  for (const character of line) {
    const level = levels[index] ?? 0;
    index += character.length;
    const last = pieces.at(-1);
    const neutral = isNeutral(character);
    const stays = neutral && last?.font.has(character);
    const font = stays ? last?.font : (fonts.find((candidate) => candidate.has(character)) ?? last?.font ?? fonts[0]);
    if (!font) continue;
    const script = neutral ? (last?.script ?? NO_SCRIPT) : scriptOf(character);
    if (last && last.level === level && last.font === font && [script, NO_SCRIPT].includes(last.script)) {
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
 * Keeps one glyph for one precomposed letter: the fonts would split some (ị) into letter and mark. Letters before typed
 * marks still lose their dot; scripts whose letters take shape from their neighbours are left alone.
 */
function wholeLetters(piece: Piece): Feature[] {
  if (!isAlphabetic(piece.script) || ASCII_ONLY.test(piece.text)) return [];
  return [...piece.text.matchAll(COMPOSED)].map(
    (match) => new Feature("ccmp", 0, match.index, match.index + match[0].length),
  );
}

function shapePiece(buffer: ShapingBuffer, piece: Piece): Sign[] {
  const isRightToLeft = piece.level % 2 === 1;
  buffer.reset();
  buffer.setClusterLevel(ClusterLevel.MONOTONE_GRAPHEMES);
  buffer.setFlags(BufferFlag.REMOVE_DEFAULT_IGNORABLES);
  buffer.addText(piece.text);
  buffer.setScript(piece.script);
  buffer.setLanguage("de");
  buffer.setDirection(isRightToLeft ? Direction.RTL : Direction.LTR);
  shape(piece.font.font, buffer, wholeLetters(piece));
  const glyphs = buffer.getGlyphInfosAndPositions();
  const starts = [...new Set(glyphs.map((glyph) => glyph.cluster))].toSorted((a, b) => a - b);
  const ends = new Map(starts.map((start, index) => [start, starts[index + 1] ?? piece.text.length]));
  const signs: Sign[] = [];
  let cluster: number | undefined;
  for (const glyph of glyphs) {
    const [x, y, width] = [glyph.xOffset ?? 0, glyph.yOffset ?? 0, glyph.xAdvance ?? 0];
    const last = signs.at(-1);
    if (last && glyph.cluster === cluster) {
      const part = { id: glyph.codepoint, x: last.advance + x, y };
      signs[signs.length - 1] = { ...last, parts: [...last.parts, part], advance: last.advance + width };
      continue;
    }
    cluster = glyph.cluster;
    const text = piece.text.slice(cluster === starts[0] ? 0 : cluster, ends.get(cluster));
    signs.push({
      parts: [{ id: glyph.codepoint, x, y }],
      text,
      advance: width,
    });
  }
  return isRightToLeft ? withSteering(signs) : signs;
}

const STEERING = /^\p{Cf}*/u;
const ENDS_WITH_MARK = /\p{Mn}\p{Cf}*$/u;

/**
 * Right to left, what has no drawing of its own goes to a letter: joiners and direction marks to the one before them, a
 * space behind a mark to the one after it. Told apart, the first are dropped and the mark is copied behind the space.
 * @param signs from left to right, so that what comes before in the text comes after
 */
function withSteering(signs: readonly Sign[]): Sign[] {
  const joined: Sign[] = [];
  let steering = "";
  for (const sign of signs) {
    const own = sign.text.replace(STEERING, "");
    const [space, left] = [joined.at(-1), joined.at(-2)];
    if (own !== "" && space?.text === " " && left && ENDS_WITH_MARK.test(own)) {
      joined.splice(-2, 2, { ...left, text: ` ${left.text}`, advance: left.advance + space.advance });
    }
    if (own !== "") joined.push({ ...sign, text: own + steering });
    steering = sign.text.slice(0, sign.text.length - own.length) + (own === "" ? steering : "");
  }
  return joined;
}

/** Width of a run in thousandths of the font size. */
export function widthOf({ font, signs }: SignRun): number {
  return (signs.reduce((sum, sign) => sum + sign.advance, 0) * 1000) / font.upem;
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
    const runs = pieces.map((piece) => ({
      font: piece.font,
      script: piece.script,
      isRightToLeft: piece.level % 2 === 1,
      signs: shapePiece(buffer, piece),
    }));
    return { runs, width: runs.reduce((sum, run) => sum + widthOf(run), 0) };
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
