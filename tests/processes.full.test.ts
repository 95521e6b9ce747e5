import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isRunning, stopPart, untilHealthy } from "../app/cli/children.mjs";
import { startService, startWorkerProcess } from "../app/cli/stack.mjs";
import { outbox } from "#drizzle/schema.ts";
import { fillIn, referenceOf } from "./support/applicant.ts";
import { startPostgres } from "./support/postgresServer.ts";
import { freePorts } from "./support/ports.ts";
import { startStack, type Stack } from "./support/service.ts";
import { until } from "./support/until.ts";

type Part = ReturnType<typeof startWorkerProcess>;

const MINUTE = 60_000;
const DRAIN = 70_000;
const quiet = process.env["TEST_OUTPUT"] === undefined;
const isAccepted = (kinds: readonly string[]) => kinds.includes("accepted");
const folders: string[] = [];
let postgres: Awaited<ReturnType<typeof startPostgres>>;

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "aufenthalt-processes-"));
  folders.push(folder);
  return folder;
}

async function emptyDatabase(name: string): Promise<string> {
  const client = new pg.Client({ connectionString: `${postgres.url}/postgres` });
  await client.connect();
  await client.query(`create database ${name} template template0`);
  await client.end();
  return `${postgres.url}/${name}`;
}

beforeAll(async () => {
  postgres = await startPostgres();
}, MINUTE);
afterAll(async () => {
  await postgres.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

test("a worker of its own says that it needs PostgreSQL", () => {
  const env = { ...process.env, MODE: "demo", DATABASE_URL: "", DATA_DIR: newFolder() };
  const { status, stderr } = spawnSync(process.execPath, ["app/cli/worker.mjs"], { env, encoding: "utf8" });
  expect(status).toBe(1);
  expect(stderr).toContain("DATABASE_URL");
});

test(
  "four processes that start at once on an empty database and an empty folder share both",
  async () => {
    const env = { MODE: "demo", CLOCK: "2026-11-21", WORKER: "off", DATABASE_URL: await emptyDatabase("at_once") };
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = await freePorts(5);
    // Nobody answers there: a receiver that is down stops no start.
    const zustelldienst = `http://127.0.0.1:${e}`;
    const common = { dataDir: newFolder(), env, quiet, zustelldienst };
    const services = [a, b].map((port) => startService({ ...common, port }));
    const parts = [...services, ...[c, d].map((port) => startWorkerProcess({ ...common, port }))];
    try {
      await Promise.all(parts.map(untilHealthy));
      const keys = services.map(async ({ url }) => (await fetch(`${url}/.well-known/receipt-keys.json`)).text());
      expect(new Set(await Promise.all(keys)).size).toBe(1);
      const page = await fetch(`${parts[2]?.url}/de/potsdam`);
      expect([page.status, await page.json()]).toEqual([404, { status: "404" }]);
    } finally {
      await Promise.all(parts.map((part) => stopPart(part, DRAIN)));
    }
  },
  3 * MINUTE,
);

describe("a service that shows pages, with workers beside it", () => {
  let stack: Stack;
  let pool: pg.Pool;
  let workers: Part[];
  let launch: () => Promise<Part>;

  beforeAll(async () => {
    const dataDir = newFolder();
    const databaseUrl = await emptyDatabase("beside");
    stack = await startStack({ dataDir, env: { DATABASE_URL: databaseUrl, WORKER: "off" } });
    pool = new pg.Pool({ connectionString: databaseUrl });
    pool.on("error", () => undefined);
    const env = { MODE: "demo", CLOCK: "2026-11-21", DATABASE_URL: databaseUrl };
    launch = async () => {
      const [port = 0] = await freePorts(1);
      const worker = startWorkerProcess({ dataDir, port, zustelldienst: stack.zustelldienst, env, quiet });
      await untilHealthy(worker);
      return worker;
    };
    workers = await Promise.all([launch(), launch()]);
  }, 3 * MINUTE);
  afterAll(async () => {
    await Promise.all(workers.map((worker) => stopPart(worker, DRAIN)));
    await pool.end();
    await stack.stop();
  });

  async function fault(value: { mode: string; delayMs?: number }): Promise<void> {
    const init = { method: "POST", body: JSON.stringify(value), headers: { "content-type": "application/json" } };
    expect((await fetch(`${stack.zustelldienst}/simulator/faults`, init)).ok).toBe(true);
  }
  const workerPart = async () => ((await (await fetch(`${stack.url}/health`)).json()) as { worker: string }).worker;
  const heldNow = async () => {
    const rows = await drizzle({ client: pool }).select().from(outbox);
    return rows.filter(({ leasedUntil, state }) => state === "sending" && leasedUntil !== null).length;
  };
  async function arrivals(reference: string): Promise<number> {
    const list = (await (await fetch(`${stack.fachverfahren}/api/applications`)).json()) as { reference: string }[];
    return list.filter((application) => application.reference === reference).length;
  }

  async function filed() {
    const applicant = await fillIn(stack.url);
    const reference = referenceOf(await applicant.submit());
    const arrived = async () => {
      await until(applicant.events, isAccepted, 2 * MINUTE);
      expect(await arrivals(reference)).toBe(1);
    };
    return { ...applicant, arrived };
  }

  test(
    "brings each application in once, and the page's process knows that somebody delivers",
    async () => {
      const applicants = await Promise.all([filed(), filed(), filed()]);
      await Promise.all(applicants.map(({ arrived }) => arrived()));
      expect(await workerPart()).toBe("ok");
    },
    3 * MINUTE,
  );

  test(
    "a worker that is asked to end finishes what it holds; without any the service says so and goes on filing",
    async () => {
      await fault({ mode: "slow", delayMs: 400 });
      const first = await filed();
      await until(heldNow, (count) => count > 0);
      expect(await Promise.all(workers.map((worker) => stopPart(worker, DRAIN)))).toEqual([true, true]);
      expect(await first.events()).toContain("sent");
      expect(await heldNow()).toBe(0);
      await until(workerPart, (part) => part === "degraded");
      const second = await filed();
      await fault({ mode: "none" });
      workers = await Promise.all([launch(), launch()]);
      await Promise.all([first.arrived(), second.arrived()]);
      await until(workerPart, (part) => part === "ok");
    },
    4 * MINUTE,
  );

  test(
    "a worker that dies leaves its application to another, which brings it in once",
    async () => {
      await fault({ mode: "slow", delayMs: 400 });
      const applicant = await filed();
      await until(heldNow, (count) => count > 0);
      for (const worker of workers) worker.process.kill("SIGKILL");
      await Promise.all(workers.map(({ ended }) => ended));
      expect(await heldNow()).toBe(1);
      await fault({ mode: "none" });
      workers = [await launch()];
      await applicant.arrived();
    },
    3 * MINUTE,
  );

  test(
    "a database that is restarted ends no process, and delivery goes on",
    async () => {
      await fault({ mode: "slow", delayMs: 300 });
      const before = await filed();
      await until(heldNow, (count) => count > 0);
      await postgres.pause();
      await until(
        async () => (await fetch(`${stack.url}/health`)).status,
        (status) => status === 503,
      );
      expect(workers.every(isRunning)).toBe(true);
      await postgres.resume();
      await fault({ mode: "none" });
      await until(
        async () => (await fetch(`${stack.url}/health`)).status,
        (status) => status === 200,
      );
      const after = await filed();
      await Promise.all([before.arrived(), after.arrived()]);
      expect(workers.every(isRunning)).toBe(true);
      await until(workerPart, (part) => part === "ok");
    },
    4 * MINUTE,
  );
});
