import { and, eq, inArray, isNull, lt, max, notExists, notInArray, or, sql } from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import type { BlobStore } from "#app/store/blobs.server.ts";
import { sweepDrafts } from "#app/store/drafts.server.ts";
import { removeBlob, removeBlobsOf } from "#app/store/files.server.ts";
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
// 5,000 cases and 10,000 files; a larger backlog goes on with the next run, so that one run always ends.
const MOST_ROUNDS = 50;

/** Periods of architecture 9 as the operator configured them. */
export type Periods = { applicantCopyDays: number; eventMonths: number; auditMonths: number };

const MONTH_DAYS = 30.5;
const CLEARED_ALERT_DAYS = 90;
const DEAD_WORKER_DAYS = 1;

/** Deletes what is past its date: drafts, files, applicants' copies with their messages, and old records. */
export async function sweep(db: Db, store: BlobStore, now: Date, periods: Periods): Promise<void> {
  await sweepDrafts(db, now);
  await inRounds(CASES_A_ROUND, () => sweepCases(db, store, now, periods));
  await inRounds(BLOBS_A_ROUND, () => sweepBlobs(db, store, now));
  await db.delete(documents).where(lt(documents.expiresAt, now));
  await db
    .delete(mails)
    .where(and(isNull(mails.caseId), lt(mails.createdAt, new Date(now.getTime() - OFFICE_MAIL_MS))));
  await sweepRecords(db, now, periods);
}

/** Deletes records that name nobody and yet are kept no longer than they are of use. */
async function sweepRecords(db: Db, now: Date, { eventMonths, auditMonths }: Periods): Promise<void> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
  await db.delete(events).where(lt(events.at, daysAgo(eventMonths * MONTH_DAYS)));
  await db.delete(attempts).where(lt(attempts.at, daysAgo(eventMonths * MONTH_DAYS)));
  await db.delete(alerts).where(lt(alerts.clearedAt, daysAgo(CLEARED_ALERT_DAYS)));
  await db.delete(workers).where(lt(workers.seenAt, daysAgo(DEAD_WORKER_DAYS)));
  await db.delete(audit).where(lt(audit.at, daysAgo(auditMonths * MONTH_DAYS)));
}

/** Repeats a round, which says how much it found, until one finds less than it can take. */
async function inRounds(full: number, round: () => Promise<number>): Promise<void> {
  for (let turn = 0; turn < MOST_ROUNDS; turn += 1) if ((await round()) < full) return;
}

// Every other state, also one that is added later, keeps what belongs to the message.
const unsettled = outbox.state.enumValues.filter((state) => state !== "accepted" && state !== "rejected");

/**
 * Deletes cases whose last event is older than the period, or that reached their last day. A case with a message that the
 * authority has not taken over or refused stays, whatever its age: nothing is deleted before acceptance. All messages count,
 * the application as well as its supplements.
 */
async function sweepCases(db: Db, store: BlobStore, now: Date, { applicantCopyDays }: Periods): Promise<number> {
  const open = db.select({ id: outbox.caseId }).from(outbox).where(inArray(outbox.state, unsettled));
  const last = db
    .select({ caseId: events.caseId, at: max(events.at).as("last_at") })
    .from(events)
    .groupBy(events.caseId)
    .as("last");
  const quietSince = new Date(now.getTime() - applicantCopyDays * DAY_MS);
  // A supplement that somebody is working on needs the case that it adds to.
  const supplement = db.select({ id: drafts.id }).from(drafts).where(eq(drafts.id, cases.accessId));
  const due = await db
    .select({ id: cases.id })
    .from(cases)
    .leftJoin(last, eq(last.caseId, cases.id))
    .where(
      and(or(lt(cases.expiresAt, now), lt(last.at, quietSince)), notInArray(cases.id, open), notExists(supplement)),
    )
    .limit(CASES_A_ROUND);
  const ids = due.map(({ id }) => id);
  if (ids.length === 0) return 0;
  for (const id of ids) await removeBlobsOf(db, store, id);
  await db.transaction(async (tx) => {
    await tx.delete(outbox).where(inArray(outbox.caseId, ids));
    await tx.delete(documents).where(inArray(documents.caseId, ids));
    await tx.delete(mails).where(inArray(mails.caseId, ids));
    await tx.delete(cases).where(inArray(cases.id, ids));
  });
  return ids.length;
}

/** Deletes files past their date, but none of a case whose message still has to be delivered with it. */
async function sweepBlobs(db: Db, store: BlobStore, now: Date): Promise<number> {
  const open = db
    .select({ owner: sql<string>`${outbox.caseId}::text` })
    .from(outbox)
    .where(inArray(outbox.state, unsettled));
  const due = await db
    .select({ id: blobs.id, owner: blobs.owner })
    .from(blobs)
    .where(and(lt(blobs.expiresAt, now), notInArray(blobs.owner, open)))
    .limit(BLOBS_A_ROUND);
  for (const { id, owner } of due) await removeBlob(db, store, owner, id);
  return due.length;
}

/**
 * Deletes one case with its messages and files, if the authority has taken over or refused everything.
 * @returns false if something is still on its way; then nothing is deleted
 */
export async function deleteCase(db: Db, store: BlobStore, id: string): Promise<boolean> {
  const [open] = await db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.caseId, id), notInArray(outbox.state, ["accepted", "rejected"])))
    .limit(1);
  if (open) return false;
  await removeBlobsOf(db, store, id);
  await db.transaction(async (tx) => {
    await tx.delete(outbox).where(eq(outbox.caseId, id));
    await tx.delete(documents).where(eq(documents.caseId, id));
    await tx.delete(mails).where(eq(mails.caseId, id));
    await tx.delete(cases).where(eq(cases.id, id));
  });
  return true;
}
