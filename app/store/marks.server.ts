import { createHmac } from "node:crypto";
import { and, eq, exists, gt, inArray, lt, notExists, or, sql } from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import type { Keys } from "#app/keys.server.ts";
import { derive } from "#app/store/seal.server.ts";
import type { PossibleDuplicate } from "#flows/delivery/frame.ts";
import { marksOf, type MarkKind } from "#flows/duplicates/marks.ts";
import { marks } from "#drizzle/helping.ts";
import { cases, events } from "#drizzle/schema.ts";

const DAY_MS = 86_400_000;
/** A clerk who sees so many looks at all of them anyway. */
const MOST_FOUND = 20;

/** A mark of an applicant, keyed for one scope: an authority, or a group of them. */
export type KeyedMark = { token: string; kind: MarkKind };

/**
 * Keys the marks of an applicant (HMAC-SHA-256). Without the key of the service nobody can try names against them, and marks of
 * different scopes cannot be compared: authorities that share no group never find each other's.
 */
export function keyedMarks(
  keys: Pick<Keys, "index">,
  answers: Readonly<Record<string, unknown>>,
  scopes: readonly string[],
): readonly KeyedMark[] {
  const key = derive(keys.index.bytes, "possible duplicates");
  return scopes.flatMap((scope) =>
    marksOf(answers).map(({ kind, text }) => ({
      kind,
      token: createHmac("sha256", key)
        .update(JSON.stringify([scope, kind, text]))
        .digest("base64url"),
    })),
  );
}

/**
 * Makes whoever files with one of these marks wait until this transaction ends, so that of two at the same moment the second
 * finds the first. A transaction that files several people takes the marks of all of them at once.
 */
export async function lockMarks(tx: Db, keyed: readonly KeyedMark[]): Promise<void> {
  // In the same order everywhere: nobody waits for somebody who waits for them.
  for (const token of new Set(keyed.map((mark) => mark.token).toSorted()))
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${token}, 0))`);
}

/** Cases that carry one of the marks, the oldest first, twenty at most. Nobody else files with them until this transaction ends. */
export async function findMarked(
  tx: Db,
  keyed: readonly KeyedMark[],
  now: Date,
): Promise<readonly PossibleDuplicate[]> {
  if (keyed.length === 0) return [];
  await lockMarks(tx, keyed);
  const tokens = keyed.map(({ token }) => token);
  return tx
    .select({
      by: sql<MarkKind[]>`array_agg(distinct ${marks.kind} order by ${marks.kind})`,
      authority: cases.authority,
      reference: cases.reference,
      service: cases.service,
    })
    .from(marks)
    .innerJoin(cases, eq(cases.id, marks.caseId))
    .where(and(inArray(marks.token, tokens), gt(marks.expiresAt, now)))
    .groupBy(cases.id)
    .orderBy(cases.filedAt, cases.reference)
    .limit(MOST_FOUND);
}

/** In which scopes marks of an authority's applicants are compared: its own, and groups that the operator switched on. */
export function scopesOf(authority: string, groups: readonly (readonly string[])[]): readonly string[] {
  const shared = groups.filter((group) => group.includes(authority)).map((group) => `group ${group.toSorted().join()}`);
  // A group that stands twice, perhaps in another order, is one.
  return [...new Set([`authority ${authority}`, ...shared])];
}

/** Keeps the marks of a case inside its filing. */
export async function keepMarks(
  tx: Db,
  keyed: readonly KeyedMark[],
  { caseId, authority, expiresAt }: { caseId: string; authority: string; expiresAt: Date },
): Promise<void> {
  if (keyed.length === 0) return;
  await tx.insert(marks).values(keyed.map((mark) => ({ ...mark, caseId, authority, expiresAt })));
}

/** Deletes marks that are over: on their day, so many days after the authority decided about the message, and with their case. */
export async function sweepMarks(db: Db, now: Date, indexDays: number): Promise<void> {
  const settled = db
    .select({ id: events.id })
    .from(events)
    .where(
      and(
        eq(events.caseId, marks.caseId),
        inArray(events.kind, ["accepted", "rejected", "withdrawn"]),
        lt(events.at, new Date(now.getTime() - indexDays * DAY_MS)),
      ),
    );
  const kept = db.select({ id: cases.id }).from(cases).where(eq(cases.id, marks.caseId));
  await db.delete(marks).where(or(lt(marks.expiresAt, now), exists(settled), notExists(kept)));
}
