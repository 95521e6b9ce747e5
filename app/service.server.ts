import { once } from "node:events";
import type { Server } from "node:http";
import type { ServerBuild } from "@remix-run/node";
import type { App } from "#app/context.server.ts";
import { createApp } from "#app/createApp.server.ts";
import { openDoor } from "#app/door/door.server.ts";
import { env, EnvError } from "#app/env.server.ts";
import { createHealth } from "#app/health.server.ts";
import { healthOnly } from "#app/healthOnly.server.ts";
import { createHttp } from "#app/http.server.ts";
import { startLookout } from "#app/outbox/lookout.server.ts";
import { startWorker } from "#app/worker.server.ts";

// What a worker holds gets this long; a large application on a slow line takes most of it.
const WORKER_DRAIN_MS = 60_000;
// Running requests get this long to finish after SIGTERM; uploads on slow phones are cut off and may be sent again.
const DRAIN_MS = 10_000;

/** Ends a running service: no new requests, running ones finish, then worker and database close. */
export type Running = { url: string; stop: () => Promise<void> };

/** Ends a server: running requests finish, but a browser that keeps its connection open must not keep it from ending. */
async function closed(server: Server): Promise<void> {
  const end = once(server, "close");
  server.close();
  server.closeIdleConnections();
  const force = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await end;
  clearTimeout(force);
}

async function disconnect({ transports }: Pick<App, "transports">): Promise<void> {
  for (const { close } of transports.values()) await close?.();
}

/** Starts the service of this process. @throws EnvError, ConfigError or a system error with a message for the operator */
export async function startService(build: ServerBuild): Promise<Running> {
  const environment = env();
  const app = await createApp(environment, process.cwd());
  let draining = false;
  const door = openDoor(app);
  const server = createHttp(app, build, () => draining, { door });
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
      door.stop();
      await disconnect(app);
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
  // It would take messages, deliver none and count that against their receivers.
  if (!environment.fitConnect && environment.gateways === undefined)
    throw new EnvError(["FITCONNECT_… or GATEWAYS are missing: a process that delivers needs a way to authorities."]);
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
      await disconnect(app);
      await app.images.close();
      await app.database.close();
    },
  };
}
