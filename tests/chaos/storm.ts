import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { z } from "zod";
import type { Fault, Planned, Strike, Target } from "./plan.ts";
import { postmasterOf, signal } from "./processes.ts";
import type { World } from "./world.ts";

/** What struck so far, by name. */
export type Struck = Map<string, number>;

const inForce = z.object({ faults: z.array(z.looseObject({ mode: z.string() })) });
const MOST_FAULTS = 6;
const PATIENCE_MS = 5_000;

async function call(url: string, body?: unknown): Promise<unknown> {
  const post = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body ?? {}) };
  const answer = await fetch(url, {
    ...(body === undefined ? {} : post),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

/** Adds a fault to those in force, as many as there may be at a time. */
async function addFault(world: World, fault: Fault): Promise<void> {
  const url = `${world.zustelldienst}/simulator/faults`;
  const { faults } = inForce.parse(await call(url));
  await call(url, { faults: [...faults.slice(1 - MOST_FAULTS), fault] });
}

/** Ends all faults. */
export async function endFaults(world: World): Promise<void> {
  await call(`${world.zustelldienst}/simulator/faults`, { faults: [] });
}

async function rotateKey({ fachverfahren }: World): Promise<void> {
  await call(`${fachverfahren}/simulator/rotate-key`, {});
}

/** Does something in the database, if it can be reached. */
async function inDatabase(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS });
  client.on("error", () => undefined);
  await client.connect();
  await work(client).finally(() => client.end().catch(() => undefined));
}

const OTHERS = "from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";

async function strikeDatabase({ postgres }: World, how: Extract<Strike, { kind: "database" }>["how"]): Promise<void> {
  if (!postgres) return;
  const { url, folder } = postgres;
  switch (how) {
    case "kill server":
      return signal(postmasterOf(folder), "SIGKILL");
    case "restart server":
      return signal(postmasterOf(folder), "SIGINT");
    case "kill backend":
      return inDatabase(url, async (client) => {
        const { rows } = await client.query<{ pid: number }>(`select pid ${OTHERS} limit 1`);
        signal(rows[0]?.pid, "SIGKILL");
      });
    case "end connections":
      return inDatabase(url, (client) => client.query(`select pg_terminate_backend(pid) ${OTHERS}`));
  }
}

const nameOf = (strike: Strike): string => {
  switch (strike.kind) {
    case "database":
      return strike.how;
    case "fault":
      return strike.fault.mode;
    case "rotateKey":
      return "rotate key";
    default:
      return `${strike.kind} ${strike.target}`;
  }
};

const isAtTarget = (strike: Strike): strike is Extract<Strike, { target: Target }> => "target" in strike;

async function land(world: World, blow: Strike): Promise<void> {
  switch (blow.kind) {
    case "kill":
      await world.kill(blow.target);
      await pause(blow.downMs);
      return world.start(blow.target);
    case "restart":
      await world.end(blow.target);
      return world.start(blow.target);
    case "freeze":
      return world.freeze(blow.target, blow.forMs);
    case "database":
      return strikeDatabase(world, blow.how);
    case "fault":
      return addFault(world, blow.fault);
    case "rotateKey":
      return rotateKey(world);
  }
}

/**
 * Lets everything strike at its time; what finds its target down already is left out. Resolves when all parts that were
 * struck are up again, earlier only if `stopped` says so.
 */
export async function storm(
  world: World,
  planned: readonly Planned[],
  struck: Struck,
  stopped: AbortSignal,
): Promise<void> {
  const begun = Date.now();
  const running: Promise<void>[] = [];
  for (const { atMs, strike: blow } of planned) {
    await pause(Math.max(0, begun + atMs - Date.now()), undefined, { signal: stopped });
    if (isAtTarget(blow) && !world.isUp(blow.target)) continue;
    const name = nameOf(blow);
    // A switch that is down just now, like a database that takes no connection, has its blow spared.
    const done = land(world, blow).then(
      () => void struck.set(name, (struck.get(name) ?? 0) + 1),
      (error: unknown) => {
        if (isAtTarget(blow)) throw error;
      },
    );
    running.push(done);
    done.catch(() => undefined);
  }
  await Promise.all(running);
}
