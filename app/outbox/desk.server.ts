import {
  and,
  asc,
  count,
  countDistinct,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  isNull,
  lte,
  max,
  min,
  sql,
} from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import type { OutboxRow } from "#app/outbox/queue.server.ts";
import { alerts, attempts, destinations, events, mails, outbox, workers } from "#drizzle/schema.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A message that the receiver was handed and did not fetch for this long is told to somebody (FIT-Connect: three days). */
const UNFETCHED_MS = 3 * DAY;

/** States of messages that are not with the receiver yet. */
export const undelivered = ["waiting", "sending", "paused", "stuck"] as const satisfies readonly OutboxRow["state"][];

/** Messages of one destination in one state. */
export type QueueLine = {
  destination: string;
  authority: string;
  state: OutboxRow["state"];
  rows: number;
  oldest: Date;
  /** How many of them cost somebody a right with every further hour. */
  urgent: number;
  /** Most failed attempts of one of them. */
  attempts: number;
  /** Code of the latest failure among them. */
  lastError: string | null;
};

/** How the queue stands, by destination and state. */
export async function queueLines(tx: Db, now: Date): Promise<QueueLine[]> {
  const lines = await tx
    .select({
      destination: outbox.destination,
      authority: min(outbox.authority),
      state: outbox.state,
      rows: count(),
      oldest: min(outbox.createdAt),
      urgent: sql<number>`count(*) filter (where ${lte(outbox.urgentFrom, now)})`.mapWith(Number),
      attempts: max(outbox.attempts),
      lastError: sql<string | null>`(array_agg(${outbox.lastError} order by ${outbox.nextAttemptAt} desc)
        filter (where ${isNotNull(outbox.lastError)}))[1]`,
    })
    .from(outbox)
    .groupBy(outbox.destination, outbox.state)
    .orderBy(asc(outbox.destination), asc(outbox.state));
  return lines.map(({ authority, oldest, attempts: most, ...line }) => ({
    ...line,
    authority: authority ?? "",
    oldest: oldest ?? now,
    attempts: most ?? 0,
  }));
}

/** Codes of failures that hold up messages now, with how many, the most frequent first. */
export async function codeLines(tx: Db): Promise<{ code: string; rows: number }[]> {
  const lines = await tx
    .select({ code: outbox.lastError, rows: count() })
    .from(outbox)
    .where(and(isNotNull(outbox.lastError), inArray(outbox.state, [...undelivered, "sent"])))
    .groupBy(outbox.lastError)
    .orderBy(desc(count()), asc(outbox.lastError));
  return lines.flatMap(({ code, rows }) => (code === null ? [] : [{ code, rows }]));
}

/** What is known of a receiver: whether its circuit is open and whether somebody paused it. */
export type Circuit = typeof destinations.$inferSelect;

/** All receivers that failed or were paused at some time. */
export async function circuits(tx: Db): Promise<Circuit[]> {
  return tx.select().from(destinations).orderBy(asc(destinations.id));
}

/** A finding of the watchdog. */
export type OpenAlert = typeof alerts.$inferSelect;

/** Findings that nobody has put right, the oldest first. */
export async function openAlerts(tx: Db): Promise<OpenAlert[]> {
  return tx.select().from(alerts).where(isNull(alerts.clearedAt)).orderBy(asc(alerts.raisedAt), asc(alerts.id));
}

/** Processes that deliver, the one seen last first. */
export async function workersSeen(tx: Db): Promise<(typeof workers.$inferSelect)[]> {
  return tx.select().from(workers).orderBy(desc(workers.seenAt)).limit(20);
}

/** Mails with the same purpose and outcome. */
export type MailLine = {
  purpose: string;
  audience: string;
  state: string;
  rows: number;
  oldest: Date;
  lastError: string | null;
};

/** Mails that have not gone out, by purpose and state; unwanted ones are nobody's task. */
export async function mailLines(tx: Db): Promise<MailLine[]> {
  const lines = await tx
    .select({
      purpose: mails.purpose,
      audience: mails.audience,
      state: mails.state,
      rows: count(),
      oldest: min(mails.createdAt),
      lastError: max(mails.lastError),
    })
    .from(mails)
    .where(inArray(mails.state, ["waiting", "failed"]))
    .groupBy(mails.purpose, mails.audience, mails.state)
    .orderBy(asc(mails.state), asc(mails.purpose));
  return lines.flatMap(({ oldest, ...line }) => (oldest === null ? [] : [{ ...line, oldest }]));
}

/** Deliveries of the last 24 hours, by hour, the oldest hour first. */
export async function deliveriesByHour(tx: Db, now: Date): Promise<number[]> {
  const age = sql<number>`floor(extract(epoch from (${now.toISOString()}::timestamptz - ${attempts.at})) / 3600)`;
  const lines = await tx
    .select({ age: age.mapWith(Number), messages: countDistinct(attempts.messageId) })
    .from(attempts)
    .where(
      and(
        gt(attempts.at, new Date(now.getTime() - DAY)),
        lte(attempts.at, now),
        eq(attempts.stage, "sent"),
        isNull(attempts.code),
      ),
    )
    .groupBy(sql`1`);
  const byAge = new Map(lines.map(({ age: hours, messages }) => [hours, messages]));
  return Array.from({ length: 24 }, (_, index) => byAge.get(23 - index) ?? 0);
}

/** How many messages lie with the receiver's service for three days and more without having been fetched. */
export async function unfetched(tx: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - UNFETCHED_MS);
  const ofMessage = sql`${events.messageId} = ${outbox.id}`;
  const [line] = await tx
    .select({ rows: count() })
    .from(outbox)
    .where(
      and(
        eq(outbox.state, "sent"),
        lte(outbox.queuedAt, before),
        // What waited here for days and was handed over today lies there since today.
        sql`not exists (select 1 from ${events} where ${ofMessage} and (${events.kind} = 'pickedUp'
          or (${events.kind} = 'sent' and ${events.at} > ${before.toISOString()}::timestamptz)))`,
      ),
    );
  return line?.rows ?? 0;
}
