import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import { isHeldUp } from "#app/outbox/watchdog.ts";
import { outbox } from "#drizzle/schema.ts";

/** True if some message of a case does not get through, so that its applicant should know of other ways. */
export async function isCaseHeldUp(db: Db, caseId: string, now: Date): Promise<boolean> {
  const rows = await db
    .select({ state: outbox.state, queuedAt: outbox.queuedAt, urgentFrom: outbox.urgentFrom })
    .from(outbox)
    .where(and(eq(outbox.caseId, caseId), inArray(outbox.state, ["waiting", "sending", "paused", "stuck"])));
  return rows.some((row) => isHeldUp(row, now));
}
