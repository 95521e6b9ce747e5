import type { App } from "#app/context.server.ts";
import { queueFigures } from "#app/outbox/queue.server.ts";

type Part = "ok" | "degraded" | "down";
/** How the service is: `down` only if it cannot take applications (architecture 10). */
export type Health = {
  status: Part;
  mode: string;
  database: Part;
  files: Part;
  delivery: Part;
  worker: Part;
  /** Calendar date of the service in Europe/Berlin. */
  today: string;
};

async function state(check: () => Promise<unknown>): Promise<Part> {
  return check().then(
    () => "ok",
    () => "down",
  );
}

/** Asks database, blob store and queue. A queue with failing or stuck messages is degraded, which takes nobody offline. */
export async function health(app: App, draining: boolean): Promise<Health> {
  const [database, files] = await Promise.all([state(app.database.ping), state(app.blobs.check)]);
  const figures = database === "ok" ? await queueFigures(app.database.db).catch(() => []) : [];
  const delivery = figures.some((row) => row.state === "stuck" || row.lastError !== null) ? "degraded" : "ok";
  const status = database === "down" || files === "down" || draining ? "down" : delivery;
  return {
    status,
    mode: app.database.mode,
    database,
    files,
    delivery,
    worker: app.env.worker ? "ok" : "degraded",
    today: app.today(),
  };
}
