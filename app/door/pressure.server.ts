import { monitorEventLoopDelay } from "node:perf_hooks";

/** How hard this process is pressed. */
export type Pressure = {
  /** Notes how long a page took, in milliseconds. */
  note: (tookMs: number) => void;
  /** How long people waited at worst since it was last asked, in milliseconds; one in ten may have waited longer. */
  read: () => number;
  stop: () => void;
};

const RESOLUTION_MS = 20;
const NANOS = 1e6;
const PERCENTILE = 90;

/** The value below which nine of ten lie; 0 of nothing. */
function ninth(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil((sorted.length * PERCENTILE) / 100) - 1] ?? 0;
}

/** Measures how late timers of this process fire, and how long its pages take: the one tells of its processor, the other of the database. */
export function measurePressure(): Pressure {
  const loop = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  loop.enable();
  let took: number[] = [];
  return {
    note: (tookMs) => void took.push(tookMs),
    read: () => {
      const late = Math.max(0, loop.percentile(PERCENTILE) / NANOS - RESOLUTION_MS);
      const pages = ninth(took);
      loop.reset();
      took = [];
      return Math.max(late, pages);
    },
    stop: () => loop.disable(),
  };
}
