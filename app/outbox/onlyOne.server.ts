import { sql } from "drizzle-orm";
import type { Database } from "#app/db.server.ts";

// Apart from other locks that somebody else may use in the same database.
const OWN_LOCKS = 20_261_121;

// Whoever is idle for 30 seconds loses its transaction, and with it the lock.
const BEAT_MS = 5_000;

/**
 * Does a task unless another process is at it at this moment: of any number of processes one does it, the others go on at
 * once. The task may use the database freely and take its time; the lock of a process that stands still, or whose machine is
 * gone, is free within half a minute. @returns whether it was done here
 */
export async function onlyOne({ db, mode }: Database, name: string, task: () => Promise<void>): Promise<boolean> {
  // The embedded database has one process and one connection, which the lock would keep from the task.
  if (mode === "pglite") {
    await task();
    return true;
  }
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ taken: boolean }>(
      sql`select pg_try_advisory_xact_lock(${OWN_LOCKS}::int, hashtext(${name})) as taken`,
    );
    if (!rows[0]?.taken) return false;
    // A connection that is lost shows when the task has ended.
    const beat = setInterval(() => void tx.execute(sql`select 1`).catch(() => undefined), BEAT_MS);
    try {
      await task();
    } finally {
      clearInterval(beat);
    }
    return true;
  });
}
