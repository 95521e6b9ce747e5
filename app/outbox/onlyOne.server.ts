import { sql } from "drizzle-orm";
import type { Database } from "#app/db.server.ts";

// Apart from other locks that somebody else may use in the same database.
const OWN_LOCKS = 20_261_121;

/**
 * Does a task unless another process is at it at this moment: of any number of processes one does it, the others go on at
 * once. The task may use the database freely. @returns whether it was done here
 */
export async function onlyOne({ db, mode }: Database, name: string, task: () => Promise<void>): Promise<boolean> {
  // The embedded database has one process and one connection, which the lock would keep from the task.
  if (mode === "pglite") {
    await task();
    return true;
  }
  return db.transaction(async (tx) => {
    // The lock ends with the transaction; a long task must not have it ended as forgotten.
    await tx.execute(sql`set local idle_in_transaction_session_timeout = 0`);
    const { rows } = await tx.execute<{ taken: boolean }>(
      sql`select pg_try_advisory_xact_lock(${OWN_LOCKS}::int, hashtext(${name})) as taken`,
    );
    if (!rows[0]?.taken) return false;
    await task();
    return true;
  });
}
