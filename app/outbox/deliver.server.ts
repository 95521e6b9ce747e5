import type { Db } from "#app/db.server.ts";
import { backoffMs, MAX_ATTEMPTS, pollMs } from "#app/outbox/backoff.ts";
import { claim, HoldLost, saveProgress, settle, type OutboxRow } from "#app/outbox/queue.server.ts";
import { appendEvent } from "#app/store/cases.server.ts";
import type { EventKind } from "#flows/engine/status.ts";

/** What the receiving side said about a message. */
export type Statement = { kind: EventKind; at: Date; codes: readonly string[]; proof?: string | undefined };

/** A failed attempt in the outbox's words. */
export type Failure = {
  code: string;
  retryable: boolean;
  retryAfterMs?: number | undefined;
  /** What was begun is worth nothing: the next attempt starts from the beginning. */
  startAnew?: boolean;
};

/** The two things a courier can do with a row; both are given by the worker. */
export type Courier = {
  deliver: (
    row: OutboxRow,
    save: (progress: Record<string, unknown>) => Promise<void>,
  ) => Promise<Record<string, unknown>>;
  poll: (row: OutboxRow) => Promise<readonly Statement[]>;
  /** Reads an error of either as a failure. */
  failureOf: (error: unknown, row: OutboxRow) => Failure;
};

const HEARTBEAT_MS = 30_000;

type Deps = { db: Db; now: () => Date; random: () => number; courier: Courier };

/**
 * Works on one message: sends it, or asks what became of it. Safe to call for any id at any time and by any number of
 * workers: whoever gets the lease works, the others return at once. @returns the state the row is in afterwards, or
 * "notDue" if it is another worker's
 */
export async function work(deps: Deps, id: string): Promise<OutboxRow["state"] | "notDue"> {
  const row = await claim(deps.db, id, deps.now());
  if (!row) return "notDue";
  try {
    return await workOn(deps, row);
  } catch (error) {
    if (error instanceof HoldLost) return "notDue";
    throw error;
  }
}

async function workOn(deps: Deps, claimed: OutboxRow): Promise<OutboxRow["state"]> {
  let held = claimed;
  let turn: Promise<void> = Promise.resolve();
  const save = (progress: Record<string, unknown>) => {
    turn = turn.then(async () => {
      held = await saveProgress(deps.db, held, progress, deps.now());
    });
    return turn;
  };
  // A long upload saves nothing for minutes; the lease must not run out under it, and yet be short for a worker that died.
  const heartbeat = setInterval(() => void save(held.progress).catch(() => undefined), HEARTBEAT_MS);
  try {
    if (claimed.state === "sent") return await askReceiver(deps, claimed);
    const progress = await deps.courier.deliver(claimed, save);
    clearInterval(heartbeat);
    await turn;
    return await markSent(deps, held, progress);
  } catch (error) {
    clearInterval(heartbeat);
    await turn.catch(() => undefined);
    if (error instanceof HoldLost) throw error;
    return fail(deps, held, deps.courier.failureOf(error, held));
  } finally {
    clearInterval(heartbeat);
  }
}

async function markSent({ db, now }: Deps, row: OutboxRow, progress: Record<string, unknown>): Promise<"sent"> {
  const at = now();
  await db.transaction(async (tx) => {
    await settle(tx, row, {
      state: "sent",
      progress,
      attempts: 0,
      lastError: null,
      nextAttemptAt: new Date(at.getTime() + 500),
    });
    await appendEvent(tx, { caseId: row.caseId, authority: row.authority, messageId: row.id, kind: "sent", at });
  });
  return "sent";
}

async function askReceiver({ db, now, courier }: Deps, row: OutboxRow): Promise<OutboxRow["state"]> {
  const statements = await courier.poll(row);
  const state = statements.some((s) => s.kind === "accepted")
    ? "accepted"
    : statements.some((s) => s.kind === "rejected")
      ? "rejected"
      : "sent";
  const at = now();
  await db.transaction(async (tx) => {
    for (const { codes, ...statement } of statements) {
      await appendEvent(tx, { ...statement, codes, caseId: row.caseId, authority: row.authority, messageId: row.id });
    }
    await settle(tx, row, {
      state,
      attempts: 0,
      lastError: null,
      nextAttemptAt: new Date(at.getTime() + pollMs(at.getTime() - row.createdAt.getTime())),
      // Crypto-shredding: once the authority has taken over, nobody but the applicant can open the message here.
      ...(state === "accepted" ? { deliveryWrap: null } : {}),
    });
  });
  return state;
}

async function fail({ db, now, random }: Deps, row: OutboxRow, failure: Failure): Promise<OutboxRow["state"]> {
  const attempts = row.attempts + 1;
  // A sent message is never stuck for a failed question: the receiver has it, we go on asking.
  const stuck = row.state !== "sent" && (!failure.retryable || attempts >= MAX_ATTEMPTS);
  const wait = Math.max(backoffMs(attempts, random()), failure.retryAfterMs ?? 0);
  const state = stuck ? "stuck" : row.state;
  const at = now();
  await db.transaction(async (tx) => {
    await settle(tx, row, {
      state,
      attempts,
      lastError: failure.code,
      ...(failure.startAnew && row.state !== "sent" ? { progress: {} } : {}),
      nextAttemptAt: new Date(at.getTime() + wait),
    });
    if (stuck) {
      await appendEvent(tx, {
        caseId: row.caseId,
        authority: row.authority,
        messageId: row.id,
        kind: "stuck",
        at,
        codes: [failure.code],
      });
    }
  });
  return state;
}
