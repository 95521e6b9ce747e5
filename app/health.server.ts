import { and, inArray, isNotNull, eq, or } from "drizzle-orm";
import type { App } from "#app/context.server.ts";
import type { Db } from "#app/db.server.ts";
import { outbox } from "#drizzle/schema.ts";

type Part = "ok" | "degraded" | "down";
/** How the service is: `down` only if it cannot take applications (architecture 10). */
export type Health = {
  status: Part;
  mode: string;
  database: Part;
  files: Part;
  /** Whether pictures can be converted. */
  images: Part;
  delivery: Part;
  worker: Part;
  /** Calendar date of the service in Europe/Berlin. */
  today: string;
};

const FIGURES_MS = 2_000;
// A turn comes every second; this many seconds without one cannot be a busy machine any more.
const SILENT_MS = 30_000;

async function state(check: () => Promise<unknown>): Promise<Part> {
  return check().then(
    () => "ok",
    () => "down",
  );
}

/** Whether a message is stuck or failed at its last attempt. Settled messages, which are nearly all, are not looked at. */
async function isFailing(db: Db): Promise<boolean> {
  const rows = await db
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        inArray(outbox.state, ["waiting", "sending", "sent", "stuck"]),
        or(eq(outbox.state, "stuck"), isNotNull(outbox.lastError)),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** Asks a question at most once in a while, however often somebody wants to know. A failed answer is not kept. */
function atMostEvery<T>(ms: number, now: () => Date, ask: () => Promise<T>): () => Promise<T> {
  let last: { at: number; answer: Promise<T> } | undefined;
  return () => {
    const at = now().getTime();
    if (last && at - last.at < ms) return last.answer;
    const asked = { at, answer: ask() };
    last = asked;
    asked.answer.catch(() => {
      if (last === asked) last = undefined;
    });
    return asked.answer;
  };
}

/**
 * Makes the answer to "how is it?". Database and blob store are asked each time, because they take the service offline;
 * the queue at most every two seconds. Failing messages and a silent worker are degraded, which takes nobody offline. A
 * process without worker cannot see the one elsewhere and says so by "degraded" for this part alone.
 */
export function createHealth(app: App): (draining: boolean) => Promise<Health> {
  const failing = atMostEvery(FIGURES_MS, app.now, () => isFailing(app.database.db));
  return async (draining) => {
    const [database, files] = await Promise.all([state(app.database.ping), state(app.blobs.check)]);
    const delivery = database === "ok" && (await failing().catch(() => true)) ? "degraded" : "ok";
    const isSilent = app.now().getTime() - app.heartbeat.worker.getTime() > SILENT_MS;
    const images = app.images.state();
    const isDegraded = delivery === "degraded" || images === "degraded" || (app.env.worker && isSilent);
    return {
      status: database === "down" || files === "down" || draining ? "down" : isDegraded ? "degraded" : "ok",
      mode: app.database.mode,
      database,
      files,
      images,
      delivery,
      worker: app.env.worker && !isSilent ? "ok" : "degraded",
      today: app.today(),
    };
  };
}
