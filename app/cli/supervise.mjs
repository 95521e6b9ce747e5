// @ts-check
import { stopPart, untilHealthy } from "./children.mjs";
import { complain, Obstacle, say } from "./say.mjs";
import { OFFSETS } from "./settings.mjs";
import {
  demoDestinations,
  demoMailboxes,
  startFachverfahren,
  startGateway,
  startIdentity,
  startMailbox,
  startService,
  startZustelldienst,
} from "./stack.mjs";

/**
 * @typedef {import("./children.mjs").Part} Part
 * @typedef {import("./settings.mjs").Settings} Settings
 */

/** Requests under way and a running delivery may end, in milliseconds. */
const DRAIN = 20_000;
const SIMULATOR_DRAIN = 3_000;
const PARENT_WATCH = 500;

/**
 * Addresses of the demo that the service uses.
 * @param {number} port of the service
 */
export function demoAddresses(port) {
  const at = (/** @type {number} */ offset) => `127.0.0.1:${port + offset}`;
  return {
    zustelldienst: `http://${at(OFFSETS.zustelldienst)}`,
    identity: `http://${at(OFFSETS.identity)}`,
    smtp: `smtp://${at(OFFSETS.smtp)}`,
    hasGateway: true,
  };
}

/**
 * Starts all parts, the service last in the list. `parts` is filled as they start, so that a failure can stop them.
 * @param {Settings} settings
 * @param {Part[]} parts
 */
export async function startAll({ port, production, host, dataDir, decision }, parts) {
  const add = (/** @type {Part} */ part) => (parts.push(part), part);
  if (production) {
    await untilHealthy(add(startService({ dataDir, port, host })));
    return;
  }
  say("Starting the service, and for the demo Zustelldienst, Fachverfahren, gateway, login service and mailbox …");
  const zustelldienst = add(startZustelldienst({ dataDir, port: port + OFFSETS.zustelldienst }));
  const lists = [demoDestinations(), demoMailboxes()];
  const [[destinations = "", mailboxes = ""]] = await Promise.all([Promise.all(lists), untilHealthy(zustelldienst)]);
  const to = { dataDir, zustelldienst: zustelldienst.url, destinations, decision };
  add(startFachverfahren({ ...to, port: port + OFFSETS.fachverfahren }));
  const folders = { port: port + OFFSETS.gateway, sftpPort: port + OFFSETS.sftp };
  const gateway = add(startGateway({ dataDir, ...folders, mailboxes, decision }));
  const browsers = process.env["PUBLIC_URL"] || `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
  add(startIdentity({ dataDir, port: port + OFFSETS.identity, service: browsers.replace(/\/$/, "") }));
  add(startMailbox({ dataDir, port: port + OFFSETS.mailbox, smtpPort: port + OFFSETS.smtp }));
  // The service reads at its start what the gateway writes at its own.
  await untilHealthy(gateway);
  add(startService({ dataDir, port, host, ...demoAddresses(port) }));
  await Promise.all(parts.map(untilHealthy));
}

/**
 * Prints where everything is found.
 * @param {Settings} settings
 * @param {readonly Part[]} parts
 */
export function announce({ production }, parts) {
  const urlOf = (/** @type {string} */ name) => parts.find((part) => part.name === `the demo ${name}`)?.url;
  const names = ["Zustelldienst", "Fachverfahren", "gateway", "mailbox"];
  const [zustelldienst, fachverfahren, gateway, mailbox] = names.map(urlOf);
  const service = parts.at(-1)?.url ?? "";
  /** @type {[string, string | undefined][]} */
  const rows = [
    ["Service", `${service}/`],
    ["Fachverfahren", fachverfahren && `${fachverfahren}/`],
    ["Zustelldienst", zustelldienst && `${zustelldienst}/`],
    ["Gateway", gateway && `${gateway}/`],
    ["Mails", mailbox && `${mailbox}/`],
    ["Operator page", `${service}/operator`],
    ["Health", `${service}/health`],
  ];
  say("");
  say(production ? "Aufenthalt Online is running." : "Aufenthalt Online is running. DEMO: no authority receives this.");
  for (const [name, url] of rows) if (url) say(`  ${name.padEnd(14)} ${url}`);
  if (!production) say("Staff log in without passwords: pages for staff show a list of invented people.");
  say("Stop it with Ctrl+C.");
}

/** Resolves when someone asks for the end: a signal, or npm (our parent) is gone. */
export function untilAskedToStop() {
  return /** @type {Promise<string>} */ (
    new Promise((resolve) => {
      process.on("SIGTERM", () => resolve("SIGTERM"));
      process.on("SIGINT", () => resolve("Ctrl+C"));
      process.on("SIGHUP", () => resolve("SIGHUP"));
      // Only under npm: a shell that started us in the background may well end before us.
      if (!process.env["npm_lifecycle_event"]) return;
      const parent = process.ppid;
      setInterval(() => process.ppid !== parent && resolve("npm ended"), PARENT_WATCH).unref();
    })
  );
}

/**
 * Lets the service drain first, then ends the simulators it delivers to.
 * @param {readonly Part[]} parts
 */
export async function stopAll(parts) {
  const [service, ...simulators] = parts.toReversed();
  if (!service) return;
  if (!(await stopPart(service, DRAIN)))
    say(`${service.name} did not end within ${DRAIN / 1000} seconds and was ended.`);
  await Promise.all(simulators.map((part) => stopPart(part, SIMULATOR_DRAIN)));
}

/** @param {Part} part */
async function failure(part) {
  const how = await part.ended;
  return new Obstacle(`${part.name} ended unexpectedly (${how}); everything else is stopped too.`);
}

/**
 * Runs the service, in demo mode with its simulators, until it is told to stop or one of them fails.
 * @param {Settings} settings
 * @returns {Promise<number>} exit code
 */
export async function supervise(settings) {
  const asked = untilAskedToStop();
  /** @type {Part[]} */
  const parts = [];
  try {
    const started = await Promise.race([asked, startAll(settings, parts)]);
    if (started === undefined) announce(settings, parts);
    const outcome = await Promise.race([asked, ...parts.map(failure)]);
    if (outcome instanceof Obstacle) throw outcome;
    say(`\nStopping (${outcome}) …`);
    await stopAll(parts);
    say("Stopped.");
    return 0;
  } catch (error) {
    complain(error);
    await stopAll(parts);
    return 1;
  }
}
