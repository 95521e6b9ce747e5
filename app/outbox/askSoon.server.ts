import { and, eq, gt, or } from "drizzle-orm";
import type { Database } from "#app/db.server.ts";
import { outbox } from "#drizzle/schema.ts";

/**
 * Lets the receiver be asked at once what became of a sent message, where it would have been asked later. One about which
 * it is asked at this moment is asked about again: the answer may be older than the news.
 * @returns false if there is nothing to hurry: the message is unknown, not sent or already decided, or it is due anyway
 */
export async function askSoon(database: Pick<Database, "db" | "wake">, id: string, now: Date): Promise<boolean> {
  return database.db.transaction(async (tx) => {
    const [row] = await tx
      .update(outbox)
      .set({ nextAttemptAt: now })
      .where(
        and(
          eq(outbox.id, id),
          eq(outbox.state, "sent"),
          or(gt(outbox.nextAttemptAt, now), gt(outbox.leasedUntil, now)),
        ),
      )
      .returning({ destination: outbox.destination });
    if (row) await database.wake(tx, id, row.destination);
    return row !== undefined;
  });
}
