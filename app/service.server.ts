import { once } from "node:events";
import path from "node:path";
import type { ServerBuild } from "@remix-run/node";
import pino from "pino";
import { now, today } from "#app/clock.server.ts";
import { deployed } from "#app/config/deployed.ts";
import { loadConfig } from "#app/config/load.server.ts";
import { transports } from "#app/connector/registry.server.ts";
import type { App } from "#app/context.server.ts";
import { openDatabase } from "#app/db.server.ts";
import { env, type Env } from "#app/env.server.ts";
import { createHttp } from "#app/http.server.ts";
import { createImagePool } from "#app/images/pool.server.ts";
import { loadKeys } from "#app/keys.server.ts";
import { createLimits } from "#app/limits.server.ts";
import { folderStore } from "#app/store/blobs.server.ts";
import { startWorker } from "#app/worker.server.ts";
import { lawRows } from "#flows/law/rows.ts";

// Running requests get this long to finish after SIGTERM; uploads on slow phones are cut off and may be sent again.
const DRAIN_MS = 10_000;

/** Ends a running service: no new requests, running ones finish, then worker and database close. */
export type Running = { url: string; stop: () => Promise<void> };

function fitConnectConfig({ fitConnect }: Env) {
  if (!fitConnect) return {};
  const { allowKeyWithoutCert, ...addresses } = fitConnect;
  const product = { name: "Aufenthalt Online", version: "0.1.0", manufacturer: "Aufenthalt Online" };
  return {
    fitConnect: {
      ...addresses,
      allowKeyWithoutCertificate: allowKeyWithoutCert,
      userAgent: "Aufenthalt-Online/0.1.0",
      author: { name: "Aufenthalt Online", product },
      timeoutMs: 30_000,
    },
  };
}

/** Transports to try things out with; what the slow one delivers is gone. */
function practice({ mode }: Env) {
  return mode === "demo" ? { failing: true, slow: { receiver: { take: async () => undefined }, now: Date.now } } : {};
}

/** Makes everything a process needs from its environment and configuration. */
export async function createApp(environment: Env, root: string): Promise<App> {
  const config = loadConfig({ root, environment: environment.configEnv, mode: environment.mode, known: deployed });
  const log = pino({ level: environment.logLevel, base: null });
  const keys = await loadKeys({
    folder: environment.keysDir,
    mayCreate: environment.mode === "demo",
    withDelivery: environment.worker,
  });
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
    transports: transports({ ...fitConnectConfig(environment), ...practice(environment) }),
    lawRows,
    limits: createLimits({ env: environment, now }),
    heartbeat: { worker: now() },
    log,
    now,
    today: () => today(environment, now()),
  };
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
  void app.images.check();
  app.log.info({ url: environment.publicUrl, database: app.database.mode }, "started");
  return {
    url: environment.publicUrl,
    stop: async () => {
      draining = true;
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      // A browser that keeps its connection open must not keep the service from ending.
      const force = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      await closed;
      clearTimeout(force);
      await worker?.stop();
      await app.images.close();
      await app.database.close();
    },
  };
}
