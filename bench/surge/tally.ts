import { z } from "zod";
import type { Filing } from "#tests/chaos/person.ts";

/** Steps that took longer are counted as if they took so long, in milliseconds. */
const LONGEST_MS = 120_000;

/** What a crowd has seen; it stays small however many come. */
export type Tally = {
  /** Notes how long a page of the wizard took, in milliseconds. */
  step: (tookMs: number) => void;
  /** Notes how long somebody stood in the line, in milliseconds. */
  waited: (forMs: number) => void;
  /** Notes a page of the line. */
  sentAway: () => void;
  /** Notes what must not be, in words that name no person. */
  complain: (words: string) => void;
  filings: Filing[];
  report: () => Report;
};

const count = z.int().min(0);
export const reportSchema = z.object({
  filings: z.array(z.object({ kind: z.enum(["application", "supplement"]), reference: z.string().optional() })),
  complaints: z.array(z.string()),
  steps: count,
  /** From the first step to the last, in milliseconds. */
  tookMs: z.number(),
  percentiles: z.object({ p50: z.number(), p95: z.number(), p99: z.number() }),
  /** Who met the line, how many of its pages were shown, and the longest stay in it. */
  line: z.object({ waited: count, pages: count, longestMs: z.number() }),
});
/** What a crowd tells at its end. */
export type Report = z.infer<typeof reportSchema>;

/** The value below which so many of a hundred lie, where `counts[n]` tells how often `n` came. */
export function percentileOf(counts: Uint32Array, total: number, percent: number): number {
  let left = Math.ceil((total * percent) / 100);
  const found = counts.findIndex((many) => (left -= many) <= 0);
  return Math.max(found, 0);
}

/** Begins a tally. */
export function newTally(): Tally {
  const counts = new Uint32Array(LONGEST_MS + 1);
  const line = { waited: 0, pages: 0, longestMs: 0 };
  const complaints: string[] = [];
  const filings: Filing[] = [];
  let steps = 0;
  let firstAt: number | undefined;
  let lastAt = 0;
  return {
    step: (tookMs) => {
      const index = Math.min(Math.round(tookMs), LONGEST_MS);
      counts[index] = (counts[index] ?? 0) + 1;
      steps += 1;
      lastAt = performance.now();
      firstAt ??= lastAt - tookMs;
    },
    waited: (forMs) => {
      line.waited += 1;
      line.longestMs = Math.max(line.longestMs, forMs);
    },
    sentAway: () => void (line.pages += 1),
    complain: (words) => void complaints.push(words),
    filings,
    report: () => {
      const at = (percent: number) => percentileOf(counts, steps, percent);
      const percentiles = { p50: at(50), p95: at(95), p99: at(99) };
      return { filings, complaints, steps, tookMs: lastAt - (firstAt ?? lastAt), percentiles, line: { ...line } };
    },
  };
}
