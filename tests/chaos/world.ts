import { closeSync, mkdirSync, openSync, readdirSync, rmSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPart, stopPart, untilHealthy, isRunning, type Part } from "../../app/cli/children.mjs";
import {
  demoDestinations,
  demoMailboxes,
  startFachverfahren,
  startGateway,
  startService,
  startWorkerProcess,
  startZustelldienst,
} from "../../app/cli/stack.mjs";
import { lendKeys } from "../support/lentKeys.ts";
import { freePorts } from "../support/ports.ts";
import { balance, type Balancer } from "./balancer.ts";
import { isAlive, postmasterOf, processesOf, signal } from "./processes.ts";
import type { Target } from "./plan.ts";
import type { Random } from "./random.ts";

const DRAIN_MS = 20_000;
const START_MS = 120_000;
const CLOCK = "2026-11-21";
const FOLDER = "aufenthalt-chaos-";

/** Everything that runs: web and worker processes, simulators and the database, each a process of its own. */
export type World = {
  /** What applicants call; with several web processes a load balancer. */
  url: string;
  zustelldienst: string;
  fachverfahren: string;
  /** Empties the mailbox of an authority whose messages are dropped there over SFTP. */
  gateway: string;
  /** PostgreSQL; `undefined` on PGlite. */
  postgres: { url: string; folder: string } | undefined;
  dataDir: string;
  /** Folder with one file for the output of each part. */
  logs: string;
  targets: readonly Target[];
  /** False while the part is down, starting or standing still. */
  isUp: (target: Target) => boolean;
  /** Process id of a part; `undefined` before its first start. */
  pidOf: (target: Target) => number | undefined;
  kill: (target: Target) => Promise<void>;
  /** Ends a part in order. */
  end: (target: Target) => Promise<void>;
  /** Resolves when the part is healthy. Harmless if it runs. */
  start: (target: Target) => Promise<void>;
  /** Resolves when the part goes on. */
  freeze: (target: Target, forMs: number) => Promise<void>;
  /** Ends everything and removes what it left, but for the logs. @returns ids of processes that had to be searched for */
  stop: () => Promise<number[]>;
};

type Member = { launch: () => Part; part: Part | undefined; isSteady: boolean };

/** Data of runs that were ended by force; logs are left for those who want to know why. */
function removeForgotten(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(FOLDER) ? Number(name.slice(FOLDER.length).split("-")[0]) : undefined;
    if (pid === undefined || isAlive(pid)) continue;
    for (const data of ["data", "postgres"]) rmSync(join(tmpdir(), name, data), { recursive: true, force: true });
  }
}

function openLogs(folder: string) {
  const files = new Map<string, number>();
  return {
    of: (name: string): number => {
      const file = files.get(name) ?? openSync(join(folder, `${name}.log`), "a", 0o600);
      files.set(name, file);
      return file;
    },
    close: () => files.forEach((file) => closeSync(file)),
  };
}

