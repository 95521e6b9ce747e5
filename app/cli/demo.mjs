// @ts-check
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fromRoot } from "./paths.mjs";

/**
 * Access data that the demo makes up for itself: the service sends, the Fachverfahren fetches.
 * @typedef {{ id: string, secret: string }} Client
 * @typedef {{ sender: Client, subscriber: Client }} DemoClients
 */

const client = (/** @type {string} */ id) => ({ id, secret: randomBytes(32).toString("base64url") });

/**
 * Client ids and random secrets of the demo, made once per data folder and readable by its owner only.
 * @param {string} dataDir
 * @returns {DemoClients}
 */
export function demoClients(dataDir) {
  const file = join(dataDir, "keys", "demo-clients.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
  const clients = { sender: client("demo-onlinedienst"), subscriber: client("demo-fachverfahren") };
  mkdirSync(join(dataDir, "keys"), { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify(clients, null, 2), { mode: 0o600 });
  return clients;
}

/**
 * Environment of the demo Zustelldienst.
 * @param {{ dataDir: string, port: number }} place
 */
export function zustelldienstEnvironment({ dataDir, port }) {
  const { sender, subscriber } = demoClients(dataDir);
  return {
    PORT: String(port),
    HOST: "127.0.0.1",
    DATA_DIR: join(dataDir, "demo", "zustelldienst"),
    CLIENTS: JSON.stringify([
      { ...sender, role: "sender" },
      { ...subscriber, role: "subscriber" },
    ]),
  };
}

/**
 * Environment of the demo Fachverfahren; `destinations` is the JSON list that the service prints.
 * @param {{ dataDir: string, port: number, zustelldienst: string, destinations: string, decision?: string }} place
 */
export function fachverfahrenEnvironment({ dataDir, port, zustelldienst, destinations, decision = "accept" }) {
  const { subscriber } = demoClients(dataDir);
  return {
    PORT: String(port),
    HOST: "127.0.0.1",
    DATA_DIR: join(dataDir, "demo", "fachverfahren"),
    ZUSTELLDIENST_URL: zustelldienst,
    CLIENT_ID: subscriber.id,
    CLIENT_SECRET: subscriber.secret,
    DESTINATIONS: destinations,
    SCHEMA_DIR: fromRoot("public/schemas"),
    DECISION: decision,
    POLL_MS: "1000",
  };
}

/**
 * What the service must know to use the demo Zustelldienst instead of the real one.
 * @param {{ dataDir: string, zustelldienst: string }} place
 */
export function fitConnectEnvironment({ dataDir, zustelldienst }) {
  const { sender } = demoClients(dataDir);
  return {
    FITCONNECT_TOKEN_URL: `${zustelldienst}/token`,
    FITCONNECT_SUBMISSION_URL: `${zustelldienst}/submission-api`,
    FITCONNECT_DESTINATION_URL: `${zustelldienst}/destination-api`,
    FITCONNECT_ISSUER: `${zustelldienst}/submission-api`,
    FITCONNECT_CLIENT_ID: sender.id,
    FITCONNECT_CLIENT_SECRET: sender.secret,
    FITCONNECT_ALLOW_KEY_WITHOUT_CERT: "yes",
  };
}
