import { once } from "node:events";
import type { Server } from "node:http";
import path from "node:path";
import type { ServerBuild } from "@remix-run/node";
import pino from "pino";
import { now, today } from "#app/clock.server.ts";
import { callbackTargets } from "#app/callbacks.server.ts";
import { deployed } from "#app/config/deployed.ts";
import { loadConfig } from "#app/config/load.server.ts";
import { loadRoots } from "#app/connector/fit-connect/roots.server.ts";
import { transports } from "#app/connector/registry.server.ts";
import type { App } from "#app/context.server.ts";
import { openDatabase } from "#app/db.server.ts";
import { env, EnvError, type Env } from "#app/env.server.ts";
import { createHealth } from "#app/health.server.ts";
import { healthOnly } from "#app/healthOnly.server.ts";
import { createHttp } from "#app/http.server.ts";
import { createImagePool } from "#app/images/pool.server.ts";
import { loadKeys, type Keys } from "#app/keys.server.ts";
import { createLimits } from "#app/limits.server.ts";
import { startLookout } from "#app/outbox/lookout.server.ts";
import { folderStore } from "#app/store/blobs.server.ts";
import { startWorker } from "#app/worker.server.ts";
import { lawRows } from "#flows/law/rows.ts";

// What a worker holds gets this long; a large application on a slow line takes most of it.
const WORKER_DRAIN_MS = 60_000;
// Running requests get this long to finish after SIGTERM; uploads on slow phones are cut off and may be sent again.
const DRAIN_MS = 10_000;

/** Ends a running service: no new requests, running ones finish, then worker and database close. */
export type Running = { url: string; stop: () => Promise<void> };

async function fitConnectConfig({ fitConnect, ...environment }: Env, keys: Keys) {
  if (!fitConnect) return {};
  const { allowKeyWithoutCert, roots, revocation, revocationHosts: privateHosts, routing, ...addresses } = fitConnect;
  const callback = callbackTargets(environment, keys);
  const product = { name: "Aufenthalt Online", version: "0.1.0", manufacturer: "Aufenthalt Online" };
  return {
    fitConnect: {
      ...addresses,
      allowKeyWithoutCertificate: allowKeyWithoutCert,
      trust: { roots: roots === undefined ? [] : await pinnedRoots(roots), revocation, privateHosts },
      userAgent: "Aufenthalt-Online/0.1.0",
      author: { name: "Aufenthalt Online", product },
      timeoutMs: 30_000,
      ...(routing ? { routing: { url: routing.url, issuers: [routing.portal] } } : {}),
      ...(callback ? { callback } : {}),
    },
  };
}

async function pinnedRoots(place: string): Promise<readonly string[]> {
  const loaded = await loadRoots(place);
  if ("problem" in loaded) throw new EnvError([`FITCONNECT_ROOTS: ${loaded.problem}`]);
  return loaded.roots;
}

/** Transports to try things out with; what the slow one delivers is gone. */
function practice({ mode }: Env) {
  return mode === "demo" ? { failing: true, slow: { receiver: { take: async () => undefined }, now: Date.now } } : {};
}

/** Makes everything a process needs from its environment and configuration. */
export async function createApp(environment: Env, root: string): Promise<App> {
  const { configEnv, mode, staff } = environment;
  const hasStaff = staff !== undefined;
  // Without FIT-Connect, which only the demo may lack, everything waits anyway.
  const known = { ...deployed, routing: environment.fitConnect?.routing !== undefined || !environment.fitConnect };
  const config = loadConfig({ root, environment: configEnv, mode, known, hasStaff });
  const log = pino({ level: environment.logLevel, base: null });
  const keys = await loadKeys({
    folder: environment.keysDir,
    mayCreate: environment.mode === "demo",
    withDelivery: environment.worker,
  });
  const fitConnect = await fitConnectConfig(environment, keys);
  const blobs = folderStore(path.join(environment.dataDir, "files"));
  await blobs.check();
  const database = await openDatabase({ root, dataDir: environment.dataDir, databaseUrl: environment.databaseUrl });
  return {
    env: environment,
    config,
    keys,
    database,
    blobs,
    images: createImagePool({ root, ...environment.images, log }),
    transports: transports({ ...fitConnect, ...practice(environment) }),
    lawRows,
    limits: createLimits({ env: environment, now }),
    log,
    now,
    today: () => today(environment, now()),
  };
}

/** Ends a server: running requests finish, but a browser that keeps its connection open must not keep it from ending. */
async function closed(server: Server): Promise<void> {
  const end = once(server, "close");
  server.close();
  server.closeIdleConnections();
  const force = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await end;
  clearTimeout(force);
}

/** Starts the service of this process. @throws EnvError, ConfigError or a system error with a message for the operator */
export async function startService(build: ServerBuild): Promise<Running> {
  const environment = env();
  const app = await createApp(environment, process.cwd());
  let draining = false;
  const server = createHttp(app, build, () => draining);
  server.listen(environment.port, environment.host);
  await once(server, "listening");
  const worker = environment.worker ? await startWorker(app) : undefined;
  const lookout = startLookout(app);
  void app.images.check();
  app.log.info({ url: environment.publicUrl, database: app.database.mode }, "started");
  return {
    url: environment.publicUrl,
    stop: async () => {
      draining = true;
      await Promise.all([closed(server), worker?.stop(DRAIN_MS), lookout.stop(DRAIN_MS)]);
      await app.images.close();
      await app.database.close();
    },
  };
}

/**
 * Starts a process that delivers and shows no pages; it answers nothing but how it is. Any number of them may run on one
 * PostgreSQL. @throws EnvError, ConfigError or a system error with a message for the operator
 */
export async function startDelivery(): Promise<Running> {
  const environment = { ...env(), worker: true };
  const app = await createApp(environment, process.cwd());
  let draining = false;
  const server = healthOnly(createHealth(app), () => draining);
  server.listen(environment.port, environment.host);
  await once(server, "listening");
  const worker = await startWorker(app);
  const lookout = startLookout(app);
  app.log.info({ database: app.database.mode }, "worker started");
  return {
    url: `http://${environment.host}:${environment.port}`,
    stop: async () => {
      draining = true;
      await Promise.all([worker.stop(WORKER_DRAIN_MS), lookout.stop(DRAIN_MS)]);
      await closed(server);
      await app.images.close();
      await app.database.close();
    },
  };
}
