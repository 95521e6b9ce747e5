import { eq, gte } from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import { workers } from "#drizzle/schema.ts";

/** A worker that was not seen for so long is taken for dead; it notes itself every five seconds. */
export const SILENT_MS = 30_000;

/** Notes that a worker is at work. */
export async function noteSeen(db: Db, worker: { id: string; startedAt: Date }, now: Date): Promise<void> {
  await db
    .insert(workers)
    .values({ ...worker, seenAt: now })
    .onConflictDoUpdate({ target: workers.id, set: { seenAt: now } });
}

/** Whether any worker, of this or another process, was seen in the last 30 seconds. */
export async function isAnyAtWork(db: Db, now: Date): Promise<boolean> {
  const seen = await db
    .select({ id: workers.id })
    .from(workers)
    .where(gte(workers.seenAt, new Date(now.getTime() - SILENT_MS)))
    .limit(1);
  return seen.length > 0;
}

/** A worker ends in order: it is not missed. */
export async function forgetWorker(db: Db, id: string): Promise<void> {
  await db.delete(workers).where(eq(workers.id, id));
}
