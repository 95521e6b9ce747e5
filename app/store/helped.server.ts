import { and, asc, desc, eq, inArray, isNull, lt, or, sql } from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import { eventKinds, statusOf, type EventKind } from "#flows/engine/status.ts";
import { helped } from "#drizzle/helping.ts";
import { events, outbox } from "#drizzle/schema.ts";

/** Notes that a helper begins an application at an authority. @returns the id of the row */
export async function beginHelped(tx: Db, authority: string, helper: string, now: Date): Promise<number> {
  const [row] = await tx.insert(helped).values({ authority, helper, startedAt: now }).returning({ id: helped.id });
  if (!row) throw new Error("A row was inserted and not returned");
  return row.id;
}

/** Who helps, for which authority. */
export type Help = { authority: string; helper: string };

/**
 * The help of a sitting that is not handed over, locked: what is begun, and the hand-over, wait for each other. Not by a lock of the
 * row: who files locks a draft and then the row, who hands over needs the drafts after this.
 */
export async function lockHelp(tx: Db, id: number): Promise<Help | undefined> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`helped ${id}`}, 0))`);
  const [row] = await tx
    .select({ authority: helped.authority, helper: helped.helper })
    .from(helped)
    .where(and(eq(helped.id, id), isNull(helped.handedOverAt)));
  return row;
}

/** True once the sitting of a row was handed over. */
export async function isHandedOver(db: Db, id: number): Promise<boolean> {
  const [row] = await db.select({ at: helped.handedOverAt }).from(helped).where(eq(helped.id, id));
  return row?.at != null;
}

/** Forgets a row of which nothing came. */
export async function dropHelped(tx: Db, id: number): Promise<void> {
  await tx.delete(helped).where(eq(helped.id, id));
}

/** Notes that applications were handed over: by their rows, and by their cases where they are filed. */
export async function noteHandedOver(
  tx: Db,
  { ids, caseIds }: { ids: readonly number[]; caseIds: readonly string[] },
  now: Date,
): Promise<void> {
  const isOne = or(inArray(helped.id, [...ids]), inArray(helped.caseId, [...caseIds]));
  await tx
    .update(helped)
    .set({ handedOverAt: now })
    .where(and(isOne, isNull(helped.handedOverAt)));
}

/** Notes that an application was filed, inside the filing's transaction. */
export async function noteFiled(
  tx: Db,
  id: number,
  { caseId, reference, filedAt }: { caseId: string; reference: string; filedAt: Date },
): Promise<void> {
  await tx.update(helped).set({ caseId, reference, filedAt }).where(eq(helped.id, id));
}

/** An application of the day; `status` once it is filed. */
export type HelpedRow = {
  id: number;
  authority: string;
  startedAt: Date;
  handedOverAt: Date | null;
  reference: string | null;
  status: EventKind | undefined;
};

/** More than anybody begins in a day. */
const MOST_ROWS = 500;

/** What a helper began on a calendar day in Germany, the latest first; with row-level security within their authorities. */
export async function helpedOn(tx: Db, helper: string, day: string): Promise<HelpedRow[]> {
  const rows = await tx
    .select()
    .from(helped)
    .where(and(eq(helped.helper, helper), sql`(${helped.startedAt} at time zone 'Europe/Berlin')::date = ${day}::date`))
    .orderBy(desc(helped.startedAt), desc(helped.id))
    .limit(MOST_ROWS);
  const statuses = await statusesOf(
    tx,
    rows.flatMap(({ caseId }) => caseId ?? []),
  );
  return rows.map(({ id, authority, startedAt, handedOverAt, reference, caseId }) => ({
    id,
    authority,
    startedAt,
    handedOverAt,
    reference,
    status: caseId === null ? undefined : statuses.get(caseId),
  }));
}

const kinds: readonly string[] = eventKinds;
const isKind = (kind: string): kind is EventKind => kinds.includes(kind);

/** Status by case, from what became of the applications; columns that staff may read alone. */
async function statusesOf(tx: Db, caseIds: readonly string[]): Promise<ReadonlyMap<string, EventKind>> {
  if (caseIds.length === 0) return new Map();
  const rows = await tx
    .select({ caseId: events.caseId, kind: events.kind, at: events.at })
    .from(events)
    .innerJoin(outbox, eq(outbox.id, events.messageId))
    .where(and(inArray(events.caseId, [...caseIds]), eq(outbox.kind, "application")))
    .orderBy(asc(events.id));
  const known = new Set(rows.map(({ caseId }) => caseId));
  return new Map(
    [...known].map((id) => {
      const own = rows.flatMap(({ caseId, kind, at }) =>
        caseId === id && isKind(kind) ? [{ kind, at: at.toISOString(), codes: [] }] : [],
      );
      return [id, statusOf(own)] as const;
    }),
  );
}

/** Deletes rows that are older than the audit of the same acts. */
export async function sweepHelped(db: Db, before: Date): Promise<void> {
  await db.delete(helped).where(lt(helped.startedAt, before));
}
