import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { and, count, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { isRunning, stopPart, untilHealthy } from "../app/cli/children.mjs";
import { fitConnectEnvironment } from "../app/cli/demo.mjs";
import { demoDestinations, startFachverfahren, startWorkerProcess, startZustelldienst } from "../app/cli/stack.mjs";
import type { App } from "#app/context.server.ts";
import { parseEnv } from "#app/env.server.ts";
import { fileApplication } from "#app/outbox/submit.server.ts";
import { createApp } from "#app/createApp.server.ts";
import { createDraft } from "#app/store/drafts.server.ts";
import { cases, outbox } from "#drizzle/schema.ts";
import { contentOf, filingOf, newHolder, p1Answers, settingIn, storeFile } from "#tests/support/filing.ts";
import { freePorts } from "#tests/support/ports.ts";
import { startPostgres } from "#tests/support/postgresServer.ts";
import { cpuMs, residentMb } from "./processes.ts";

/** Evidence of P1 that the files of the measured applications belong to. */
const CODES = ["PASS", "TITLE", "CONTR", "EZB", "QUAL"];
const DAY_MS = 86_400_000;
const LATER = new Date("2999-01-01T00:00:00Z");
const DRAIN_MS = 20_000;
const LIMIT_MS = 180_000;
const EVERY_MS = 50;

/** What a batch of applications took: seconds from release to the last one sent, CPU of all workers, highest memory. */
export type Batch = { seconds: number; cpuMs: number; highestMb: number };

/** A database, a Zustelldienst that nobody fetches from, and workers that are started when wanted. */
export type Deliveries = {
  /** Parts of one application as they are sent, as files: what the floor has to send too. */
  partsOf: (fileBytes: number) => string[];
  zustelldienst: string;
  /** Files applications with five files each; they wait until they are released. @returns their message ids */
  file: (howMany: number, fileBytes: number) => Promise<string[]>;
  /** Starts another worker process. */
  startWorker: () => Promise<void>;
  stopWorkers: () => Promise<void>;
  /** Lets messages go and waits until all are with the Zustelldienst. */
  deliver: (ids: readonly string[]) => Promise<Batch>;
  stop: () => Promise<void>;
};

const health = z.looseObject({ destinations: z.array(z.string()) });

async function untilRegistered(url: string, howMany: number): Promise<void> {
  for (;;) {
    const answer = health.parse(await (await fetch(`${url}/health`)).json());
    if (answer.destinations.length >= howMany) return;
    await pause(100);
  }
}

/** Registers the demo's inboxes at the Zustelldienst, then leaves: whoever fetched would share the processor. */
async function registerInboxes(dataDir: string, port: number, zustelldienst: string): Promise<void> {
  const destinations = await demoDestinations({ MODE: "demo" });
  const part = startFachverfahren({ dataDir, port, zustelldienst, destinations, decision: "manual", quiet: true });
  await untilHealthy(part);
  await untilRegistered(part.url, z.array(z.unknown()).parse(JSON.parse(destinations)).length);
  await stopPart(part, DRAIN_MS);
}

async function fileOne(app: App, fileBytes: number): Promise<string> {
  const { authority, setting } = settingIn(app);
  const holder = newHolder();
  const expiresAt = new Date(app.now().getTime() + 30 * DAY_MS);
  const answers = p1Answers(setting);
  const evidence = { ...(answers["evidence"] as Record<string, unknown>) };
  for (const code of CODES) {
    const entry = await storeFile(app, holder, `${code}.pdf`, randomBytes(fileBytes));
    evidence[code] = { files: [entry] };
  }
  const content = contentOf({ ...answers, evidence });
  await createDraft(app.database.db, holder, { authority: authority.id, content, expiresAt });
  const filed = await fileApplication(app, filingOf(app, holder));
  if (!filed.ok) throw new Error(`not filed: ${filed.reason}`);
  const own = app.database.db.select({ id: cases.id }).from(cases).where(eq(cases.reference, filed.reference));
  const [row] = await app.database.db
    .update(outbox)
    .set({ nextAttemptAt: LATER })
    .where(inArray(outbox.caseId, own))
    .returning({ id: outbox.id });
  if (!row) throw new Error("no message was filed");
  return row.id;
}

/** Starts PostgreSQL and the Zustelldienst with the demo's inboxes. */
export async function startDeliveries(): Promise<Deliveries> {
  const server = await startPostgres();
  const dataDir = mkdtempSync(join(tmpdir(), "aufenthalt-deliveries-"));
  const [zustelldienstPort = 0, otherPort = 0] = await freePorts(2);
  const zustelldienst = startZustelldienst({ dataDir, port: zustelldienstPort, quiet: true });
  await untilHealthy(zustelldienst);
  await registerInboxes(dataDir, otherPort, zustelldienst.url);
  const own = { MODE: "demo", CLOCK: "2026-11-21", LOG_LEVEL: "silent", DATABASE_URL: server.template };
  const app = await createApp(parseEnv({ ...own, DATA_DIR: dataDir }), process.cwd());
  const { db } = app.database;
  let workers: ReturnType<typeof startWorkerProcess>[] = [];
  const pids = () => workers.flatMap(({ process }) => process.pid ?? []);
  const cpu = () => pids().reduce((sum, pid) => sum + cpuMs(pid), 0);
  const memory = () => Math.max(...pids().map(residentMb));
  const leftOf = async (ids: readonly string[]) => {
    const open = and(inArray(outbox.id, [...ids]), inArray(outbox.state, ["waiting", "sending"]));
    const [row] = await db.select({ left: count() }).from(outbox).where(open);
    return row?.left ?? 0;
  };

  return {
    zustelldienst: zustelldienst.url,
    partsOf: (fileBytes) => {
      const sizes = [3_000, 10_240, 35_000, ...CODES.map(() => fileBytes)];
      return sizes.map((size, index) => {
        const file = join(dataDir, `part-${fileBytes}-${index}`);
        writeFileSync(file, randomBytes(size));
        return file;
      });
    },
    file: async (howMany, fileBytes) => {
      const ids: string[] = [];
      for (let index = 0; index < howMany; index += 1) ids.push(await fileOne(app, fileBytes));
      return ids;
    },
    startWorker: async () => {
      const [port = 0] = await freePorts(1);
      const env = { ...own, ...fitConnectEnvironment({ dataDir, zustelldienst: zustelldienst.url }) };
      const worker = startWorkerProcess({ dataDir, port, env, quiet: true });
      workers = [...workers, worker];
      await untilHealthy(worker);
    },
    stopWorkers: async () => {
      await Promise.all(workers.map((worker) => stopPart(worker, DRAIN_MS)));
      workers = [];
    },
    deliver: async (ids) => {
      const [begun, cpuBefore] = [performance.now(), cpu()];
      let highestMb = memory();
      await db
        .update(outbox)
        .set({ nextAttemptAt: app.now() })
        .where(inArray(outbox.id, [...ids]));
      while ((await leftOf(ids)) > 0) {
        highestMb = Math.max(highestMb, memory());
        if (performance.now() - begun > LIMIT_MS) throw new Error("the batch was not delivered in time");
        if (!workers.every(isRunning)) throw new Error("a worker ended");
        await pause(EVERY_MS);
      }
      const batch = { seconds: (performance.now() - begun) / 1000, cpuMs: cpu() - cpuBefore, highestMb };
      // Nobody answers here: asking again and again would be counted with the next batch.
      await db
        .update(outbox)
        .set({ nextAttemptAt: LATER })
        .where(inArray(outbox.id, [...ids]));
      return batch;
    },
    stop: async () => {
      await Promise.all(workers.map((worker) => stopPart(worker, DRAIN_MS)));
      await app.database.close();
      await stopPart(zustelldienst, DRAIN_MS);
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
