import { and, eq, getTableColumns, gt, inArray, isNotNull, isNull, lte, or, sql, type SQL } from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import { takeProbe } from "#app/outbox/circuit.server.ts";
import { destinations, outbox } from "#drizzle/schema.ts";

/** An outbound message as stored. */
export type OutboxRow = typeof outbox.$inferSelect;

const { sealed: _sealed, deliveryWrap: _wrap, ...light } = getTableColumns(outbox);

/** A message without its contents, which are read only when they are sent. */
export type Message = Omit<OutboxRow, "sealed" | "deliveryWrap">;

/** States in which a row still has something to do. */
const open = ["waiting", "sending", "sent"] as const;

// Lease, not lock: a worker that dies mid-send must not block the message for ever.
const LEASE_MS = 45_000;

/**
 * A supplement waits until the application is with the receiver, where it goes into the same case, and until those before
 * it have gone out: the last answers are the ones that count. One that is stuck does not hold up the next. The state of the
 * application is looked up by its id on purpose: as a set, the database would read all messages that were ever sent.
 */
const hasItsTurn = sql`(${outbox.supplements} is null or (
  (select earlier.state from ${outbox} as earlier where earlier.id = ${outbox.supplements})
    in ('sent', 'accepted', 'rejected')
  and not exists (
  select 1 from ${outbox} as previous
  where previous.case_id = ${outbox.caseId} and previous.supplements = ${outbox.supplements}
    and previous.created_at < ${outbox.createdAt} and previous.state in ('waiting', 'sending'))))`;

/** Rows that are due and in nobody's hands; whether their receiver is left alone is not asked here. */
export const isFree = (now: Date): SQL | undefined =>
  and(
    inArray(outbox.state, [...open]),
    hasItsTurn,
    lte(outbox.nextAttemptAt, now),
    or(isNull(outbox.leasedUntil), lte(outbox.leasedUntil, now)),
  );

/** A paused receiver gets nothing new, but is asked about what it has; one with an open circuit is left alone. */
const isParked = sql`exists (select 1 from ${destinations} where ${destinations.id} = ${outbox.destination}
  and (${destinations.openedAt} is not null or (${destinations.pausedAt} is not null and ${outbox.state} <> 'sent')))`;

/**
 * What came of taking a row: `held`, it is this worker's; `parked`, its receiver is left alone for now; `notDue`, it has
 * nothing to do, or another worker has it. `isProbe`: the receiver's circuit is open and this is the one attempt it allows.
 */
export type Claim = { outcome: "held"; row: Message; isProbe: boolean } | { outcome: "parked" | "notDue" };

/** Takes a due row for this worker; of any number of workers exactly one gets it. */
export async function claim(db: Db, id: string, now: Date): Promise<Claim> {
  const row = await take(db, id, now, sql`not ${isParked}`);
  return row ? { outcome: "held", row, isProbe: false } : claimParked(db, id, now);
}

async function take(db: Db, id: string, now: Date, condition?: SQL): Promise<Message | undefined> {
  const [row] = await db
    .update(outbox)
    .set({
      leasedUntil: new Date(now.getTime() + LEASE_MS),
      state: sql`case when ${outbox.state} = 'waiting' then 'sending' else ${outbox.state} end`,
    })
    .where(and(eq(outbox.id, id), isFree(now), condition))
    .returning(light);
  return row;
}

async function claimParked(db: Db, id: string, now: Date): Promise<Claim> {
  const [parked] = await db
    .select({ state: outbox.state, destination: outbox.destination, pausedAt: destinations.pausedAt })
    .from(outbox)
    .innerJoin(destinations, eq(destinations.id, outbox.destination))
    .where(and(eq(outbox.id, id), isFree(now), or(isNotNull(destinations.openedAt), isNotNull(destinations.pausedAt))));
  if (!parked) return { outcome: "notDue" };
  const isPaused = parked.pausedAt !== null && parked.state !== "sent";
  if (isPaused || !(await takeProbe(db, parked.destination, now))) return { outcome: "parked" };
  const row = await take(db, id, now);
  return row ? { outcome: "held", row, isProbe: true } : { outcome: "notDue" };
}

/** Frees rows that a former process of this machine held when it died; only for the embedded database, which has one process. */
export async function releaseLeases(db: Db): Promise<void> {
  await db
    .update(outbox)
    .set({ leasedUntil: null })
    .where(and(inArray(outbox.state, [...open]), isNotNull(outbox.leasedUntil)));
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

/** What is sealed in a message, and the key for it as long as it was not destroyed. */
export async function contentsOf(db: Db, id: string): Promise<Pick<OutboxRow, "sealed" | "deliveryWrap"> | undefined> {
  const [row] = await db
    .select({ sealed: outbox.sealed, deliveryWrap: outbox.deliveryWrap })
    .from(outbox)
    .where(eq(outbox.id, id));
  return row;
}

/** What a worker writes back about a row it holds; the lease ends with it unless it says otherwise. */
export type Settlement = Partial<
  Pick<OutboxRow, "state" | "progress" | "attempts" | "lastError" | "leasedUntil" | "deliveryWrap">
> & { nextAttemptAt?: Date | SQL<Date> };

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

/** When it is time to ask again: at the given moment, or earlier if somebody hurried it while it was asked about. */
export function unlessHurried({ nextAttemptAt }: Message, next: Date): SQL<Date> {
  // The database may know the moment more precisely than a millisecond.
  const isHurried = gt(outbox.nextAttemptAt, new Date(nextAttemptAt.getTime() + 1));
  return sql`case when ${isHurried} then ${outbox.nextAttemptAt} else ${sql.param(next, outbox.nextAttemptAt)} end`;
}

/** Keeps what a transport has done so far, and prolongs the lease. @returns the row as it is held now @throws HoldLost */
export async function saveProgress<Row extends Held>(
  db: Db,
  held: Row,
  progress: Record<string, unknown>,
  now: Date,
): Promise<Row & { progress: Record<string, unknown>; stage: string | null }> {
  const leasedUntil = new Date(now.getTime() + LEASE_MS);
  await write(db, held, { progress, leasedUntil });
  return { ...held, progress, stage: stageOf(progress), leasedUntil };
}

/** Prolongs the lease of a row that is still being worked on. @returns the row as it is held now @throws HoldLost */
export async function prolong<Row extends Held>(db: Db, held: Row, now: Date): Promise<Row> {
  const leasedUntil = new Date(now.getTime() + LEASE_MS);
  await write(db, held, { leasedUntil });
  return { ...held, leasedUntil };
}

/** How far a transport got, in its own word. */
function stageOf({ stage }: Record<string, unknown>): string | null {
  return typeof stage === "string" ? stage : null;
}

async function write(db: Db, { id, leasedUntil }: Held, values: Settlement): Promise<void> {
  const isHeld = leasedUntil === null ? isNull(outbox.leasedUntil) : eq(outbox.leasedUntil, leasedUntil);
  const rows = await db
    .update(outbox)
    .set({ ...values, ...(values.progress ? { stage: stageOf(values.progress) } : {}) })
    .where(and(eq(outbox.id, id), isHeld))
    .returning({ id: outbox.id });
  if (rows.length === 0) throw new HoldLost();
}

/** Crypto-shredding: whatever of a case the receiver has got, nobody but the applicant can open here any more. */
export async function destroyKeys(tx: Db, caseId: string): Promise<void> {
  await tx
    .update(outbox)
    .set({ deliveryWrap: null })
    .where(and(eq(outbox.caseId, caseId), inArray(outbox.state, ["sent", "accepted", "rejected"])));
}
