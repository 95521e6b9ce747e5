// @ts-check
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { startPart } from "./children.mjs";
import {
  demoEnvironment,
  fachverfahrenEnvironment,
  gatewayEnvironment,
  identityEnvironment,
  mailboxEnvironment,
  zustelldienstEnvironment,
} from "./demo.mjs";
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
 * @throws {Obstacle} when the configuration of the service cannot be used
 */
export const demoDestinations = (env = {}) => inboxes([], env);

/**
 * Mailboxes of the demo authorities at the demo gateway as JSON.
 * @param {Environment} [env]
 * @throws {Obstacle} when the configuration of the service cannot be used
 */
export const demoMailboxes = (env = {}) => inboxes(["mailboxes"], env);

/**
 * @param {readonly string[]} which
 * @param {Environment} env
 * @returns {Promise<string>}
 */
async function inboxes(which, env) {
  const command = promisify(execFile)(projectNode(), [fromRoot("app/cli/destinations.mjs"), ...which], {
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
 * @param {{ dataDir: string, port: number, env?: Environment, quiet?: boolean, log?: number }} options
 */
export function startZustelldienst({ dataDir, port, env = {}, quiet, log }) {
  return startPart({
    name: "the demo Zustelldienst",
    url: `http://127.0.0.1:${port}`,
    file: "app/demo/zustelldienst/main.ts",
    // Settings of the service that the simulator would take for its own.
    env: { PUBLIC_URL: undefined, RATE_LIMIT: undefined, ...env, ...zustelldienstEnvironment({ dataDir, port }) },
    quiet,
    log,
  });
}

/**
 * Starts the demo Fachverfahren.
 * @param {{ dataDir: string, port: number, zustelldienst: string, destinations: string, decision?: string, env?: Environment, quiet?: boolean, log?: number }} options
 */
export function startFachverfahren({ dataDir, port, zustelldienst, destinations, decision, env = {}, quiet, log }) {
  return startPart({
    name: "the demo Fachverfahren",
    url: `http://127.0.0.1:${port}`,
    file: "app/demo/fachverfahren/main.ts",
    env: { ...env, ...fachverfahrenEnvironment({ dataDir, port, zustelldienst, destinations, decision }) },
    quiet,
    log,
  });
}

/**
 * Starts the demo login service; `service` is the address under which browsers reach the service.
 * @param {{ dataDir: string, port: number, service: string, env?: Environment, quiet?: boolean, log?: number }} options
 */
export function startIdentity({ dataDir, port, service, env = {}, quiet, log }) {
  return startPart({
    name: "the demo login service",
    url: `http://127.0.0.1:${port}`,
    file: "app/demo/identity/main.ts",
    env: { ...env, ...identityEnvironment({ dataDir, port, service }) },
    quiet,
    log,
  });
}

/**
 * Starts the demo mailbox.
 * @param {{ dataDir: string, port: number, smtpPort: number, env?: Environment, quiet?: boolean, log?: number }} options
 */
export function startMailbox({ dataDir, port, smtpPort, env = {}, quiet, log }) {
  return startPart({
    name: "the demo mailbox",
    url: `http://127.0.0.1:${port}`,
    file: "app/demo/mailbox/main.ts",
    env: { ...env, ...mailboxEnvironment({ dataDir, port, smtpPort }) },
    quiet,
    log,
  });
}

/**
 * Starts the demo gateway; once it is healthy the service can be told that it is there (`hasGateway`).
 * @param {{ dataDir: string, port: number, sftpPort: number, mailboxes: string, decision?: string, env?: Environment, quiet?: boolean, log?: number }} options
 */
export function startGateway({ dataDir, port, sftpPort, mailboxes, decision, env = {}, quiet, log }) {
  return startPart({
    name: "the demo gateway",
    url: `http://127.0.0.1:${port}`,
    file: "app/demo/gateway/main.ts",
    env: { ...env, ...gatewayEnvironment({ dataDir, port, sftpPort, mailboxes, decision }) },
    quiet,
    log,
  });
}

const isAnyAddress = (/** @type {string} */ host) => host === "0.0.0.0" || host === "::";

const urlOf = (/** @type {string} */ host, /** @type {number} */ port) =>
  `http://${isAnyAddress(host) ? "127.0.0.1" : host}:${port}`;

/**
 * Starts the service; `zustelldienst`, `identity` and `smtp` are addresses of the demo that it uses, without them it uses
 * only what the environment says.
 * @param {{ dataDir: string, port: number, host?: string, zustelldienst?: string, identity?: string, smtp?: string, hasGateway?: boolean, env?: Environment, quiet?: boolean, log?: number }} options
 */
export function startService({
  dataDir,
  port,
  host = "127.0.0.1",
  zustelldienst,
  identity,
  smtp,
  hasGateway,
  env = {},
  quiet,
  log,
}) {
  const usesPglite = !(env["DATABASE_URL"] ?? process.env["DATABASE_URL"]);
  return startPart({
    name: "the service",
    url: urlOf(host, port),
    file: "app/cli/serve.mjs",
    flags: usesPglite ? PGLITE_FLAGS : LEAN_FLAGS,
    env: {
      ...demoEnvironment({ dataDir, zustelldienst, identity, smtp, hasGateway }),
      ...env,
      PORT: String(port),
      HOST: host,
      DATA_DIR: dataDir,
    },
    quiet,
    log,
  });
}

/**
 * Starts a process that delivers and shows no pages, beside a service on the same PostgreSQL (`DATABASE_URL`) and data folder.
 * @param {{ dataDir: string, port: number, host?: string, zustelldienst?: string, identity?: string, smtp?: string, hasGateway?: boolean, env?: Environment, quiet?: boolean, log?: number }} options
 */
export function startWorkerProcess({
  dataDir,
  port,
  host = "127.0.0.1",
  zustelldienst,
  identity,
  smtp,
  hasGateway,
  env = {},
  quiet,
  log,
}) {
  return startPart({
    name: "the worker",
    url: urlOf(host, port),
    file: "app/cli/deliver.mjs",
    flags: LEAN_FLAGS,
    env: {
      // Encrypting large files in several threads leaves holes in as many heaps of glibc: 60 MB.
      MALLOC_ARENA_MAX: "2",
      ...demoEnvironment({ dataDir, zustelldienst, identity, smtp, hasGateway }),
      ...env,
      PORT: String(port),
      HOST: host,
      DATA_DIR: dataDir,
    },
    quiet,
    log,
  });
}
