import { NO_ANSWER, type PdfRow } from "#app/pdf/document.ts";
import { child, textWidth, type Colour, type Element, type Mark } from "#app/pdf/pages.ts";
import type { ShapedLine, Shaper } from "#app/pdf/shaping.server.ts";
import { wrap, type TextStyle } from "#app/pdf/wrapping.server.ts";

/** A strip of a page that is never cut; `draw` gets its top edge and the text's left edge. */
export type Block = {
  height: number;
  /** White above, dropped at the top of a page. */
  gap: number;
  /** Must stand on the same page as the next block. */
  keep: boolean;
  /** Section that the block continues; a page that begins with it says so. */
  continues?: string;
  bookmark?: string;
  draw: (left: number, top: number) => Mark[];
};

export const styles = {
  title: { weight: "bold", size: 19, leading: 25 },
  subtitle: { weight: "regular", size: 11, leading: 16 },
  section: { weight: "bold", size: 12.5, leading: 18 },
  group: { weight: "bold", size: 9.5, leading: 14 },
  body: { weight: "regular", size: 9.5, leading: 13.5 },
  strong: { weight: "bold", size: 9.5, leading: 13.5 },
  small: { weight: "regular", size: 8, leading: 11 },
  demo: { weight: "bold", size: 8.5, leading: 12 },
} as const satisfies Record<string, TextStyle>;

/** Words that the renderer itself writes. */
export const fixedWords = `${NO_ANSWER} Fortsetzung: Seite 0123456789 von`;

const LABEL_SHARE = 0.36;
const COLUMN_GAP = 14;
const ROW_PADDING = 3.2;
/** A row with more lines than this may be cut between pages. */
const WHOLE_ROW = 6;

/** Baseline of a line in a strip: capital letters stand in its middle. */
export function baseline(top: number, style: TextStyle): number {
  return top + style.leading / 2 + style.size * 0.357;
}

/** Draws lines one below the other. */
export function drawLines(
  lines: readonly ShapedLine[],
  style: TextStyle,
  at: { x: number; top: number },
  colour: Colour,
  element?: Element,
): Mark[] {
  return lines.map((line, index) => ({
    kind: "text",
    x: at.x,
    baseline: baseline(at.top + index * style.leading, style),
    line,
    size: style.size,
    colour,
    ...(element ? { element } : {}),
  }));
}

/** Text over the full width, cut between pages so that two lines at least stay together. */
export function textBlocks(
  shaper: Shaper,
  text: string,
  style: TextStyle,
  colour: Colour,
  element: Element,
  options: { gap: number; width?: number; keep?: boolean; continues?: string },
): Block[] {
  const lines = wrap(shaper, style, text, options.width ?? textWidth);
  return lines.map((line, index) => ({
    height: style.leading,
    gap: index === 0 ? options.gap : 0,
    keep: options.keep === true || (lines.length > 1 && (index === 0 || index === lines.length - 2)),
    ...(options.continues === undefined || index === 0 ? {} : { continues: options.continues }),
    draw: (left, top) => drawLines([line], style, { x: left, top }, colour, element),
  }));
}

/** Starts of the strips into which a row of `count` lines is cut: whole if short, else three lines, single ones, two. */
function cuts(count: number): number[] {
  if (count <= WHOLE_ROW) return [0];
  return [0, ...Array.from({ length: count - 4 }, (_, index) => index + 3)];
}

/** A label with its value beside it, under a hairline unless it is the first of its table. */
export function rowBlocks(
  shaper: Shaper,
  row: PdfRow,
  table: Element,
  options: { width?: number; isFirst: boolean; continues?: string; strong?: boolean },
): Block[] {
  const width = options.width ?? textWidth;
  const labelWidth = width * LABEL_SHARE - COLUMN_GAP;
  const isEmpty = row.value.trim() === "";
  const valueStyle = options.strong && !isEmpty ? styles.strong : styles.body;
  const labels = wrap(shaper, styles.body, row.label, labelWidth);
  const values = wrap(shaper, valueStyle, isEmpty ? NO_ANSWER : row.value, width - labelWidth - COLUMN_GAP);
  const line = child(table, "TR");
  const [head, cell] = [child(line, "TH"), child(line, "TD")];
  const count = Math.max(labels.length, values.length);
  const starts = cuts(count);
  return starts.map((from, index) => {
    const to = starts[index + 1] ?? count;
    const above = index === 0 ? ROW_PADDING : 0;
    const below = to === count ? ROW_PADDING : 0;
    return {
      height: (to - from) * styles.body.leading + above + below,
      gap: 0,
      keep: false,
      ...(options.continues === undefined ? {} : { continues: options.continues }),
      draw: (left, top) => [
        ...hairline(left, top, width, index === 0 && !options.isFirst),
        ...drawLines(labels.slice(from, to), styles.body, { x: left, top: top + above }, "muted", head),
        ...drawLines(
          values.slice(from, to),
          valueStyle,
          { x: left + labelWidth + COLUMN_GAP, top: top + above },
          isEmpty ? "muted" : "text",
          cell,
        ),
      ],
    };
  });
}

function hairline(x: number, y: number, width: number, isDrawn: boolean): Mark[] {
  return isDrawn ? [{ kind: "box", x, y: y - 0.25, width, height: 0.5, fill: "line" }] : [];
}

/** A heading with a line below; stays with what follows. */
export function sectionHeading(shaper: Shaper, title: string, parent: Element): Block[] {
  const element = child(parent, "H2");
  const blocks = textBlocks(shaper, title, styles.section, "text", element, { gap: 20, keep: true });
  const rule: Block = {
    height: 6,
    gap: 0,
    keep: true,
    draw: (left, top) => [{ kind: "box", x: left, y: top + 2, width: textWidth, height: 0.9, fill: "text" }],
  };
  return [...blocks.map((block, index) => (index === 0 ? { ...block, bookmark: title } : block)), rule];
}
