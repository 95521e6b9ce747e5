import { and, eq, gt, inArray, isNotNull, lte, or } from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import { FAILURES_TO_OPEN, probeMs } from "#app/outbox/backoff.ts";
import { destinations, outbox } from "#drizzle/schema.ts";

/** Failures that speak of the receiver or of the way to it; every other message would fail in the same way. */
const ofReceiver: ReadonlySet<string> = new Set([
  "unreachable",
  "timeout",
  "rateLimited",
  "unauthorised",
  "misconfigured",
  "destinationInactive",
  "destinationMismatch",
  "keyRefused",
  "unexpectedAnswer",
]);

/** Those of the way alone: any answer of the receiver's service disproves them. */
const ofWay: ReadonlySet<string> = new Set([
  "unreachable",
  "timeout",
  "rateLimited",
  "unauthorised",
  "unexpectedAnswer",
]);

/** Failures that show that the receiver's service answers: something of it was read, and does not hold. */
const ofAnswers: ReadonlySet<string> = new Set(["tagMismatch", "invalidStatement"]);

// Longer than any single request of a transport; a worker that dies while it tries loses its turn then.
const PROBE_HOLD_MS = 120_000;

/** True if a failure is the receiver's, whatever detail stands behind a full stop (`keyRefused.revoked`): the message waits with all others and nothing is held against it. */
export function speaksOfReceiver(code: string): boolean {
  return ofReceiver.has(code.replace(/\..*/, ""));
}

/**
 * Takes the one attempt that an open circuit allows now. Of all processes exactly one gets it; the others come when the next
 * moment has been reached. @returns whether it is the caller's
 */
export async function takeProbe(db: Db, destination: string, now: Date): Promise<boolean> {
  const taken = await db
    .update(destinations)
    .set({ probeAt: new Date(now.getTime() + PROBE_HOLD_MS) })
    .where(and(eq(destinations.id, destination), isNotNull(destinations.openedAt), lte(destinations.probeAt, now)))
    .returning({ id: destinations.id });
  return taken.length > 0;
}

/** The receiver took a message, or read one: its circuit is closed and everything flows. */
export async function noteSuccess(tx: Db, destination: string): Promise<void> {
  await tx
    .update(destinations)
    .set({ failures: 0, lastError: null, openedAt: null, probeAt: null })
    .where(and(eq(destinations.id, destination), or(gt(destinations.failures, 0), isNotNull(destinations.openedAt))));
}

/**
 * The receiver's service answered a question about a sent message. That disproves failures of the way to it, and says nothing
 * on whether it takes new messages: after other failures the circuit stays as it is and the next message may try, unless
 * there is none.
 */
export async function noteAnswer(tx: Db, destination: string, isProbe: boolean, now: Date): Promise<void> {
  const [known] = await tx.select().from(destinations).where(eq(destinations.id, destination));
  if (!known || known.failures === 0) return;
  if (known.lastError !== null && ofWay.has(known.lastError)) return noteSuccess(tx, destination);
  if (!isProbe) return;
  const unsent = and(eq(outbox.destination, destination), inArray(outbox.state, ["waiting", "sending"]));
  const [other] = await tx.select({ id: outbox.id }).from(outbox).where(unsent).limit(1);
  if (!other) return noteSuccess(tx, destination);
  await tx.update(destinations).set({ probeAt: now }).where(eq(destinations.id, destination));
}

/** A failed attempt as the circuit sees it. `isProbe`: it was the one that an open circuit allows. */
export type CircuitFailure = {
  destination: string;
  code: string;
  isProbe: boolean;
  retryAfterMs?: number | undefined;
};

/**
 * Counts a failure with its receiver, inside the transaction that settles the attempt. After five in a row the circuit opens;
 * while it is open only a failed probe moves the moment of the next one.
 */
export async function noteFailure(tx: Db, failure: CircuitFailure, now: Date, random: number): Promise<void> {
  const { destination, code, isProbe, retryAfterMs = 0 } = failure;
  if (code === "refused") return noteSuccess(tx, destination);
  if (ofAnswers.has(code)) return noteAnswer(tx, destination, isProbe, now);
  const is = eq(destinations.id, destination);
  if (!speaksOfReceiver(code)) {
    // The fault is our own: another message may try in its place.
    if (isProbe) await tx.update(destinations).set({ probeAt: now }).where(is);
    return;
  }
  const [known] = await tx.select().from(destinations).where(is).for("update");
  // Attempts that were under way when the circuit opened say nothing new.
  if (!known || (known.openedAt && !isProbe)) return;
  const failures = known.failures + 1;
  const isOpen = known.openedAt !== null || failures >= FAILURES_TO_OPEN;
  const wait = Math.max(probeMs(failures - FAILURES_TO_OPEN, random), retryAfterMs);
  const opening = { openedAt: known.openedAt ?? now, probeAt: new Date(now.getTime() + wait) };
  await tx
    .update(destinations)
    .set({ failures, lastError: code, ...(isOpen ? opening : {}) })
    .where(is);
}
