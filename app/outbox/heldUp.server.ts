import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import { isHeldUp } from "#app/outbox/watchdog.ts";
import { outbox } from "#drizzle/schema.ts";

/**
 * What of a case does not get through, so that its applicant should know of other ways: the application, or only something
 * that was handed in later; undefined if all is well.
 */
export async function heldUpOf(db: Db, caseId: string, now: Date): Promise<"application" | "supplement" | undefined> {
  const { state, createdAt, urgentFrom, supplements } = outbox;
  const rows = await db
    .select({ state, createdAt, urgentFrom, supplements })
    .from(outbox)
    .where(and(eq(outbox.caseId, caseId), inArray(outbox.state, ["waiting", "sending", "paused", "stuck"])));
  const held = rows.filter((row) => isHeldUp(row, now));
  if (held.some((row) => row.supplements === null)) return "application";
  return held.length > 0 ? "supplement" : undefined;
}
