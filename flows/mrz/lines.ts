import { layouts, type Layout, type MrzFormat, type Span } from "#flows/mrz/layout.ts";

/** What people type or paste for the filler. */
const FILLERS = /[«‹＜〈《]/g;
/** Blanks of all kinds and marks without ink that come along when text is copied. */
const BLANKS = /[\s\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]/g;

function signsOf(line: string): string {
  return line
    .replace(FILLERS, (sign) => (sign === "«" || sign === "《" ? "<<" : "<"))
    .replace(BLANKS, "")
    .toUpperCase();
}

/** A line whose fillers at the end are too few or too many: nobody counts them while typing. */
function fitted(line: string, width: number): string {
  const bare = line.replace(/<+$/, "");
  return line.length === width || bare.length > width ? line : bare.padEnd(width, "<");
}

function visaOr(format: MrzFormat, visa: MrzFormat, first = ""): Layout {
  return layouts[first.startsWith("V") ? visa : format];
}

/** Lines as they were typed, if their number and the length of the second tell the format. */
function byLines(lines: readonly string[]): { layout: Layout; lines: string[] } | undefined {
  const [first = "", second = "", third = ""] = lines;
  const { length } = second;
  if (lines.length === 3 && length === 30) {
    return { layout: layouts.TD1, lines: [fitted(first, 30), second, fitted(third, 30)] };
  }
  if (lines.length !== 2 || (length !== 44 && length !== 36)) return undefined;
  const layout = length === 44 ? visaOr("TD3", "MRV-A", first) : visaOr("TD2", "MRV-B", first);
  return { layout, lines: [fitted(first, length), second] };
}

/** All signs in one row, however the lines were broken: each length belongs to one kind of document. */
function byLength(all: string): { layout: Layout; lines: string[] } | undefined {
  const layout = new Map([
    [90, layouts.TD1],
    [72, visaOr("TD2", "MRV-B", all)],
    [88, visaOr("TD3", "MRV-A", all)],
  ]).get(all.length);
  if (!layout) return undefined;
  const { lines: count, width } = layout;
  return { layout, lines: Array.from({ length: count }, (_, line) => all.slice(line * width, (line + 1) * width)) };
}

/** Positions that hold digits only: there a typed O can only mean 0. */
function numericSpans({ numberCheck, dateOfBirth, birthCheck, validUntil, expiryCheck, ...layout }: Layout): Span[] {
  const { optionalCheck, composite } = layout;
  const others = [optionalCheck, composite?.at].filter((span) => span !== undefined);
  return [numberCheck, dateOfBirth, birthCheck, validUntil, expiryCheck, ...others];
}

/** The signs of a part of the zone. */
export function signsAt(lines: readonly string[], [line, from, to]: Span): string {
  return (lines[line] ?? "").slice(from, to);
}

/**
 * Brings typed or pasted lines into the form of the zone and tells the format: upper case, `«` as fillers, no blanks, with
 * line breaks or without, fillers at the end of the name line added. Otherwise the number of the line that has the wrong
 * length, counted from 1.
 */
export function readLines(typed: string): { layout: Layout; lines: readonly string[] } | { wrongLine: number } {
  const typedLines = typed
    .split(/[\r\n\u2028\u2029]+/)
    .map(signsOf)
    .filter(Boolean);
  const found = byLines(typedLines) ?? byLength(typedLines.join(""));
  if (!found) return { wrongLine: typedLines.length === 2 || typedLines.length === 3 ? 2 : 1 };
  const { layout } = found;
  const wrong = found.lines.findIndex((line) => line.length !== layout.width);
  if (wrong >= 0) return { wrongLine: wrong + 1 };
  const lines = [...found.lines];
  for (const [line, from, to] of numericSpans(layout)) {
    const text = lines[line] ?? "";
    lines[line] = text.slice(0, from) + text.slice(from, to).replaceAll("O", "0") + text.slice(to);
  }
  return { layout, lines };
}
