import type { CutFont } from "#app/pdf/fonts.server.ts";

const decimal = (value: number) => String(Math.round(value * 1000) / 1000);

type Point = readonly [number, number];

/** A quadratic curve as the cubic one that PDF knows. */
function cubic(from: Point, control: Point, to: Point): number[] {
  const toward = (end: Point): number[] => [
    end[0] + (2 / 3) * (control[0] - end[0]),
    end[1] + (2 / 3) * (control[1] - end[1]),
  ];
  return [...toward(from), ...toward(to), ...to];
}

/**
 * Operators that fill the outline of a glyph with its origin at (x, y), in points. For marks that stand for no text of
 * their own: drawn as text, some readers would copy something for them.
 */
export function outline(font: CutFont, glyph: number, size: number, x: number, y: number): string {
  let at: Point = [0, 0];
  const operators = font.font.glyphToJson(glyph).map(({ type, values }) => {
    const [a = 0, b = 0, c = 0, d = 0] = values;
    const from = at;
    at = values.length < 2 ? at : [values.at(-2) ?? 0, values.at(-1) ?? 0];
    if (type === "M") return `${a} ${b} m`;
    if (type === "L") return `${a} ${b} l`;
    if (type === "Q") return `${cubic(from, [a, b], [c, d]).map(decimal).join(" ")} c`;
    if (type === "C") return `${values.join(" ")} c`;
    return "h";
  });
  if (operators.length === 0) return "";
  const scale = (size / font.upem).toFixed(6);
  return `q ${scale} 0 0 ${scale} ${decimal(x)} ${decimal(y)} cm\n${operators.join("\n")}\nf Q\n`;
}
