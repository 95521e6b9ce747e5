import type { CsvRow } from "#app/cli/reference/authorities.ts";

/** Letters of a datatype: single ones as ranges of code points in hex, others as code points joined by `+`. */
type Letters = { ranges: string; sequences: string };

const hex = (point: number): string => point.toString(16);

/** Code points as ranges, e.g. `20 27 2c-2e`. */
function ranges(points: readonly number[]): string {
  const found: [number, number][] = [];
  for (const point of points.toSorted((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && last[1] === point - 1) last[1] = point;
    else found.push([point, point]);
  }
  return found.map(([from, to]) => (from === to ? hex(from) : `${hex(from)}-${hex(to)}`)).join(" ");
}

function letters(rows: readonly CsvRow[]): Letters {
  const points = rows.map((row) => (row["codepoints"] ?? "").split(" ").map((point) => Number.parseInt(point, 16)));
  return {
    ranges: ranges(points.flatMap((own) => (own.length === 1 ? own : []))),
    sequences: points.flatMap((own) => (own.length > 1 ? [own.map(hex).join("+")] : [])).join(" "),
  };
}

const isIn = (row: CsvRow, type: string): boolean => (row["datatypes_2022"] ?? "").includes(type);

/** The datatypes A (names of natural persons) and B (other names) of DIN 91379; `B` is what it has beyond `A`. */
export function latinTypes(rows: readonly CsvRow[]): Record<"A" | "B", Letters> {
  return {
    A: letters(rows.filter((row) => isIn(row, "A"))),
    B: letters(rows.filter((row) => isIn(row, "B") && !isIn(row, "A"))),
  };
}

/** The signs of datatype C (all that registers and messages may hold) beyond A and B. */
export function messageLetters(rows: readonly CsvRow[]): Letters {
  return letters(rows.filter((row) => isIn(row, "C") && !isIn(row, "A") && !isIn(row, "B")));
}

/** Upper-case letters that the machine-readable zone writes otherwise than without their marks, e.g. Ä as AE. */
export function mrzLetters(rows: readonly CsvRow[]): Record<string, string> {
  const found = rows.flatMap((row) => {
    const [letter, form] = [(row["char"] ?? "").toUpperCase(), row["icao_mrz"] ?? ""];
    const bare = letter.normalize("NFD").replace(/\p{M}/gu, "");
    return form === "" || bare === form ? [] : [[letter, form] as const];
  });
  return Object.fromEntries(found);
}
