import { and, eq, gt, inArray, isNotNull, lt, lte, max, min, notExists, or, sql, type SQL } from "drizzle-orm";
import type { App } from "#app/context.server.ts";
import type { Db } from "#app/db.server.ts";
import { failingMails } from "#app/mail/state.server.ts";
import { reconcile } from "#app/outbox/alerts.server.ts";
import * as dog from "#app/outbox/watchdog.ts";
import { refusals } from "#drizzle/incoming.ts";
import { cases, destinations, drafts, events, mails, outbox, workers } from "#drizzle/schema.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** As long as a refused message of an authority is told; whoever has seen to it needs no more of it. */
const REFUSED_DAYS = 3;

/** States of messages that the receiver's service does not have. */
const undelivered = ["waiting", "sending", "paused", "stuck"] as const;

/** One thing that the watchdog looks at: which kinds of findings come of it, and how it finds them. */
type Stage = { kinds: readonly string[]; find: (tx: Db, now: Date) => Promise<dog.Finding[]> };

const watched = {
  id: outbox.id,
  authority: outbox.authority,
  state: outbox.state,
  lastError: outbox.lastError,
  createdAt: outbox.createdAt,
  queuedAt: outbox.queuedAt,
  urgentFrom: outbox.urgentFrom,
};

const stages: readonly Stage[] = [
  { kinds: ["stuck"], find: async (tx) => (await unsent(tx, eq(outbox.state, "stuck"))).flatMap(dog.stuck) },
  {
    kinds: ["urgentUndelivered"],
    find: async (tx, now) => {
      const before = new Date(now.getTime() - HOUR_MS);
      const urgent = and(inArray(outbox.state, [...undelivered]), lte(outbox.urgentFrom, before));
      return (await unsent(tx, urgent)).flatMap((row) => dog.urgentUndelivered(row, now));
    },
  },
  {
    kinds: ["notPickedUp"],
    find: async (tx, now) => (await unfetched(tx, now)).flatMap((row) => dog.notPickedUp(row, now)),
  },
  {
    kinds: [...dog.alarming],
    find: async (tx) => {
      const open = inArray(outbox.state, [...undelivered, "sent"]);
      return (await unsent(tx, and(open, inArray(outbox.lastError, [...dog.alarming])))).flatMap(dog.alarm);
    },
  },
  {
    kinds: ["circuitOpen", "pausedWaiting"],
    find: async (tx, now) => [
      ...(await receivers(tx)).flatMap((row) => dog.receiverFindings(row, now)),
      ...(await unsent(tx, eq(outbox.state, "paused"))).flatMap((row) => dog.pausedMessage(row, now)),
    ],
  },
  {
    kinds: ["incomingRefused"],
    find: async (tx, now) => (await refusedOf(tx, now)).map(dog.refusedIncoming),
  },
  {
    kinds: ["workerSilent", "mailsFailing", "retentionLate"],
    find: async (tx, now) => dog.ownFindings(await ownState(tx, now), now),
  },
];

/**
 * Looks for everything that somebody has to be told, raises and clears alerts and queues the mails. A stage that fails leaves
 * its alerts as they are and does not keep the others from their work.
 */
export async function watch({ database: { db }, log, now }: Pick<App, "database" | "log" | "now">): Promise<void> {
  const at = now();
  for (const { kinds, find } of stages) {
    try {
      await db.transaction(async (tx) => reconcile(tx, await find(tx, at), ({ kind }) => kinds.includes(kind), at));
    } catch (error) {
      log.error({ code: error instanceof Error ? error.name : "unknown", stage: kinds[0] }, "watchdog");
    }
  }
}

async function unsent(tx: Db, which: SQL | undefined): Promise<dog.WatchedMessage[]> {
  const rows = await tx.select(watched).from(outbox).where(which);
  return rows.map((row) => ({ ...row, sentAt: null }));
}

