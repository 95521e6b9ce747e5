import { expect, test } from "vitest";
import { countCheck, countPlaywright, countVitest, total } from "./counts.mjs";

test("a check counts as one test", () => {
  expect(countCheck(0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
  expect(countCheck(2)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test("a test file that cannot be loaded is a failure although it has no failed test", () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 0,
    testResults: [
      { status: "passed", assertionResults: [{ status: "passed" }] },
      { status: "failed", assertionResults: [] },
    ],
  };
  expect(countVitest(report, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
});

test("an unhandled error beside passing tests is a failure", () => {
  expect(countVitest({ numPassedTests: 3, testResults: [] }, 1)).toMatchObject({ passed: 3, failed: 1 });
});

test("a runner that crashes or runs nothing is a failure", () => {
  expect(countVitest(undefined, 1).failed).toBe(1);
  expect(countVitest({ numPassedTests: 0, testResults: [] }, 0).failed).toBe(1);
  expect(countPlaywright({ stats: { expected: 0 } }, 0).failed).toBe(1);
});

test("a browser test that passed only the second time is a failure", () => {
  expect(countPlaywright({ stats: { expected: 4, unexpected: 1, flaky: 2, skipped: 1 } }, 1)).toEqual({
    passed: 4,
    failed: 3,
    skipped: 1,
  });
});

test("the last line adds everything up", () => {
  const counts = [countCheck(0), countCheck(1), { passed: 10, failed: 2, skipped: 1 }];
  expect(total(counts)).toEqual({ passed: 11, failed: 3, skipped: 1 });
});
