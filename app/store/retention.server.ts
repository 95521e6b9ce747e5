import { and, eq, gte, inArray, isNull, lt, notExists, or, sql, type SQL, type SQLWrapper } from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import type { BlobStore } from "#app/store/blobs.server.ts";
import { sweepDrafts } from "#app/store/drafts.server.ts";
import { removeBlob, removeBlobsOf } from "#app/store/files.server.ts";
import { sweepHelped } from "#app/store/helped.server.ts";
import { sweepFamilies } from "#app/store/importedFamilies.server.ts";
import { sweepInvitations } from "#app/store/invitations.server.ts";
import { sweepMarks } from "#app/store/marks.server.ts";
import { sweepTickets } from "#app/store/tickets.server.ts";
import { letters, refusals } from "#drizzle/incoming.ts";
import {
  alerts,
  attempts,
  audit,
  blobs,
  cases,
  documents,
  drafts,
  events,
  mails,
  outbox,
  workers,
} from "#drizzle/schema.ts";

const DAY_MS = 86_400_000;

/** Mails to operator and authorities stay as a record of who was told when; those to applicants go with the case. */
const OFFICE_MAIL_MS = 365 * DAY_MS;

const CASES_A_ROUND = 100;
const BLOBS_A_ROUND = 200;
const ROWS_A_ROUND = 5_000;
// 5,000 cases, 10,000 files and 250,000 records; a larger backlog goes on with the next run, so that one run always ends.
const MOST_ROUNDS = 50;

/** Periods of architecture 9 as the operator configured them. */
export type Periods = { applicantCopyDays: number; eventMonths: number; auditMonths: number; indexDays: number };

const MONTH_DAYS = 30.5;
const CLEARED_ALERT_DAYS = 90;
const DEAD_WORKER_DAYS = 1;

/**
 * Deletes what is past its date: drafts, files, applicants' copies with their messages, and old records. A part that fails,
 * perhaps with every run, keeps none of the others from its work. @throws the first failure, when all parts had their turn
 */
export async function sweep(db: Db, store: BlobStore, now: Date, periods: Periods): Promise<void> {
  const officeMailsBefore = new Date(now.getTime() - OFFICE_MAIL_MS);
  await all([
    () => sweepDrafts(db, now),
    () => sweepInvitations(db, now),
    () => sweepTickets(db, now),
    () => inRounds(CASES_A_ROUND, () => sweepCases(db, store, now, periods)),
    () => inRounds(BLOBS_A_ROUND, () => sweepBlobs(db, store, now)),
    () => sweepMarks(db, now, periods.indexDays),
    () => db.delete(documents).where(lt(documents.expiresAt, now)),
    () => db.delete(mails).where(and(isNull(mails.caseId), lt(mails.createdAt, officeMailsBefore))),
    ...recordSweeps(db, now, periods),
  ]);
}

/** Records that name nobody and yet are kept no longer than they are of use. */
function recordSweeps(db: Db, now: Date, { eventMonths, auditMonths }: Periods): (() => PromiseLike<unknown>)[] {
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const before = daysAgo(eventMonths * MONTH_DAYS);
  // Events are found by their number, which grows with time: there is no index of their moments.
  const first = db.select({ id: events.id, at: events.at }).from(events).orderBy(events.id).limit(ROWS_A_ROUND);
  const oldest = first.as("oldest");
  const oldEvents = db.select({ id: oldest.id }).from(oldest).where(lt(oldest.at, before));
  const oldAttempts = db.select({ id: attempts.id }).from(attempts).where(lt(attempts.at, before)).limit(ROWS_A_ROUND);
  const byEvent = db.delete(events).where(inArray(events.id, oldEvents)).returning({ id: events.id });
  const byAttempt = db.delete(attempts).where(inArray(attempts.id, oldAttempts)).returning({ id: attempts.id });
  return [
    () => inRounds(1, async () => (await byEvent).length),
    () => inRounds(1, async () => (await byAttempt).length),
    () => db.delete(refusals).where(lt(refusals.at, before)),
    () => db.delete(alerts).where(lt(alerts.clearedAt, daysAgo(CLEARED_ALERT_DAYS))),
    () => db.delete(workers).where(lt(workers.seenAt, daysAgo(DEAD_WORKER_DAYS))),
    () => sweepHelped(db, daysAgo(auditMonths * MONTH_DAYS)),
    () => sweepFamilies(db, daysAgo(auditMonths * MONTH_DAYS)),
    () => db.delete(audit).where(lt(audit.at, daysAgo(auditMonths * MONTH_DAYS))),
  ];
}

