import type { PDFContext, PDFRef } from "pdf-lib";
import type { Composite, Part } from "#app/pdf/composites.ts";
import { writeFont, type Code, type UsedFont } from "#app/pdf/fontObjects.server.ts";
import type { CutFont } from "#app/pdf/fonts.server.ts";
import type { Sign, SignRun } from "#app/pdf/shaping.server.ts";

/** Gives signs their codes while pages are written, and then writes the fonts. */
export type FontWriter = {
  /** Operators that show a run with its left end at (x, y), in points from the page's bottom left. */
  show: (run: SignRun, size: number, x: number, y: number) => string;
  /** Writes the font objects; gives the resource names used by `show`. */
  finish: () => ReadonlyMap<string, PDFRef>;
};

type Used = UsedFont & {
  key: string;
  /** Codes by drawing and text, and added glyphs by drawing. */
  known: Map<string, number>;
  added: Map<string, number>;
  codes: Code[];
  composites: Composite[];
};

const hex = (value: number) => value.toString(16).toUpperCase().padStart(4, "0");
const decimal = (value: number) => String(Math.round(value * 100) / 100);

/** The box around several glyphs, in font units. */
function boxOf(font: CutFont, parts: readonly Part[]): Composite["box"] {
  const boxes = parts.flatMap(({ id, x, y }) => {
    const extents = font.font.glyphExtents(id);
    if (!extents || (extents.width === 0 && extents.height === 0)) return [];
    const [left, top] = [extents.xBearing + x, extents.yBearing + y];
    return [[left, top + extents.height, left + extents.width, top] as const];
  });
  const edge = (side: 0 | 1 | 2 | 3) => boxes.map((box) => box[side]);
  if (boxes.length === 0) return [0, 0, 0, 0];
  return [Math.min(...edge(0)), Math.min(...edge(1)), Math.max(...edge(2)), Math.max(...edge(3))];
}

/**
 * A code stands for a drawing *and* a text: one drawing may serve "ạ" typed as one character and as letter and mark, and
 * copying the text must give back what was typed.
 */
function codeOf(used: Used, drawing: Drawing, text: string): number {
  const key = `${drawing.key}/${text}`;
  const known = used.known.get(key);
  if (known !== undefined) return known;
  used.codes.push({ ...glyphOf(used, drawing), text });
  used.known.set(key, used.codes.length);
  return used.codes.length;
}

/** What a code draws: a glyph of the font as it is, or one that is added, of any number of glyphs. */
type Drawing = { key: string; parts: readonly Part[]; advance: number; isAdded: boolean };

const BLANK: Drawing = { key: "blank", parts: [], advance: 0, isAdded: true };

function drawingOf({ parts, text, advance }: Sign): Drawing {
  const [only, second] = parts;
  // A letter that also stands for the space before it is as wide as both.
  const isAdded = second !== undefined || (text.length > 1 && text.startsWith(" "));
  if (only && !isAdded) return { key: `${only.id}`, parts, advance, isAdded };
  const places = parts.map(({ id, x, y }) => `${id},${x},${y}`);
  return { key: `${places.join(" ")} ${advance}`, parts, advance: Math.max(0, advance), isAdded };
}

function glyphOf({ font, added, composites }: Used, drawing: Drawing): Omit<Code, "text"> {
  const { key, parts, advance, isAdded } = drawing;
  const scale = 1000 / font.upem;
  const [first] = parts;
  if (first && !isAdded) return { glyph: first.id, width: font.font.glyphHAdvance(first.id) * scale };
  const glyph = added.get(key) ?? font.glyphCount + composites.length;
  if (!added.has(key)) composites.push({ parts, advance, box: boxOf(font, parts) });
  added.set(key, glyph);
  return { glyph, width: advance * scale };
}

/** The codes of a sign. Tucked ones are to be pulled together by `TUCK`, and the next sign is to be placed anew. */
type Codes = { codes: number[]; isTucked: boolean };

/**
 * One letter of a sign has the drawing and its width; what else the sign stands for is told by a blank code, because
 * readers take a code that stands for letter and mark for a mark, and see a gap (pdf.js). Right to left they stand in
 * the order of the page, which readers turn round.
 */
