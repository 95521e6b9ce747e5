// @ts-check
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fromRoot } from "./paths.mjs";
import { Obstacle } from "./say.mjs";

/** Node version that the service needs; older ones cannot run TypeScript files as they are. */
const NEEDED = 24;

const majorOf = (/** @type {string} */ version) => Number(/^v?(\d+)/.exec(version)?.[1] ?? 0);

/** The Node that npm installed for this project, or undefined when it is absent or does not run on this system. */
function installedNode() {
  const path = fromRoot("node_modules/.bin", process.platform === "win32" ? "node.exe" : "node");
  if (!existsSync(path)) return undefined;
  const asked = spawnSync(path, ["--version"], { encoding: "utf8" });
  return asked.status === 0 && majorOf(asked.stdout) >= NEEDED ? path : undefined;
}

/**
 * Path of a Node 24 or later: the one in `node_modules`, else the running one.
 * @throws {Obstacle} when neither is new enough
 */
export function projectNode() {
  const installed = installedNode();
  if (installed) return installed;
  if (majorOf(process.version) >= NEEDED) return process.execPath;
  throw new Obstacle(
    `this needs Node ${NEEDED}, but the system has ${process.version} and npm offers no Node package that runs on ` +
      `${process.platform}-${process.arch}. Install Node ${NEEDED} and try again.`,
  );
}

/**
 * Start file of a command that a package brings along (`tsc` of `typescript`), to be run with `projectNode()`.
 * @param {string} packageName
 * @param {string} command
 */
export function commandFile(packageName, command) {
  const folder = fromRoot("node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bin === "string" ? bin : bin[command]);
}

/**
 * Environment in which `node` and the tools of the project are found first.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function withProjectTools(env) {
  return { ...env, PATH: [fromRoot("node_modules/.bin"), dirname(projectNode()), env["PATH"] ?? ""].join(delimiter) };
}