/** Does all tasks one after the other, also after one that failed. @throws the first failure at the end */
async function all(tasks: readonly (() => PromiseLike<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const task of tasks) {
    try {
      await task();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** Repeats a round, which says how much it found, until one finds less than it can take. */
async function inRounds(full: number, round: () => Promise<number>): Promise<void> {
  for (let turn = 0; turn < MOST_ROUNDS; turn += 1) if ((await round()) < full) return;
}

// Every other state, also one that is added later, keeps what belongs to the message.
const unsettled = outbox.state.enumValues.filter((state) => state !== "accepted" && state !== "rejected");

/** Messages of a case that the authority has neither taken over nor refused. */
const unsettledOf = (db: Db, caseId: SQLWrapper) =>
  db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(sql`${outbox.caseId} = ${caseId}`, inArray(outbox.state, unsettled)));

/** A supplement that somebody is working on needs the case that it adds to. */
const supplementOf = (db: Db) => db.select({ id: drafts.id }).from(drafts).where(eq(drafts.id, cases.accessId));

/**
 * Deletes cases whose last event is older than the period, or that reached their last day. A case with a message that the
 * authority has not taken over or refused stays, whatever its age: nothing is deleted before acceptance. All messages count,
 * the application as well as its supplements.
 */
async function sweepCases(db: Db, store: BlobStore, now: Date, { applicantCopyDays }: Periods): Promise<number> {
  const quietSince = new Date(now.getTime() - applicantCopyDays * DAY_MS);
  const news = db
    .select({ id: events.id })
    .from(events)
    .where(and(eq(events.caseId, cases.id), gte(events.at, quietSince)));
  const isOver = or(lt(cases.expiresAt, now), and(lt(cases.filedAt, quietSince), notExists(news)));
  const due = await db
    .select({ id: cases.id })
    .from(cases)
    .where(and(isOver, notExists(unsettledOf(db, cases.id)), notExists(supplementOf(db))))
    .limit(CASES_A_ROUND);
  await all(
    due.map(
      ({ id }) =>
        () =>
          deleteCase(db, store, id, notExists(supplementOf(db))),
    ),
  );
  return due.length;
}

/** Deletes files past their date, but none of a case whose message still has to be delivered with it. */
async function sweepBlobs(db: Db, store: BlobStore, now: Date): Promise<number> {
  const open = db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(sql`${outbox.caseId}::text`, blobs.owner), inArray(outbox.state, unsettled)));
  const due = await db
    .select({ id: blobs.id, owner: blobs.owner })
    .from(blobs)
    .where(and(lt(blobs.expiresAt, now), notExists(open)))
    .limit(BLOBS_A_ROUND);
  await all(
    due.map(
      ({ id, owner }) =>
        () =>
          removeBlob(db, store, owner, id),
    ),
  );
  return due.length;
}

/**
 * Deletes one case with its messages and files, if the authority has taken over or refused everything and the case fulfils
 * the condition. Filing a supplement locks the case, too: either its message is seen here, or it finds no case to add to.
 * @returns false if something is still on its way, or the condition fails; then nothing is deleted
 */
export async function deleteCase(db: Db, store: BlobStore, id: string, condition?: SQL): Promise<boolean> {
  const own = eq(cases.id, id);
  const isGone = await db.transaction(async (tx) => {
    const [found] = await tx.select({ id: cases.id }).from(cases).where(own).for("update");
    if (!found) return true;
    // A statement of its own: what was filed while the one before waited for the lock is seen only by the next.
    const [open] = await unsettledOf(tx, sql`${id}::uuid`).limit(1);
    if (open) return false;
    const removed = await tx.delete(cases).where(and(own, condition)).returning({ id: cases.id });
    if (removed.length === 0) return false;
    await tx.delete(outbox).where(eq(outbox.caseId, id));
    await tx.delete(documents).where(eq(documents.caseId, id));
    await tx.delete(letters).where(eq(letters.caseId, id));
    await tx.delete(mails).where(eq(mails.caseId, id));
    // Marked before they go: a crash leaves them to the next sweep.
    await tx
      .update(blobs)
      .set({ expiresAt: new Date(0) })
      .where(eq(blobs.owner, id));
    return true;
  });
  if (isGone) await removeBlobsOf(db, store, id);
  return isGone;
}