/** Messages with the receiver's service for a day, of which nothing was heard since. */
async function unfetched(tx: Db, now: Date): Promise<dog.WatchedMessage[]> {
  const before = new Date(now.getTime() - DAY_MS);
  const heard = tx
    .select({ id: events.id })
    .from(events)
    .where(and(eq(events.messageId, outbox.id), eq(events.kind, "pickedUp")));
  const sent = and(eq(events.messageId, outbox.id), eq(events.kind, "sent"));
  return tx
    .select({ ...watched, sentAt: events.at })
    .from(outbox)
    .innerJoin(events, sent)
    .where(and(eq(outbox.state, "sent"), lte(outbox.createdAt, before), lte(events.at, before), notExists(heard)));
}

async function receivers(tx: Db): Promise<dog.WatchedReceiver[]> {
  const rows = await tx
    .select()
    .from(destinations)
    .where(or(isNotNull(destinations.openedAt), isNotNull(destinations.pausedAt)));
  const paused = rows.filter(({ pausedAt }) => pausedAt !== null).map(({ id }) => id);
  const waiting = await tx
    .select({ id: outbox.destination, since: min(outbox.queuedAt) })
    .from(outbox)
    .where(and(inArray(outbox.destination, paused), inArray(outbox.state, ["waiting", "sending", "paused"])))
    .groupBy(outbox.destination);
  const since = new Map(waiting.map((row) => [row.id, row.since]));
  const open = rows.filter(({ openedAt }) => openedAt !== null).map(({ id }) => id);
  const needed = await tx
    .selectDistinct({ id: outbox.destination })
    .from(outbox)
    .where(and(inArray(outbox.destination, open), inArray(outbox.state, ["waiting", "sending", "sent"])));
  const isNeeded = new Set(needed.map(({ id }) => id));
  return rows.map((row) => ({ ...row, waitingSince: since.get(row.id) ?? null, isNeeded: isNeeded.has(row.id) }));
}

/** Refused messages of the last days by authority. */
async function refusedOf(tx: Db, now: Date): Promise<dog.WatchedRefusals[]> {
  const { authority, code, at } = refusals;
  const rows = await tx
    .select({ authority, codes: sql<string[]>`array_agg(distinct ${code} order by ${code})`, since: min(at) })
    .from(refusals)
    .where(gt(at, new Date(now.getTime() - REFUSED_DAYS * DAY_MS)))
    .groupBy(authority);
  return rows.map((row) => ({ ...row, since: row.since ?? now }));
}

async function ownState(tx: Db, now: Date): Promise<dog.OwnState> {
  const [worker] = await tx.select({ seenAt: max(workers.seenAt) }).from(workers);
  const [due] = await tx
    .select({ since: min(outbox.nextAttemptAt) })
    .from(outbox)
    .where(and(inArray(outbox.state, ["waiting", "sending"]), lte(outbox.nextAttemptAt, now)));
  const failing = await tx.selectDistinct({ code: mails.lastError }).from(mails).where(failingMails(now)).limit(10);
  return {
    workerSeenAt: worker?.seenAt ?? undefined,
    dueSince: due?.since ?? undefined,
    mailErrors: failing.map(({ code }) => code ?? "unknown").toSorted(),
    late: await lateTables(tx, now),
  };
}

/** Tables with rows that should have been deleted more than a day ago; one row of each is enough to know. */
async function lateTables(tx: Db, now: Date): Promise<string[]> {
  const before = new Date(now.getTime() - DAY_MS);
  const [draft] = await tx.select({ id: drafts.id }).from(drafts).where(lt(drafts.expiresAt, before)).limit(1);
  const unsettled = tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.caseId, cases.id), sql`${outbox.state} not in ('accepted', 'rejected')`));
  const supplement = tx
    .select({ id: drafts.id })
    .from(drafts)
    .where(and(eq(drafts.id, cases.accessId), gt(drafts.expiresAt, before)));
  const [found] = await tx
    .select({ id: cases.id })
    .from(cases)
    .where(and(lt(cases.expiresAt, before), notExists(unsettled), notExists(supplement)))
    .limit(1);
  return [...(draft ? ["drafts"] : []), ...(found ? ["cases"] : [])];
}
