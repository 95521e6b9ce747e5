import { drawnArrows, isFinal, type Drawable, type DrawingWords } from "#flows/engine/drawing.ts";
import { placeInLayers, type Point, type Way } from "#flows/engine/layers.ts";

/** Words of a drawing with the name that screen readers say. */
export type SvgWords = DrawingWords & { title: string };

const BOX_WIDTH = 200;
const BOX_TEXT = { size: 14, leading: 18, letters: 25 } as const;
const LABEL_TEXT = { size: 12, leading: 15, letters: 24 } as const;
const MARGIN = 12;
const START = 30;
/** A letter's mean width as a share of the font size; wide enough for common sans-serif fonts. */
const LETTER = 0.56;

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** Lines of at most `letters` letters where words allow it; longer words are cut. */
function lines(text: string, letters: number): string[] {
  const words = text.split(/\s+/).flatMap((word) => word.match(new RegExp(`.{1,${letters}}`, "gu")) ?? []);
  return words.reduce<string[]>((found, word) => {
    const last = found.at(-1);
    if (last === undefined || last.length + 1 + word.length > letters) return [...found, word];
    return [...found.slice(0, -1), `${last} ${word}`];
  }, []);
}

type TextSize = typeof BOX_TEXT | typeof LABEL_TEXT;

function textAt(rows: readonly string[], middle: Point, style: TextSize, name: string): string {
  const first = middle.y - ((rows.length - 1) * style.leading) / 2 + style.size * 0.35;
  const spans = rows.map(
    (row, index) => `<tspan x="${n(middle.x)}" y="${n(first + index * style.leading)}">${escaped(row)}</tspan>`,
  );
  return `<text class="${name}" font-size="${style.size}" text-anchor="middle" fill="currentColor">${spans.join("")}</text>`;
}

const n = (value: number) => String(Math.round(value * 10) / 10);

/** Straight within a layer, curved between layers. */
function line(points: readonly Point[]): string {
  const [start, ...rest] = points;
  if (!start) return "";
  let at = start;
  const parts = rest.map((to) => {
    const isStraight = Math.abs(to.x - at.x) < 0.05;
    const bend = n((at.y + to.y) / 2);
    const part = isStraight ? `V${n(to.y)}` : `C${n(at.x)} ${bend} ${n(to.x)} ${bend} ${n(to.x)} ${n(to.y)}`;
    at = to;
    return part;
  });
  const way = `M${n(start.x)} ${n(start.y)}${parts.join("")}`;
  return `<path class="flow-arrow" d="${way}" fill="none" stroke="currentColor" stroke-width="1.3"/>`;
}

function arrow(points: readonly Point[]): string {
  const end = points.at(-1);
  if (!end) return "";
  return `${line(points)}<path class="flow-head" d="M${n(end.x - 4)} ${n(end.y - 7)}h8l-4 7z" fill="currentColor"/>`;
}

/** The way with a gap where its label stands. */
function arrowAround({ points, label }: Way, labelHeight: number): string {
  if (labelHeight === 0) return arrow(points);
  const above = points.filter((point) => point.y < label.y);
  const below = points.filter((point) => point.y > label.y);
  const stem = line([...above, { x: label.x, y: label.y - labelHeight / 2 }]);
  return stem + arrow([{ x: label.x, y: label.y + labelHeight / 2 }, ...below]);
}

function box(middle: Point, height: number, marks: { isGroup: boolean; isFinal: boolean }): string {
  const [x, y] = [middle.x - BOX_WIDTH / 2, middle.y - height / 2];
  const rect = (width: number, radius: number) =>
    `<rect x="${n(x)}" y="${n(y)}" width="${BOX_WIDTH}" height="${n(height)}" rx="${n(radius)}" fill="none" stroke="currentColor" stroke-width="${width}"/>`;
  if (marks.isFinal) return rect(2.6, height / 2);
  const sides = `<path d="M${n(x + 7)} ${n(y)}v${n(height)}M${n(x + BOX_WIDTH - 7)} ${n(y)}v${n(height)}" stroke="currentColor" stroke-width="1.3"/>`;
  return rect(1.3, 6) + (marks.isGroup ? sides : "");
}

/**
 * An SVG picture of a flow, top down, in the colour of the surrounding text (so it follows light and dark schemes) and
 * without style attributes. Lists have double sides, final pages are round with a thick edge; the
 * description names every arrow.
 */
export function svgOf(flow: Drawable, words: SvgWords): string {
  const names = Object.keys(flow.steps);
  const texts = new Map(names.map((name) => [name, lines(words.step(name), BOX_TEXT.letters)]));
  const heightOf = (name: string) => (texts.get(name)?.length ?? 1) * BOX_TEXT.leading + 20;
  const arrows = drawnArrows(flow, words).map((drawn) => ({ ...drawn, rows: lines(drawn.label, LABEL_TEXT.letters) }));
  const placed = placeInLayers(
    names.map((id) => ({ id, width: BOX_WIDTH, height: heightOf(id) })),
    arrows.map(({ from, to, rows }) => ({
      from,
      to,
      label: {
        width: Math.max(0, ...rows.map((row) => row.length)) * LABEL_TEXT.size * LETTER,
        height: rows.length === 0 ? 0 : rows.length * LABEL_TEXT.leading + 6,
      },
    })),
  );
  const id = `flow-${flow.id.replace(/[^\w-]/g, "-")}`;
  const first = placed.boxes.get(flow.initial);
  const entry = first ? { x: first.x, y: first.y - heightOf(flow.initial) / 2 } : undefined;
  const description = arrows.map(
    ({ from, to, label }) => `${words.step(from)} → ${words.step(to)}${label ? ` (${label})` : ""}`,
  );
  const width = placed.width + 2 * MARGIN;
  const height = placed.height + START + 2 * MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="flow-drawing" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-desc" width="${n(width)}" height="${n(height)}" viewBox="${n(-MARGIN)} ${n(-MARGIN - START)} ${n(width)} ${n(height)}">`,
    `<title id="${id}-title">${escaped(words.title)}</title>`,
    `<desc id="${id}-desc">${escaped(description.join("; "))}</desc>`,
    ...(entry
      ? [
          `<circle cx="${n(entry.x)}" cy="${n(entry.y - START + 6)}" r="5" fill="currentColor"/>`,
          arrow([{ x: entry.x, y: entry.y - START + 6 }, entry]),
        ]
      : []),
    ...arrows.flatMap(({ rows }, index) => {
      const way = placed.ways[index];
      if (!way) return [];
      const text = rows.length > 0 ? textAt(rows, way.label, LABEL_TEXT, "flow-label") : "";
      return [arrowAround(way, rows.length > 0 ? rows.length * LABEL_TEXT.leading + 2 : 0) + text];
    }),
    ...names.flatMap((name) => {
      const middle = placed.boxes.get(name);
      if (!middle) return [];
      const marks = { isGroup: flow.steps[name]?.kind === "group", isFinal: isFinal(flow, name) };
      return [box(middle, heightOf(name), marks) + textAt(texts.get(name) ?? [], middle, BOX_TEXT, "flow-step")];
    }),
    "</svg>",
  ].join("\n");
}
