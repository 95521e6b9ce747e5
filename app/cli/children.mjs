// @ts-check
import { spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { projectNode } from "./node.mjs";
import { fromRoot, ROOT } from "./paths.mjs";
import { Obstacle } from "./say.mjs";

/** @typedef {import("node:child_process").ChildProcess} ChildProcess */

/**
 * A part of the running system. `ended` resolves with its exit code or signal.
 * @typedef {{ name: string, url: string, process: ChildProcess, ended: Promise<number | string> }} Part
 */

/** First start of PGlite on a busy machine included, in milliseconds. */
const HEALTHY_DEADLINE = 120_000;

/**
 * Starts one part on the project's Node. Detached, so that Ctrl+C reaches the supervisor alone and the order of
 * stopping is its decision; the guard ends the part when the supervisor disappears.
 * @param {{ name: string, url: string, file: string, env: Record<string, string | undefined>, flags?: readonly string[], quiet?: boolean, log?: number | undefined }} what `log`: open file that takes what it prints
 * @returns {Part}
 */
export function startPart({ name, url, file, env, flags = [], quiet = false, log }) {
  const guard = pathToFileURL(fromRoot("app/cli/guard.mjs")).href;
  const output = log ?? (quiet ? "ignore" : "inherit");
  const child = spawn(projectNode(), [...flags, "--import", guard, fromRoot(file)], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: "production", ...env },
    stdio: ["ignore", output, output, "ipc"],
    detached: true,
  });
  /** @type {Promise<number | string>} */
  const ended = new Promise((resolve) => {
    child.once("error", () => resolve("not started"));
    child.once("exit", (code, signal) => resolve(signal ?? code ?? 1));
  });
  return { name, url, process: child, ended };
}

/** True while the process runs. */
export const isRunning = (/** @type {Part} */ part) =>
  part.process.exitCode === null && part.process.signalCode === null;

/**
 * Resolves once `/health` answers 200.
 * @param {Part} part
 * @throws {Obstacle} when the part ends before, or takes too long
 */
export async function untilHealthy(part) {
  const deadline = Date.now() + HEALTHY_DEADLINE;
  while (Date.now() < deadline) {
    if (!isRunning(part)) throw new Obstacle(`${part.name} ended while starting (${await part.ended}).`);
    const answer = await fetch(`${part.url}/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await pause(100);
  }
  throw new Obstacle(
    `${part.name} did not become healthy within ${HEALTHY_DEADLINE / 1000} seconds: ${part.url}/health`,
  );
}

/**
 * Asks a part to end and waits; after `patience` milliseconds it is ended by force.
 * @param {Part} part
 * @param {number} patience
 * @returns {Promise<boolean>} whether it ended by itself
 */
export async function stopPart(part, patience) {
  if (!isRunning(part)) return true;
  part.process.kill("SIGTERM");
  const timer = new AbortController();
  const late = pause(patience, "late", { signal: timer.signal }).catch(() => "ended");
  const outcome = await Promise.race([part.ended, late]);
  timer.abort();
  if (outcome !== "late") return true;
  part.process.kill("SIGKILL");
  await part.ended;
  return false;
}
