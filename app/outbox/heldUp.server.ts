import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import { isHeldUp } from "#app/outbox/watchdog.ts";
import type { BesideKind } from "#flows/engine/status.ts";
import { outbox } from "#drizzle/schema.ts";

/**
 * What of a case does not get through, so that its applicant should know of other ways: the application, or only something
 * that was sent later; undefined if all is well.
 */
export async function heldUpOf(db: Db, caseId: string, now: Date): Promise<"application" | BesideKind | undefined> {
  const { state, createdAt, urgentFrom, kind } = outbox;
  const rows = await db
    .select({ state, createdAt, urgentFrom, kind })
    .from(outbox)
    .where(and(eq(outbox.caseId, caseId), inArray(outbox.state, ["waiting", "sending", "paused", "stuck"])));
  const held = rows.filter((row) => isHeldUp(row, now));
  return (["application", "withdrawal", "answer", "supplement"] as const).find((wanted) =>
    held.some((row) => row.kind === wanted),
  );
}
