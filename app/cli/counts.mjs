// @ts-check

/**
 * Result of one step of `npm test`, and what is read of the reports of vitest and Playwright.
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 * @typedef {{ numPassedTests?: number, numFailedTests?: number, numPendingTests?: number, numTodoTests?: number,
 *   testResults?: { status: string, assertionResults: { status: string }[] }[] }} VitestReport
 * @typedef {{ stats?: { expected?: number, unexpected?: number, flaky?: number, skipped?: number } }} PlaywrightReport
 */

/**
 * A check without tests of its own (types, lint) counts as one.
 * @param {number} exitCode
 * @returns {Count}
 */
export const countCheck = (exitCode) => ({
  passed: exitCode === 0 ? 1 : 0,
  failed: exitCode === 0 ? 0 : 1,
  skipped: 0,
});

/**
 * A runner that ends badly without naming a failed test (no report, crash, unhandled error) counts one failure.
 * @param {Count} count
 * @param {number} exitCode
 * @returns {Count}
 */
const atLeastOneFailure = (count, exitCode) => (exitCode !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count);

/**
 * Counts a vitest JSON report. A file that cannot even be loaded has no tests in the report and counts one failure.
 * @param {VitestReport | undefined} report undefined when vitest wrote none
 * @param {number} exitCode
 * @returns {Count}
 */
export function countVitest(report, exitCode) {
  const files = report?.testResults ?? [];
  const brokenFiles = files.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  const passed = report?.numPassedTests ?? 0;
  const failed = (report?.numFailedTests ?? 0) + brokenFiles.length;
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  return countsSomething({ passed, failed, skipped }, exitCode);
}

/**
 * Counts a Playwright JSON report; a test that passed only when tried again is a failure.
 * @param {PlaywrightReport | undefined} report undefined when Playwright wrote none
 * @param {number} exitCode
 * @returns {Count}
 */
export function countPlaywright(report, exitCode) {
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report?.stats ?? {};
  return countsSomething({ passed: expected, failed: unexpected + flaky, skipped }, exitCode);
}

/**
 * A run without a single test proves nothing.
 * @param {Count} count
 * @param {number} exitCode
 */
function countsSomething(count, exitCode) {
  const nothing = count.passed === 0 && count.failed === 0;
  return atLeastOneFailure(count, nothing ? 1 : exitCode);
}

/**
 * @param {readonly Count[]} counts
 * @returns {Count}
 */
export function total(counts) {
  const sum = (/** @type {keyof Count} */ key) => counts.reduce((all, count) => all + count[key], 0);
  return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
}
