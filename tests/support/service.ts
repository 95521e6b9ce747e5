import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopPart, untilHealthy } from "../../app/cli/children.mjs";
import {
  demoDestinations,
  demoMailboxes,
  startFachverfahren,
  startGateway,
  startIdentity,
  startMailbox,
  startService,
  startZustelldienst,
} from "../../app/cli/stack.mjs";
import { lendDatabase } from "./lentDatabase.ts";
import { keepKeys, lendKeys } from "./lentKeys.ts";
import { freePorts } from "./ports.ts";

const DRAIN = 20_000;

export type StackOptions = {
  /** Kept after `stop` when given, so that a second stack can go on with it; else a temporary folder. */
  dataDir?: string;
  /** Date of the service, 2026-11-21 by default. */
  clock?: string;
  /** What the demo Fachverfahren does with a correct application, "accept" by default. */
  decision?: "accept" | "reject" | "manual";
  /** Runs the demo login service too, so that staff can log in; off by default, then there are no pages of theirs. */
  identity?: boolean;
  /** Runs the demo gateway too, so that authorities behind it are reached; off by default, then their messages wait. */
  gateway?: boolean;
  /** Runs the demo mailbox too, and has the service send mails to it; off by default. */
  mailbox?: boolean;
  /** Added to the environment of the service. */
  env?: Record<string, string>;
};

/** The real processes of the demo, from the present build: service, Zustelldienst, Fachverfahren and what was asked for. */
export type Stack = {
  url: string;
  /** Process id of the service. */
  pid: () => number;
  zustelldienst: string;
  fachverfahren: string;
  /** Addresses of the parts that were asked for, otherwise empty. */
  identity: string;
  mailbox: string;
  gateway: string;
  dataDir: string;
  /** Ends the service as a power cut of its process would; the simulators go on. */
  kill9: () => Promise<void>;
  /** Ends the service in order; the simulators go on. */
  stopService: () => Promise<void>;
  /** Starts the service again on the same data and port; resolves when it is healthy. */
  restart: () => Promise<void>;
  /** Ends the Zustelldienst or starts it again, to be unreachable for a while. */
  stopZustelldienst: () => Promise<void>;
  restartZustelldienst: () => Promise<void>;
  /** Ends everything, the service first. */
  stop: () => Promise<void>;
};

/** Starts service, demo Zustelldienst and demo Fachverfahren on free ports and waits until all are healthy. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "aufenthalt-"));
  const [port = 0, zustelldienstPort = 0, fachverfahrenPort = 0, ...others] = await freePorts(8);
  const [identityPort = 0, mailboxPort = 0, smtpPort = 0, gatewayPort = 0, sftpPort = 0] = others;
  const quiet = process.env["TEST_OUTPUT"] === undefined;
  // vitest sets a MODE of its own.
  const env = { MODE: "demo", CLOCK: options.clock ?? "2026-11-21", ...options.env };

  const launchZustelldienst = () => startZustelldienst({ dataDir, port: zustelldienstPort, quiet });
  let zustelldienst = launchZustelldienst();
  const place = { service: `http://127.0.0.1:${port}`, dataDir, quiet };
  const identity = options.identity ? startIdentity({ ...place, port: identityPort }) : undefined;
  const mailbox = options.mailbox ? startMailbox({ ...place, port: mailboxPort, smtpPort }) : undefined;
  const folders = { dataDir, port: gatewayPort, sftpPort, decision: options.decision, quiet };
  const gateway = options.gateway ? startGateway({ ...folders, mailboxes: await demoMailboxes(env) }) : undefined;
  const smtp = mailbox && `smtp://127.0.0.1:${smtpPort}`;
  const addresses = { identity: identity?.url, smtp, hasGateway: gateway !== undefined };
  const extras = [identity, mailbox, gateway].filter((part) => part !== undefined);
  const launchService = () =>
    startService({ dataDir, port, zustelldienst: zustelldienst.url, ...addresses, env, quiet });
  // The service reads at its start what the gateway writes at its own.
  const before = [zustelldienst, ...(gateway ? [gateway] : [])];
  const [destinations] = await Promise.all([demoDestinations(env), ...before.map(untilHealthy)]);
  lendKeys(dataDir);
  if (!options.env?.["DATABASE_URL"]) await lendDatabase(dataDir);
  const fachverfahren = startFachverfahren({
    dataDir,
    port: fachverfahrenPort,
    zustelldienst: zustelldienst.url,
    destinations,
    decision: options.decision,
    quiet,
  });
  let service = launchService();

  const stop = async () => {
    await stopPart(service, DRAIN);
    await Promise.all([fachverfahren, zustelldienst, ...extras].map((part) => stopPart(part, DRAIN)));
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await Promise.all([fachverfahren, service, ...extras].map(untilHealthy));
    keepKeys(dataDir);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: service.url,
    pid: () => service.process.pid ?? 0,
    zustelldienst: zustelldienst.url,
    fachverfahren: fachverfahren.url,
    identity: identity?.url ?? "",
    mailbox: mailbox?.url ?? "",
    gateway: gateway?.url ?? "",
    dataDir,
    kill9: async () => {
      service.process.kill("SIGKILL");
      await service.ended;
    },
    stopService: async () => {
      await stopPart(service, DRAIN);
    },
    restart: async () => {
      await stopPart(service, DRAIN);
      service = launchService();
      await untilHealthy(service);
    },
    stopZustelldienst: async () => {
      await stopPart(zustelldienst, DRAIN);
    },
    restartZustelldienst: async () => {
      zustelldienst = launchZustelldienst();
      await untilHealthy(zustelldienst);
    },
    stop,
  };
}
