import { expect, test } from "vitest";
import { newTally, reportSchema } from "./tally.ts";

test("percentiles are those of the steps, however many", () => {
  const tally = newTally();
  for (let ms = 1; ms <= 1_000; ms += 1) tally.step(ms);
  tally.step(10 * 60_000);
  const { steps, percentiles } = reportSchema.parse(tally.report());
  expect([steps, percentiles]).toEqual([1_001, { p50: 501, p95: 951, p99: 991 }]);
});

test("nothing happened, nothing is told", () => {
  expect(newTally().report()).toEqual({
    filings: [],
    complaints: [],
    steps: 0,
    tookMs: 0,
    percentiles: { p50: 0, p95: 0, p99: 0 },
    line: { waited: 0, pages: 0, longestMs: 0 },
  });
});
