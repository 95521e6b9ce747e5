import { and, eq, gt, inArray, isNotNull, isNull, lte, ne, or, sql, type SQL } from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import type { OutboxRow } from "#app/outbox/queue.server.ts";
import { destinations, outbox } from "#drizzle/schema.ts";

type State = OutboxRow["state"];

/**
 * What came of an act: `done`; `busy`, a worker has the message in hand just now; `unfit`, the message is in a state in which
 * this makes no sense, for example because it was accepted meanwhile; `unknown`, the caller sees no such message.
 */
export type ActOutcome = "done" | "busy" | "unfit" | "unknown";

const isFree = (now: Date) => or(isNull(outbox.leasedUntil), lte(outbox.leasedUntil, now));

/**
 * A sent message is asked about. Any other goes on from where it got to: if the receiver has it, the transport knows and hands
 * nothing over, but that it is sent is noted then, which a process that died had no time for.
 */
const stateToGoOnIn = sql<State>`case when ${outbox.state} = 'sent' then 'sent' else 'waiting' end`;

/** Queued anew: from where it got to, with all attempts before it, and limits count from now. */
const queuedAnew = (now: Date) => ({
  state: stateToGoOnIn,
  attempts: 0,
  lastError: null,
  queuedAt: now,
  nextAttemptAt: now,
  leasedUntil: null,
});

async function queueAnew(tx: Db, which: SQL | undefined, now: Date): Promise<number> {
  const rows = await tx.update(outbox).set(queuedAnew(now)).where(which).returning({ id: outbox.id });
  return rows.length;
}

/** Does something to a message that is in one of these states and in nobody's hands. */
async function actOn(
  tx: Db,
  id: string,
  now: Date,
  states: readonly State[],
  act: (which: SQL | undefined) => Promise<number>,
): Promise<ActOutcome> {
  const changed = await act(and(eq(outbox.id, id), inArray(outbox.state, [...states]), isFree(now)));
  if (changed > 0) return "done";
  const [row] = await tx.select({ state: outbox.state }).from(outbox).where(eq(outbox.id, id));
  if (!row) return "unknown";
  return states.includes(row.state) ? "busy" : "unfit";
}

/**
 * Sends a message again at once from where it got to, whatever limits it reached. One that the receiver has is asked about at once. What was
 * accepted or rejected is never sent again.
 */
export function resendMessage(tx: Db, id: string, now: Date): Promise<ActOutcome> {
  return actOn(tx, id, now, ["waiting", "sending", "sent", "stuck"], (which) => queueAnew(tx, which, now));
}

/**
 * Hands a message over from the beginning although something of it may lie at the receiver: a deliberate act, for one of
 * which the receiver tells that its content is another. Whoever receives both sees by the message id that they are one.
 */
export async function sendAnew(tx: Db, id: string, now: Date): Promise<ActOutcome> {
  const outcome = await actOn(tx, id, now, ["stuck"], async (which) => {
    const isForeign = and(eq(outbox.lastError, "tagMismatch"), or(isNull(outbox.stage), ne(outbox.stage, "sent")));
    const begun = tx.update(outbox).set({ progress: {}, ...queuedAnew(now), stage: null, state: "waiting" });
    return (await begun.where(and(which, isForeign)).returning({ id: outbox.id })).length;
  });
  if (outcome !== "busy") return outcome;
  const [row] = await tx.select({ code: outbox.lastError }).from(outbox).where(eq(outbox.id, id));
  return row?.code === "tagMismatch" ? "busy" : "unfit";
}

/** Keeps a message back until somebody resumes it. */
export function pauseMessage(tx: Db, id: string, now: Date): Promise<ActOutcome> {
  return actOn(tx, id, now, ["waiting", "sending", "stuck"], async (which) => {
    const held = tx.update(outbox).set({ state: "paused", leasedUntil: null }).where(which);
    return (await held.returning({ id: outbox.id })).length;
  });
}

/** Lets a paused message go on from where it got to. */
export function resumeMessage(tx: Db, id: string, now: Date): Promise<ActOutcome> {
  return actOn(tx, id, now, ["paused"], (which) => queueAnew(tx, which, now));
}

/** Sends all stuck messages of a destination again, after the cause is mended. @returns how many */
export function resendStuck(tx: Db, destination: string, now: Date): Promise<number> {
  return queueAnew(tx, and(eq(outbox.destination, destination), eq(outbox.state, "stuck")), now);
}

/** Stops deliveries to a receiver; what is on its way is finished. Pausing twice keeps the first moment. */
export async function pauseDestination(
  tx: Db,
  { id, authority }: { id: string; authority: string },
  now: Date,
): Promise<void> {
  await tx
    .insert(destinations)
    .values({ id, authority, pausedAt: now })
    .onConflictDoUpdate({
      target: destinations.id,
      set: { pausedAt: sql`coalesce(${destinations.pausedAt}, excluded.paused_at)` },
    });
}

/** Lets deliveries to a receiver go on at once and closes its circuit. @returns false if it was neither paused nor open */
export async function resumeDestination(tx: Db, id: string, now: Date): Promise<boolean> {
  const closed = await tx
    .update(destinations)
    .set({ pausedAt: null, openedAt: null, probeAt: null, failures: 0, lastError: null })
    .where(and(eq(destinations.id, id), or(isNotNull(destinations.pausedAt), isNotNull(destinations.openedAt))))
    .returning({ id: destinations.id });
  if (closed.length === 0) return false;
  await tx
    .update(outbox)
    .set({ nextAttemptAt: now })
    .where(
      and(
        eq(outbox.destination, id),
        inArray(outbox.state, ["waiting", "sending"]),
        // The others are due already: of a million that wait, hardly any is written.
        gt(outbox.nextAttemptAt, now),
        isFree(now),
      ),
    );
  return true;
}
