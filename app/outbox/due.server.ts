import { and, eq, inArray, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import { MAX_AGE_MS } from "#app/outbox/backoff.ts";
import { isFree } from "#app/outbox/queue.server.ts";
import { appendEvent } from "#app/store/cases.server.ts";
import { destinations, outbox } from "#drizzle/schema.ts";

/** A message that is due, with its receiver. */
export type Due = { id: string; destination: string };

/** How many due messages one look finds: of each receiver, and in all. */
export type DueLimits = { ofEach: number; inAll: number };

const EXPIRED_A_ROUND = 200;

/**
 * Finds messages that are due, in turn between receivers and of each the longest waiting first. It looks up each receiver's
 * own rows by index, so that those of a paused or dead one cost nothing, however many wait; a receiver whose circuit is open
 * is offered one message when it may be tried.
 */
export async function dueMessages(db: Db, now: Date, { ofEach, inAll }: DueLimits): Promise<Due[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const found = await db.execute<Due>(sql`
    select due.id, receiver.id as destination
    from ${destinations} as receiver
    cross join lateral (
      select first.id, first.next_attempt_at, row_number() over (order by first.next_attempt_at) as place
      from (
        select ${outbox.id}, ${outbox.nextAttemptAt} from ${outbox}
        where ${outbox.destination} = receiver.id and ${outbox.state} in ('waiting', 'sending', 'sent') and ${isFree(now)}
        order by ${outbox.nextAttemptAt}
        limit case when receiver.opened_at is null then ${ofEach}::int else 1 end
      ) as first
    ) as due
    where receiver.paused_at is null and (receiver.opened_at is null or receiver.probe_at <= ${at})
    order by due.place, due.next_attempt_at
    limit ${inAll}`);
  return found.rows;
}

/**
 * Finds messages of paused receivers about which it is time to ask. They are found by their state, because the index of due
 * rows would lead through everything that waits there. Cheap while nobody is paused.
 */
export async function dueQuestions(db: Db, now: Date, limit: number): Promise<Due[]> {
  const isPaused = isNotNull(destinations.pausedAt);
  const paused = await db.select({ id: destinations.id }).from(destinations).where(isPaused);
  if (paused.length === 0) return [];
  const own = sql`${outbox.destination} || ''`;
  return db
    .select({ id: outbox.id, destination: outbox.destination })
    .from(outbox)
    .innerJoin(destinations, eq(destinations.id, own))
    .where(
      and(
        eq(outbox.state, "sent"),
        isFree(now),
        isPaused,
        or(isNull(destinations.openedAt), lte(destinations.probeAt, now)),
      ),
    )
    .orderBy(outbox.nextAttemptAt)
    .limit(limit);
}

/**
 * Gives every receiver with open messages its row, which filing does since there are such rows. Hops from receiver to receiver
 * by index, however many messages there are.
 */
export async function adoptReceivers(db: Db): Promise<void> {
  const isOpen = sql`${outbox.state} in ('waiting', 'sending', 'sent')`;
  await db.execute(sql`
    with recursive known as (
      (select ${outbox.destination}, ${outbox.authority} from ${outbox} where ${isOpen}
        order by ${outbox.destination} limit 1)
      union all
      select next.destination, next.authority from known cross join lateral (
        select ${outbox.destination}, ${outbox.authority} from ${outbox}
        where ${isOpen} and ${outbox.destination} > known.destination
        order by ${outbox.destination} limit 1
      ) as next
    )
    insert into ${destinations} (id, authority) select destination, authority from known
    on conflict (id) do nothing`);
}

/**
 * Makes messages stuck that could not be sent for eight days, also those whose receiver was left alone all the time, and
 * tells it. @returns how many; call again as long as there are any
 */
export async function expireOld(db: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - MAX_AGE_MS);
  return db.transaction(async (tx) => {
    const old = await tx
      .select({ id: outbox.id })
      .from(outbox)
      .where(
        and(
          inArray(outbox.state, ["waiting", "sending"]),
          // Nothing is queued before it was made: this is what the index finds.
          lte(outbox.createdAt, before),
          lte(outbox.queuedAt, before),
          or(isNull(outbox.leasedUntil), lte(outbox.leasedUntil, now)),
        ),
      )
      .orderBy(outbox.createdAt)
      .limit(EXPIRED_A_ROUND)
      .for("update", { skipLocked: true });
    if (old.length === 0) return 0;
    const ids = old.map(({ id }) => id);
    const stuck = await tx
      .update(outbox)
      .set({ state: "stuck", lastError: "expired", leasedUntil: null })
      .where(inArray(outbox.id, ids))
      .returning({ messageId: outbox.id, caseId: outbox.caseId, authority: outbox.authority });
    for (const row of stuck) await appendEvent(tx, { ...row, kind: "stuck", at: now, codes: ["expired"] });
    return stuck.length;
  });
}
