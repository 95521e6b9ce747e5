// @ts-check
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fromRoot } from "./paths.mjs";

/**
 * Access data that the demo makes up for itself: the service sends, the Fachverfahren fetches, staff log in.
 * @typedef {{ id: string, secret: string }} Client
 * @typedef {{ sender: Client, subscriber: Client, staff: Client }} DemoClients
 */

const client = (/** @type {string} */ id) => ({ id, secret: randomBytes(32).toString("base64url") });

/**
 * Client ids and random secrets of the demo, made once per data folder and readable by its owner only.
 * @param {string} dataDir
 * @returns {DemoClients}
 */
export function demoClients(dataDir) {
  const file = join(dataDir, "keys", "demo-clients.json");
  /** @type {Partial<DemoClients>} */
  const known = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const { sender = client("demo-onlinedienst"), subscriber = client("demo-fachverfahren") } = known;
  const clients = { sender, subscriber, staff: known.staff ?? client("demo-staff") };
  if (known.staff) return clients;
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
 * Environment of the demo login service; `service` is where browsers reach the service.
 * @param {{ dataDir: string, port: number, service: string }} place
 */
export function identityEnvironment({ dataDir, port, service }) {
  const { staff } = demoClients(dataDir);
  return {
    PORT: String(port),
    HOST: "127.0.0.1",
    DATA_DIR: join(dataDir, "demo", "identity"),
    CLIENT_ID: staff.id,
    CLIENT_SECRET: staff.secret,
    REDIRECT_URIS: `${service}/staff/callback`,
    LOGOUT_URIS: `${service}/staff/logout`,
  };
}

/**
 * Environment of the demo mailbox: its pages on `port`, mails come in on `smtpPort`.
 * @param {{ dataDir: string, port: number, smtpPort: number }} place
 */
export function mailboxEnvironment({ dataDir, port, smtpPort }) {
  return {
    PORT: String(port),
    SMTP_PORT: String(smtpPort),
    HOST: "127.0.0.1",
    DATA_DIR: join(dataDir, "demo", "mailbox"),
  };
}

/**
 * Where the demo gateway writes what the service must know of it.
 * @param {string} dataDir
 */
const gatewayFolder = (dataDir) => join(dataDir, "demo", "gateway-access");

/**
 * Environment of the demo gateway: its pages on `port`, its folders on `sftpPort`; `mailboxes` is the JSON list that the
 * service prints.
 * @param {{ dataDir: string, port: number, sftpPort: number, mailboxes: string, decision?: string }} place
 */
export function gatewayEnvironment({ dataDir, port, sftpPort, mailboxes, decision = "accept" }) {
  return {
    PORT: String(port),
    SFTP_PORT: String(sftpPort),
    HOST: "127.0.0.1",
    DATA_DIR: join(dataDir, "demo", "gateway"),
    GATEWAYS_DIR: gatewayFolder(dataDir),
    MAILBOXES: mailboxes,
    SCHEMA_DIR: fromRoot("public/schemas"),
    DECISION: decision,
    POLL_MS: "500",
  };
}

/**
 * What the service must know to use the parts of the demo that run, instead of the real ones. `hasGateway`: the demo gateway
 * runs on the same data folder.
 * @param {{ dataDir: string, zustelldienst?: string | undefined, identity?: string | undefined, smtp?: string | undefined, hasGateway?: boolean | undefined }} place
 * @returns {Record<string, string>}
 */
export function demoEnvironment({ dataDir, zustelldienst, identity, smtp, hasGateway }) {
  return {
    ...(zustelldienst ? fitConnectEnvironment({ dataDir, zustelldienst }) : {}),
    ...(identity ? staffEnvironment({ dataDir, identity }) : {}),
    ...(smtp ? { SMTP_URL: smtp } : {}),
    ...(hasGateway ? { GATEWAYS: join(gatewayFolder(dataDir), "gateways.yaml") } : {}),
  };
}

/** @param {{ dataDir: string, identity: string }} place */
function staffEnvironment({ dataDir, identity }) {
  const { staff } = demoClients(dataDir);
  return { STAFF_ISSUER: identity, STAFF_CLIENT_ID: staff.id, STAFF_CLIENT_SECRET: staff.secret };
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
    FITCONNECT_ROUTING_URL: `${zustelldienst}/routing`,
    FITCONNECT_PORTAL_URL: `${zustelldienst}/self-service-portal`,
    FITCONNECT_CLIENT_ID: sender.id,
    FITCONNECT_CLIENT_SECRET: sender.secret,
    FITCONNECT_ALLOW_KEY_WITHOUT_CERT: "yes",
  };
}
