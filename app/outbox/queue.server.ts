import { and, count, eq, inArray, isNull, lte, min, or, sql } from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import { outbox } from "#drizzle/schema.ts";

/** An outbound message as stored. */
export type OutboxRow = typeof outbox.$inferSelect;

/** States in which a row still has something to do. */
const open = ["waiting", "sending", "sent"] as const;

// Lease, not lock: a worker that dies mid-send must not block the message for ever.
const LEASE_MS = 90_000;

/**
 * A supplement waits until the application is with the receiver, where it goes into the same case, and until those before
 * it have gone out: the last answers are the ones that count. One that is stuck does not hold up the next.
 */
const hasItsTurn = sql`(${outbox.supplements} is null or (exists (
  select 1 from ${outbox} as earlier
  where earlier.id = ${outbox.supplements} and earlier.state in ('sent', 'accepted', 'rejected'))
  and not exists (
  select 1 from ${outbox} as previous
  where previous.case_id = ${outbox.caseId} and previous.supplements = ${outbox.supplements}
    and previous.created_at < ${outbox.createdAt} and previous.state in ('waiting', 'sending'))))`;

const free = (now: Date) =>
  and(
    inArray(outbox.state, [...open]),
    hasItsTurn,
    lte(outbox.nextAttemptAt, now),
    or(isNull(outbox.leasedUntil), lte(outbox.leasedUntil, now)),
  );

/** Takes a due row for this worker in one statement; `undefined` if it is not due or another worker has it. */
export async function claim(db: Db, id: string, now: Date): Promise<OutboxRow | undefined> {
  const [row] = await db
    .update(outbox)
    .set({
      leasedUntil: new Date(now.getTime() + LEASE_MS),
      state: sql`case when ${outbox.state} = 'waiting' then 'sending' else ${outbox.state} end`,
    })
    .where(and(eq(outbox.id, id), free(now)))
    .returning();
  return row;
}

/** Ids of rows that are due and free, oldest first. */
export async function dueIds(db: Db, now: Date, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: outbox.id })
    .from(outbox)
    .where(free(now))
    .orderBy(outbox.nextAttemptAt)
    .limit(limit);
  return rows.map((row) => row.id);
}

/** Frees rows that a former process of this machine held when it died; only for the embedded database, which has one process. */
export async function releaseLeases(db: Db): Promise<void> {
  await db
    .update(outbox)
    .set({ leasedUntil: null })
    .where(inArray(outbox.state, [...open]));
}

/** How far the message got that a supplement adds to, if it went to the same receiver. */
export async function progressBefore(
  db: Db,
  { supplements, destination }: Pick<OutboxRow, "supplements" | "destination">,
): Promise<Record<string, unknown> | undefined> {
  if (supplements === null) return undefined;
  const [row] = await db
    .select({ progress: outbox.progress })
    .from(outbox)
    .where(and(eq(outbox.id, supplements), eq(outbox.destination, destination)));
  return row?.progress;
}

/** What a worker writes back about a row it holds; the lease ends with it unless it says otherwise. */
export type Settlement = Partial<
  Pick<OutboxRow, "state" | "progress" | "attempts" | "lastError" | "nextAttemptAt" | "leasedUntil" | "deliveryWrap">
>;

/** The row is no longer this worker's: its lease ran out, and another one may be at work on it. */
export class HoldLost extends Error {
  readonly code = "holdLost";
  constructor() {
    super("Another worker has this message by now");
    this.name = "HoldLost";
  }
}

/** A lease says by its end who holds a row: each one ends later than those before it. */
type Held = Pick<OutboxRow, "id" | "leasedUntil">;

/** Writes to a held row, which is free afterwards. @throws HoldLost */
export async function settle(db: Db, held: Held, settlement: Settlement): Promise<void> {
  await write(db, held, { leasedUntil: null, ...settlement });
}

/** Keeps what a transport has done so far, and prolongs the lease. @returns the row as it is held now @throws HoldLost */
export async function saveProgress(
  db: Db,
  held: Held,
  progress: Record<string, unknown>,
  now: Date,
): Promise<OutboxRow> {
  return write(db, held, { progress, leasedUntil: new Date(now.getTime() + LEASE_MS) });
}

async function write(db: Db, { id, leasedUntil }: Held, values: Settlement): Promise<OutboxRow> {
  const isHeld = leasedUntil === null ? isNull(outbox.leasedUntil) : eq(outbox.leasedUntil, leasedUntil);
  const [row] = await db
    .update(outbox)
    .set(values)
    .where(and(eq(outbox.id, id), isHeld))
    .returning();
  if (!row) throw new HoldLost();
  return row;
}

/** Sends stuck messages again from where they got to; for the operator, after the cause is mended. @returns how many */
export async function resendStuck(db: Db, now: Date): Promise<number> {
  const rows = await db
    .update(outbox)
    .set({ state: "waiting", attempts: 0, leasedUntil: null, nextAttemptAt: now })
    .where(eq(outbox.state, "stuck"))
    .returning({ id: outbox.id });
  return rows.length;
}

/** How the queue stands, by destination and state: for the operator, nothing personal. */
export async function queueFigures(
  db: Db,
): Promise<{ destination: string; state: string; rows: number; oldest: Date | null; lastError: string | null }[]> {
  return db
    .select({
      destination: outbox.destination,
      state: outbox.state,
      rows: count(),
      oldest: min(outbox.createdAt),
      lastError: sql<string | null>`max(${outbox.lastError})`,
    })
    .from(outbox)
    .groupBy(outbox.destination, outbox.state)
    .orderBy(outbox.destination, outbox.state);
}