/** Starts everything on free ports in a new folder and waits until all of it is healthy. */
export async function startWorld(database: "postgres" | "pglite", random: Random): Promise<World> {
  removeForgotten();
  const root = join(tmpdir(), `${FOLDER}${process.pid}-${randomUUID().slice(0, 8)}`);
  const folders = { data: join(root, "data"), postgres: join(root, "postgres"), logs: join(root, "logs") };
  // PostgreSQL, which does not run as root, has to pass the folder.
  mkdirSync(root, { mode: 0o755 });
  for (const folder of Object.values(folders)) mkdirSync(folder, { mode: folder === folders.postgres ? 0o755 : 0o700 });
  const logs = openLogs(folders.logs);
  const [front = 0, web1 = 0, web2 = 0, worker1 = 0, worker2 = 0, ...others] = await freePorts(11);
  const [zustelldienstPort = 0, fachverfahrenPort = 0, keeper = 0, server = 0, gatewayPort = 0, sftpPort = 0] = others;
  const postgres =
    database === "postgres"
      ? {
          url: `postgres://postgres:${randomUUID()}@127.0.0.1:${server}/aufenthalt`,
          folder: join(folders.postgres, "data"),
        }
      : undefined;
  const dataDir = folders.data;
  lendKeys(dataDir);
  const zustelldienst = `http://127.0.0.1:${zustelldienstPort}`;
  const url = postgres ? `http://127.0.0.1:${front}` : `http://127.0.0.1:${web1}`;
  const common = { MODE: "demo", CLOCK, LOG_LEVEL: "info", KEYS_DIR: join(dataDir, "keys") };
  const [destinations, mailboxes] = await Promise.all([demoDestinations(common), demoMailboxes(common)]);

  const members = new Map<Target, Member>();
  const add = (target: Target, launch: () => Part) => members.set(target, { launch, part: undefined, isSteady: false });
  const log = (target: Target) => logs.of(target);
  add("zustelldienst", () => startZustelldienst({ dataDir, port: zustelldienstPort, log: log("zustelldienst") }));
  add("fachverfahren", () =>
    startFachverfahren({
      dataDir,
      port: fachverfahrenPort,
      zustelldienst,
      destinations,
      env: { MODE: undefined },
      log: log("fachverfahren"),
    }),
  );
  add("gateway", () =>
    startGateway({
      dataDir,
      port: gatewayPort,
      sftpPort,
      mailboxes,
      env: { MODE: undefined },
      log: log("gateway"),
    }),
  );
  if (postgres) {
    const shared = { ...common, DATABASE_URL: postgres.url, PUBLIC_URL: url };
    const web = (target: Target, port: number) =>
      add(target, () =>
        startService({
          dataDir,
          port,
          zustelldienst,
          hasGateway: true,
          env: { ...shared, WORKER: "off" },
          log: log(target),
        }),
      );
    const worker = (target: Target, port: number) =>
      add(target, () =>
        startWorkerProcess({ dataDir, port, zustelldienst, hasGateway: true, env: shared, log: log(target) }),
      );
    web("web1", web1);
    web("web2", web2);
    worker("worker1", worker1);
    worker("worker2", worker2);
  } else {
    const env = { ...common, DATABASE_URL: undefined, PUBLIC_URL: undefined };
    add("service", () =>
      startService({ dataDir, port: web1, zustelldienst, hasGateway: true, env, log: log("service") }),
    );
  }

  let isEnding = false;
  let keeperPart: Part | undefined;
  let balancer: Balancer | undefined;

  const memberOf = (target: Target): Member => {
    const member = members.get(target);
    if (!member) throw new Error(`there is no ${target}`);
    return member;
  };
  const start = async (target: Target) => {
    const member = memberOf(target);
    if (isEnding || (member.part && isRunning(member.part))) return;
    // A start may fail because something else is down just now; an init system would try again as well.
    for (const deadline = Date.now() + START_MS; ;) {
      const part = member.launch();
      member.part = part;
      try {
        await untilHealthy(part);
        member.isSteady = true;
        return;
      } catch (error) {
        if (isEnding) return;
        if (isRunning(part) || Date.now() > deadline) throw error;
      }
    }
  };

  async function startDatabase(): Promise<void> {
    if (!postgres) return;
    keeperPart = startPart({
      name: "PostgreSQL",
      url: `http://127.0.0.1:${keeper}`,
      file: "tests/chaos/postgresKeeper.ts",
      env: { PORT: String(keeper), FOLDER: folders.postgres, DATABASE_URL: postgres.url },
      log: logs.of("postgres"),
    });
    await untilHealthy(keeperPart);
    balancer = await balance(front, [web1, web2], random);
  }

  async function stop(): Promise<number[]> {
    isEnding = true;
    await balancer?.close();
    for (const { part } of members.values()) if (part) signal(part.process.pid, "SIGCONT");
    const parts = [...members.values()].flatMap(({ part }) => (part ? [part] : []));
    await Promise.all(parts.map((part) => stopPart(part, DRAIN_MS)));
    if (keeperPart) await stopPart(keeperPart, DRAIN_MS);
    if (postgres) signal(postmasterOf(postgres.folder), "SIGKILL");
    const left = processesOf(root);
    for (const pid of left) signal(pid, "SIGKILL");
    logs.close();
    for (const folder of [folders.data, folders.postgres]) rmSync(folder, { recursive: true, force: true });
    return left;
  }

  const world: World = {
    url,
    zustelldienst,
    fachverfahren: `http://127.0.0.1:${fachverfahrenPort}`,
    gateway: `http://127.0.0.1:${gatewayPort}`,
    postgres,
    dataDir,
    logs: folders.logs,
    targets: [...members.keys()],
    isUp: (target) => memberOf(target).isSteady,
    pidOf: (target) => memberOf(target).part?.process.pid,
    start,
    kill: async (target) => {
      const member = memberOf(target);
      member.isSteady = false;
      member.part?.process.kill("SIGKILL");
      await member.part?.ended;
    },
    end: async (target) => {
      const member = memberOf(target);
      member.isSteady = false;
      if (member.part) await stopPart(member.part, DRAIN_MS);
    },
    freeze: async (target, forMs) => {
      const member = memberOf(target);
      const pid = member.part?.process.pid;
      if (pid === undefined) return;
      member.isSteady = false;
      // A shell of its own wakes it up, even if this process is gone by then.
      const script = 'kill -STOP "$0"; sleep "$1"; kill -CONT "$0"';
      const shell = spawn("sh", ["-c", script, String(pid), String(forMs / 1_000)], {
        stdio: "ignore",
        detached: true,
      });
      await new Promise((resolve) => shell.once("exit", resolve));
      member.isSteady = true;
    },
    stop,
  };
  try {
    // The service reads at its start what the gateway writes at its own.
    await Promise.all([startDatabase(), start("zustelldienst"), start("gateway")]);
    // All at once, as a machine does after a power cut: on an empty database, and without keys.
    await Promise.all(world.targets.map(start));
    return world;
  } catch (error) {
    await stop();
    throw error;
  }
}
