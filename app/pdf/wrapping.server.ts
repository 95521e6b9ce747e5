import { levelsOf, type ShapedLine, type Shaper } from "#app/pdf/shaping.server.ts";
import type { Weight } from "#app/pdf/typefaces.ts";

/** How a text is set; sizes in points. */
export type TextStyle = { weight: Weight; size: number; leading: number };

/** After a space, and after hyphen, dash or slash between two letters. */
const BREAKS = /(?<= )(?! )|(?<=\p{L}[-–/])(?=\p{L})/u;
const graphemes = new Intl.Segmenter("de", { granularity: "grapheme" });

/** Pieces of a word that is wider than a line, cut between user-perceived characters so that no mark loses its letter. */
function chop(shaper: Shaper, weight: Weight, word: string, width: number): string[] {
  const parts: string[] = [];
  let part = "";
  let used = 0;
  for (const { segment } of graphemes.segment(word)) {
    const wide = shaper.width(weight, segment);
    if (part && used + wide > width) {
      parts.push(part);
      part = "";
      used = 0;
    }
    part += segment;
    used += wide;
  }
  return [...parts, part];
}

function wrapParagraph(shaper: Shaper, weight: Weight, paragraph: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  const add = (token: string) => {
    const solid = token.trimEnd();
    if (line && used + shaper.width(weight, solid) > width) {
      lines.push(line);
      line = "";
      used = 0;
    }
    line += token;
    used += shaper.width(weight, solid) + (token.length - solid.length) * shaper.width(weight, " ");
  };
  for (const token of paragraph.split(BREAKS)) {
    const fits = shaper.width(weight, token.trimEnd()) <= width;
    for (const part of fits ? [token] : chop(shaper, weight, token, width)) add(part);
  }
  return [...lines, line];
}

/** Breaks a text into shaped lines no wider than `width` points; an empty text gives one empty line. */
export function wrap(shaper: Shaper, style: TextStyle, text: string, width: number): readonly ShapedLine[] {
  const room = (width / style.size) * 1000;
  return text.split("\n").flatMap((paragraph) => {
    const levels = levelsOf(paragraph);
    let start = 0;
    return wrapParagraph(shaper, style.weight, paragraph, room).map((line) => {
      const from = start + (line.length - line.trimStart().length);
      const solid = line.trim();
      start += line.length;
      return shaper.line(style.weight, solid, levels.subarray(from, from + solid.length));
    });
  });
}
