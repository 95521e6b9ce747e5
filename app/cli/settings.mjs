// @ts-check
import { dataDirOf } from "./paths.mjs";
import { checkDataFolder, checkNotRunning, checkPorts } from "./preflight.mjs";
import { Obstacle } from "./say.mjs";

/**
 * Settings of `npm start`. The demo Zustelldienst takes the port after `port`, the demo Fachverfahren the one after that.
 * @typedef {{ port: number, production: boolean, host: string, dataDir: string, decision: string | undefined }} Settings
 */

/**
 * @param {Record<string, string | undefined>} env
 * @returns {Settings}
 * @throws {Obstacle}
 */
export function readSettings(env) {
  const port = Number(env["PORT"] || 3000);
  const production = env["MODE"] === "production";
  const highest = production ? 65535 : 65533;
  if (!Number.isInteger(port) || port < 1 || port > highest) {
    throw new Obstacle(`PORT must be a whole number from 1 to ${highest}, it is "${env["PORT"]}".`);
  }
  return { port, production, host: env["HOST"] || "127.0.0.1", dataDir: dataDirOf(env), decision: env["DECISION"] };
}

/**
 * Checks disk, running services and ports, before anything starts.
 * @param {Settings} settings
 * @throws {Obstacle}
 */
export async function checkSettings({ port, production, host, dataDir }) {
  checkDataFolder(dataDir);
  await checkNotRunning(dataDir);
  const service = { name: "the service", port, host, remedy: "Set PORT to a free port" };
  if (production) return checkPorts([service]);
  const remedy = `The demo needs PORT (${port}) and the two ports after it: set PORT to the first of three free ports`;
  const beside = { host: "127.0.0.1", remedy };
  await checkPorts([
    service,
    { ...beside, name: "the demo Zustelldienst", port: port + 1 },
    { ...beside, name: "the demo Fachverfahren", port: port + 2 },
  ]);
}
