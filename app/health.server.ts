import { eq, gt, isNotNull, or } from "drizzle-orm";
import type { App } from "#app/context.server.ts";
import type { Db } from "#app/db.server.ts";
import { mailState } from "#app/mail/state.server.ts";
import { isAnyAtWork } from "#app/outbox/workers.server.ts";
import { destinations, outbox } from "#drizzle/schema.ts";

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
  /** Whether anybody delivers, in this or another process. */
  worker: Part;
  /** Whether mails get out. */
  mail: Part;
  /** Calendar date of the service in Europe/Berlin. */
  today: string;
};

const FIGURES_MS = 2_000;

async function state(check: () => Promise<unknown>): Promise<Part> {
  return check().then(
    () => "ok",
    () => "down",
  );
}

/** Whether a message is stuck, or a receiver failed at the last attempt. Costs the same however many messages wait. */
async function isFailing(db: Db): Promise<boolean> {
  const stuck = await db.select({ id: outbox.id }).from(outbox).where(eq(outbox.state, "stuck")).limit(1);
  if (stuck.length > 0) return true;
  const isTroubled = or(gt(destinations.failures, 0), isNotNull(destinations.openedAt));
  const troubled = await db.select({ id: destinations.id }).from(destinations).where(isTroubled).limit(1);
  return troubled.length > 0;
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
 * queue and workers at most every two seconds. Failing messages and no worker at work, in whichever process, are degraded,
 * which takes nobody offline.
 */
export function createHealth(app: App): (draining: boolean) => Promise<Health> {
  const failing = atMostEvery(FIGURES_MS, app.now, () => isFailing(app.database.db));
  const atWork = atMostEvery(FIGURES_MS, app.now, () => isAnyAtWork(app.database.db, app.now()));
  const mails = atMostEvery(FIGURES_MS, app.now, () =>
    mailState(app.database.db, app.env.mail !== undefined, app.now()),
  );
  return async (draining) => {
    const [database, files] = await Promise.all([state(app.database.ping), state(app.blobs.check)]);
    // What nobody can know while the database is away is not called fine.
    const delivery = database === "ok" && !(await failing().catch(() => true)) ? "ok" : "degraded";
    const worker = database === "ok" && (await atWork().catch(() => false)) ? "ok" : "degraded";
    const mail = database === "ok" ? await mails().catch(() => "degraded" as const) : "degraded";
    const images = app.images.state();
    // The demo may do without a mail server, which is nobody's trouble.
    const isMailAmiss = app.env.mail !== undefined && mail === "degraded";
    const isDegraded = isMailAmiss || [delivery, worker, images].includes("degraded");
    return {
      status: database === "down" || files === "down" || draining ? "down" : isDegraded ? "degraded" : "ok",
      mode: app.database.mode,
      database,
      files,
      images,
      delivery,
      worker,
      mail,
      today: app.today(),
    };
  };
}
