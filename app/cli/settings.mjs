// @ts-check
import { dataDirOf } from "./paths.mjs";
import { checkDataFolder, checkNotRunning, checkPorts } from "./preflight.mjs";
import { Obstacle } from "./say.mjs";

/**
 * Ports of the demo behind that of the service.
 */
export const OFFSETS = { zustelldienst: 1, fachverfahren: 2, identity: 3, mailbox: 4, smtp: 5, gateway: 6, sftp: 7 };

/**
 * Settings of `npm start`. The parts of the demo take the seven ports after `port`.
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
  const highest = production ? 65535 : 65535 - OFFSETS.sftp;
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
  if (!process.env["DATABASE_URL"]) await checkNotRunning(dataDir);
  const service = { name: "the service", port, host, remedy: "Set PORT to a free port" };
  if (production) return checkPorts([service]);
  const remedy = `The demo needs PORT (${port}) and the seven ports after it: set PORT to the first of eight free ports`;
  const beside = { host: "127.0.0.1", remedy };
  await checkPorts([
    service,
    { ...beside, name: "the demo Zustelldienst", port: port + OFFSETS.zustelldienst },
    { ...beside, name: "the demo Fachverfahren", port: port + OFFSETS.fachverfahren },
    { ...beside, name: "the demo login service", port: port + OFFSETS.identity },
    { ...beside, name: "the demo mailbox", port: port + OFFSETS.mailbox },
    { ...beside, name: "the mails of the demo", port: port + OFFSETS.smtp },
    { ...beside, name: "the demo gateway", port: port + OFFSETS.gateway },
    { ...beside, name: "the folders of the demo gateway", port: port + OFFSETS.sftp },
  ]);
}
