import { and, asc, count, eq, gte, isNotNull, isNull, max, min, sql } from "drizzle-orm";
import { today } from "#app/clock.server.ts";
import type { App } from "#app/context.server.ts";
import type { Db } from "#app/db.server.ts";
import type { DigestNews } from "#app/mail/news.ts";
import { queueMail } from "#app/mail/queue.server.ts";
import { alerts, mails, outbox } from "#drizzle/schema.ts";

const DAY_MS = 86_400_000;

/** Hour in Berlin from which the report of a day goes out; if no process ran then, as soon as one does. */
const HOUR = 7;

/** Destinations in a report, those with the oldest messages first. */
const MOST_LINES = 100;

/** What a report reads; each part may fail by itself. Without `authority` it is about all of them. */
export type DigestSources = {
  queue: (tx: Db, authority?: string) => Promise<NonNullable<DigestNews["queue"]>>;
  alerts: (tx: Db, authority?: string) => Promise<NonNullable<DigestNews["alerts"]>>;
  mails: (tx: Db, now: Date) => Promise<NonNullable<DigestNews["mails"]>>;
  /** Authorities with open alerts. */
  concerned: (tx: Db) => Promise<string[]>;
};

/** The real sources. */
export const digestSources: DigestSources = {
  queue: queueOf,
  alerts: alertsOf,
  mails: mailsOf,
  concerned: concernedOf,
};

const berlinHours = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", hourCycle: "h23", timeZone: "Europe/Berlin" });

/** The day in Berlin whose report is due at a moment; undefined before seven o'clock. */
export function digestDay(at: Date): string | undefined {
  return Number(berlinHours.format(at)) >= HOUR ? today({ clock: undefined }, at) : undefined;
}

/**
 * Queues the daily report to the operator, also when all is well, and to each authority with open alerts of its own. Once a
 * day, whoever calls it and however often. Nothing that fails makes it silent: a part that cannot be read says so in it.
 */
export async function queueDigest(
  { database: { db }, log, now }: Pick<App, "database" | "log" | "now">,
  sources: DigestSources = digestSources,
): Promise<void> {
  const at = now();
  const date = digestDay(at);
  if (date === undefined || (await isQueued(db, keyOf(date)))) return;
  const part = <T>(read: (tx: Db) => Promise<T>): Promise<T | null> =>
    // In a transaction of its own: a failed statement would spoil those after it.
    db.transaction(read).catch((error: unknown) => {
      log.error({ code: error instanceof Error ? error.name : "unknown" }, "digest");
      return null;
    });
  for (const authority of (await part(sources.concerned)) ?? []) {
    const data: DigestNews = {
      date,
      queue: await part((tx) => sources.queue(tx, authority)),
      alerts: await part((tx) => sources.alerts(tx, authority)),
    };
    await part((tx) =>
      queueMail(tx, { purpose: "digest", audience: "authority", authority, data, onceKey: keyOf(date, authority), at }),
    );
  }
  const data: DigestNews = {
    date,
    queue: await part((tx) => sources.queue(tx)),
    alerts: await part((tx) => sources.alerts(tx)),
    mails: await part((tx) => sources.mails(tx, at)),
  };
  // Last, because it says that the day is done.
  const mail = { purpose: "digest", audience: "operator", authority: null, data, onceKey: keyOf(date), at } as const;
  await db.transaction((tx) => queueMail(tx, mail));
}

const keyOf = (date: string, authority = "") => `digest:${date}:${authority}`;

async function isQueued(db: Db, onceKey: string): Promise<boolean> {
  return (await db.$count(mails, eq(mails.onceKey, onceKey))) > 0;
}

async function queueOf(tx: Db, authority?: string): Promise<NonNullable<DigestNews["queue"]>> {
  const rows = await tx
    .select({
      destination: outbox.destination,
      authority: outbox.authority,
      state: outbox.state,
      count: count(),
      oldest: min(outbox.createdAt),
    })
    .from(outbox)
    .where(authority === undefined ? undefined : eq(outbox.authority, authority))
    .groupBy(outbox.destination, outbox.authority, outbox.state)
    .orderBy(asc(outbox.state));
  const total: Record<string, number> = {};
  type Line = NonNullable<DigestNews["queue"]>["lines"][number];
  const lines = new Map<string, Line>();
  for (const row of rows) {
    total[row.state] = (total[row.state] ?? 0) + row.count;
    if (row.state === "accepted" || row.state === "rejected" || row.oldest === null) continue;
    const oldest = row.oldest.toISOString();
    const line = lines.get(row.destination) ?? { ...row, states: {}, oldest };
    const states = { ...line.states, [row.state]: row.count };
    const { destination } = row;
    lines.set(destination, {
      destination,
      authority: row.authority,
      states,
      oldest: oldest < line.oldest ? oldest : line.oldest,
    });
  }
  const sorted = [...lines.values()].toSorted((a, b) => a.oldest.localeCompare(b.oldest));
  return { lines: sorted.slice(0, MOST_LINES), more: Math.max(0, sorted.length - MOST_LINES), total };
}

async function alertsOf(tx: Db, authority?: string): Promise<NonNullable<DigestNews["alerts"]>> {
  const rows = await tx
    .select({
      kind: alerts.kind,
      authority: alerts.authority,
      count: count(),
      first: min(alerts.raisedAt),
      last: max(alerts.raisedAt),
    })
    .from(alerts)
    .where(and(isNull(alerts.clearedAt), authority === undefined ? undefined : eq(alerts.authority, authority)))
    .groupBy(alerts.kind, alerts.authority)
    .orderBy(asc(min(alerts.raisedAt)), asc(alerts.kind));
  return rows.flatMap(({ first, last, ...row }) =>
    first && last ? [{ ...row, first: first.toISOString(), last: last.toISOString() }] : [],
  );
}

async function mailsOf(tx: Db, now: Date): Promise<NonNullable<DigestNews["mails"]>> {
  const since = new Date(now.getTime() - DAY_MS);
  const failed = await tx
    .select({ code: sql<string>`coalesce(${mails.lastError}, 'unknown')`, count: count() })
    .from(mails)
    .where(and(eq(mails.state, "failed"), gte(mails.nextAttemptAt, since)))
    .groupBy(sql`1`)
    .orderBy(sql`1`);
  return { waiting: await tx.$count(mails, eq(mails.state, "waiting")), failed };
}

async function concernedOf(tx: Db): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ authority: alerts.authority })
    .from(alerts)
    .where(and(isNull(alerts.clearedAt), isNotNull(alerts.authority)));
  return rows.flatMap(({ authority }) => authority ?? []);
}
