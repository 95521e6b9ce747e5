// @ts-check
/**
 * `npm test`: does its own missing set-up, runs every check even after a failure, ends with "N passed, N failed".
 * Needs neither root nor a global tool; Node 20 is enough to start it.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { countCheck, countPlaywright, countVitest, total } from "./counts.mjs";
import { commandFile, projectNode, withProjectTools } from "./node.mjs";
import { fromRoot, ROOT } from "./paths.mjs";
import { runQuietly } from "./run.mjs";
import { complain, say } from "./say.mjs";
import { setUp } from "./setup.mjs";

const VITEST_REPORT = fromRoot(".cache/vitest.json");
const PLAYWRIGHT_REPORT = fromRoot(".cache/playwright.json");

/** A step that hangs is ended and counts as failed; in milliseconds. */
const STEP_DEADLINE = (process.env["TEST_FULL"] ? 50 : 16) * 60_000;

/**
 * @typedef {import("./counts.mjs").Count} Count
 * @typedef {{ name: string, tool: [packageName: string, command: string], args: string[], count: (exitCode: number) => Count }} Step
 */

/** @type {Step[]} */
const STEPS = [
  { name: "types", tool: ["typescript", "tsc"], args: ["--noEmit", "-p", "."], count: countCheck },
  { name: "lint", tool: ["oxlint", "oxlint"], args: ["."], count: countCheck },
  { name: "format", tool: ["prettier", "prettier"], args: ["--check", "--log-level", "warn", "."], count: countCheck },
  { name: "dead code", tool: ["knip", "knip"], args: [], count: countCheck },
  {
    name: "unit and integration tests",
    tool: ["vitest", "vitest"],
    args: ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${VITEST_REPORT}`],
    count: (exitCode) => countVitest(report(VITEST_REPORT), exitCode),
  },
  {
    name: "browser tests",
    tool: ["@playwright/test", "playwright"],
    args: ["test", "--reporter=list,json"],
    count: (exitCode) => countPlaywright(report(PLAYWRIGHT_REPORT), exitCode),
  },
];

/** @param {string} file */
const report = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined);

/**
 * Runs one step with its output shown as it comes.
 * @param {Step} step
 * @returns {Promise<number>} exit code; 1 for a step that was ended
 */
function run({ name, tool, args }) {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...withProjectTools(process.env), PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT_REPORT, NODE_ENV: "test" };
  const child = spawn(projectNode(), [commandFile(...tool), ...args], {
    cwd: ROOT,
    env,
    stdio: ["ignore", "inherit", "inherit"],
  });
  return new Promise((resolve) => {
    const deadline = setTimeout(() => {
      say(`${name}: not finished after ${STEP_DEADLINE / 60_000} minutes, ended.`);
      child.kill("SIGKILL");
    }, STEP_DEADLINE);
    child.once("error", () => resolve(1));
    child.once("exit", (code) => {
      clearTimeout(deadline);
      resolve(code ?? 1);
    });
  });
}

/** @param {Step} step */
async function runStep(step) {
  say(`\n== ${step.name}`);
  const start = Date.now();
  const count = step.count(await run(step));
  say(`== ${step.name}: ${count.failed === 0 ? "ok" : "FAILED"} (${Math.round((Date.now() - start) / 1000)} s)`);
  return count;
}

async function prepare() {
  await setUp();
  await runQuietly("Unpacking the browser", projectNode(), [fromRoot("tests/support/browser.ts")], process.env);
  say("Browser: ready.");
  mkdirSync(fromRoot(".cache"), { recursive: true });
  for (const file of [VITEST_REPORT, PLAYWRIGHT_REPORT]) rmSync(file, { force: true });
}

/** @type {Count[]} */
const counts = [];
try {
  await prepare();
  for (const step of STEPS) counts.push(await runStep(step));
} catch (error) {
  complain(error);
  counts.push(countCheck(1));
}
const { passed, failed, skipped } = total(counts);
say("");
if (skipped > 0) say(`${skipped} skipped`);
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