function codesOf(used: Used, sign: Sign, isRightToLeft: boolean): Codes {
  const drawing = drawingOf(sign);
  if (used.font.isCff) return { codes: [codeOf(used, drawing, sign.text)], isTucked: false };
  const letters = isRightToLeft ? turned(sign.text) : Array.from(sign.text);
  const at = Math.max(0, isRightToLeft ? letters.findIndex((letter) => !MARK.test(letter)) : 0);
  const tuck = (TUCK * used.font.upem) / 1000;
  const isTucked = !isRightToLeft && letters.length > 1 && drawing.advance > 4 * tuck;
  const blank = isTucked ? { ...BLANK, key: "tucked", advance: Math.round(2 * tuck) } : BLANK;
  const told = (list: readonly string[]) => (list.length === 0 ? [] : [codeOf(used, blank, list.join(""))]);
  const shown = codeOf(used, isTucked ? narrower(drawing, tuck) : drawing, letters[at] ?? "");
  return { codes: [...told(letters.slice(0, at)), shown, ...told(letters.slice(at + 1))], isTucked };
}

/**
 * Poppler takes what begins less than a tenth of the font size behind the beginning of what came before for a text
 * printed twice and puts it elsewhere; a tenth between end and beginning is a space for both readers. And pdf.js gives
 * marks no width. So a letter ends this far too early, its blank code begins as much before that and ends with the sign.
 */
const TUCK = 55;

function narrower({ key, parts, advance }: Drawing, by: number): Drawing {
  return { key: `${key} narrow ${advance}`, parts, advance: Math.round(advance - by), isAdded: true };
}

const MARK = /\p{Mn}/u;
/** A character with the space before it and the joiners and direction marks behind it. */
const WITH_STEERING = / ?[^]\p{Cf}*/gu;

/** The letters of a text from its last to its first. */
function turned(text: string): string[] {
  return (text.match(WITH_STEERING) ?? []).toReversed().map((letter) => Array.from(letter).toReversed().join(""));
}

/** In a CFF font no glyph can be added: the first one stands for the text, the others for none. */
function apart(sign: Sign): Sign[] {
  const last = sign.parts.length - 1;
  return sign.parts.map((part, index) => ({
    parts: [part],
    text: index === 0 ? sign.text : "",
    advance: index === last ? sign.advance : 0,
  }));
}

/** Operators of a run: `TJ`, cut where marks rise above or sink below the line and where a place is told anew. */
function showRun(used: Used, run: SignRun, size: number, x: number, y: number): string {
  const scale = 1000 / run.font.upem;
  let text = `1 0 0 1 ${decimal(x)} ${decimal(y)} Tm\n`;
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
  const signs = run.font.isCff ? run.signs.flatMap(apart) : run.signs;
  for (const sign of signs) {
    const { codes, isTucked } = codesOf(used, sign, run.isRightToLeft);
    const [first] = sign.parts;
    const isPlaced = sign.parts.length === 1 && first && !drawingOf(sign).isAdded && !isTucked;
    const [dx, dy] = isPlaced ? [first.x * scale, first.y * scale] : [0, 0];
    if (dy !== rise) {
      flush();
      rise = dy;
      text += `${decimal((rise * size) / 1000)} Ts\n`;
    }
    shift(dx);
    items += isTucked ? codes.map((code) => `<${hex(code)}>`).join(` ${TUCK} `) : `<${codes.map(hex).join("")}>`;
    pen += sign.advance * scale;
    if (isTucked) {
      flush();
      text += `1 0 0 1 ${decimal(x + (pen * size) / 1000)} ${decimal(y)} Tm\n`;
    } else {
      const width = codes.reduce((sum, code) => sum + (used.codes[code - 1]?.width ?? 0), 0);
      shift(sign.advance * scale - width - dx);
    }
  }
  flush();
  return rise === 0 ? text : `${text}0 Ts\n`;
}

/** A writer for the fonts of one PDF. */
export function createFontWriter(context: PDFContext): FontWriter {
  const fonts = new Map<CutFont, Used>();
  const usedOf = (font: CutFont): Used => {
    const known = fonts.get(font);
    if (known) return known;
    const key = `F${fonts.size + 1}`;
    const used: Used = { key, font, known: new Map(), added: new Map(), codes: [], composites: [] };
    fonts.set(font, used);
    return used;
  };
  return {
    show: (run, size, x, y) => {
      const used = usedOf(run.font);
      return `/${used.key} ${size} Tf ${showRun(used, run, size, x, y)}`;
    },
    finish: () => new Map(Array.from(fonts.values(), (used) => [used.key, writeFont(context, used)])),
  };
}
