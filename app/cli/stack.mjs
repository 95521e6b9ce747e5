// @ts-check
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { startPart } from "./children.mjs";
import { fachverfahrenEnvironment, fitConnectEnvironment, zustelldienstEnvironment } from "./demo.mjs";
import { projectNode } from "./node.mjs";
import { fromRoot, ROOT } from "./paths.mjs";
import { Obstacle } from "./say.mjs";

/** @typedef {Record<string, string | undefined>} Environment */

/** PGlite is WebAssembly: without the optimising compiler it takes a quarter of the memory at the same speed. */
const PGLITE_FLAGS = ["--liftoff-only"];

/**
 * Left alone, Node lets garbage grow to twice what is in use before it collects; on PostgreSQL the service then holds 370 MB
 * under load instead of 240, and is no faster.
 */
const LEAN_FLAGS = ["--max-semi-space-size=4", "--heap-growing-percent=20"];

/**
 * Inboxes of the demo authorities as JSON; the built service knows them from its configuration.
 * @param {Environment} [env]
 * @returns {Promise<string>}
 * @throws {Obstacle} when the configuration of the service cannot be used
 */
export async function demoDestinations(env = {}) {
  const command = promisify(execFile)(projectNode(), [fromRoot("app/cli/destinations.mjs")], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: "production", ...env },
    maxBuffer: 16 * 1024 * 1024,
  });
  const { stdout } = await command.catch((error) => {
    throw new Obstacle(error.stderr.trim().replace(/^Stopped: /, ""));
  });
  return stdout;
}

/**
 * Starts the demo Zustelldienst.
 * @param {{ dataDir: string, port: number, env?: Environment, quiet?: boolean }} options
 */
export function startZustelldienst({ dataDir, port, env = {}, quiet }) {
  return startPart({
    name: "the demo Zustelldienst",
    url: `http://127.0.0.1:${port}`,
    file: "app/demo/zustelldienst/main.ts",
    // Settings of the service that the simulator would take for its own.
    env: { PUBLIC_URL: undefined, RATE_LIMIT: undefined, ...env, ...zustelldienstEnvironment({ dataDir, port }) },
    quiet,
  });
}

/**
 * Starts the demo Fachverfahren.
 * @param {{ dataDir: string, port: number, zustelldienst: string, destinations: string, decision?: string, env?: Environment, quiet?: boolean }} options
 */
export function startFachverfahren({ dataDir, port, zustelldienst, destinations, decision, env = {}, quiet }) {
  return startPart({
    name: "the demo Fachverfahren",
    url: `http://127.0.0.1:${port}`,
    file: "app/demo/fachverfahren/main.ts",
    env: { ...env, ...fachverfahrenEnvironment({ dataDir, port, zustelldienst, destinations, decision }) },
    quiet,
  });
}

const isAnyAddress = (/** @type {string} */ host) => host === "0.0.0.0" || host === "::";

/**
 * Starts the service; with `zustelldienst` it delivers to that demo, without it only to what the environment says.
 * @param {{ dataDir: string, port: number, host?: string, zustelldienst?: string, env?: Environment, quiet?: boolean }} options
 */
export function startService({ dataDir, port, host = "127.0.0.1", zustelldienst, env = {}, quiet }) {
  const usesPglite = !(env["DATABASE_URL"] ?? process.env["DATABASE_URL"]);
  return startPart({
    name: "the service",
    url: `http://${isAnyAddress(host) ? "127.0.0.1" : host}:${port}`,
    file: "app/cli/serve.mjs",
    flags: usesPglite ? PGLITE_FLAGS : LEAN_FLAGS,
    env: {
      ...(zustelldienst ? fitConnectEnvironment({ dataDir, zustelldienst }) : {}),
      ...env,
      PORT: String(port),
      HOST: host,
      DATA_DIR: dataDir,
    },
    quiet,
  });
}
