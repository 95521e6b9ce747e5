/** One measured figure with its bar: met if the absolute value holds, or its ratio to the floor of the same run. */
export type Figure = {
  name: string;
  value: number;
  unit: "ms" | "KB" | "MB" | "ratio" | "score" | "1/s";
  /** Absent for a figure that is there to explain others. */
  bar?: number;
  met: boolean;
  /** Database of the measured service, where one is involved. */
  mode?: "PGlite" | "PostgreSQL";
  /** The same work done by the framework alone, and how many times its cost the service takes. */
  floor?: number;
  ratio?: number;
};

type Bar = { atMost: number; orRatio?: number } | { atLeast: number };
type Measured = Pick<Figure, "name" | "value" | "unit" | "mode" | "floor">;

const rounded = (value: number) => Math.round(value * 100) / 100;

/** Judges a value against its bar, if it has one. */
export function figureOf(measured: Measured, bar?: Bar): Figure {
  const value = rounded(measured.value);
  if (!bar) return { ...measured, value, met: true };
  if ("atLeast" in bar) return { ...measured, value, bar: bar.atLeast, met: value >= bar.atLeast };
  const { floor, ...plain } = measured;
  if (floor === undefined) return { ...plain, value, bar: bar.atMost, met: value <= bar.atMost };
  const ratio = rounded(value / floor);
  const holdsRatio = bar.orRatio !== undefined && ratio <= bar.orRatio;
  return {
    ...plain,
    value,
    bar: bar.atMost,
    met: value <= bar.atMost || holdsRatio,
    floor: rounded(floor),
    ratio,
  };
}

/** The middle one of several runs: noise of a shared machine moves it least. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
