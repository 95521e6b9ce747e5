import type { Db } from "#app/db.server.ts";
import { tellApplicant } from "#app/mail/queue.server.ts";
import { backoffMs, MAX_AGE_MS, MAX_ATTEMPTS, pollMs } from "#app/outbox/backoff.ts";
import { noteAnswer, noteFailure, noteSuccess, speaksOfReceiver } from "#app/outbox/circuit.server.ts";
import {
  claim,
  HoldLost,
  prolong,
  saveProgress,
  settle,
  unlessHurried,
  type Message,
  type OutboxRow,
} from "#app/outbox/queue.server.ts";
import { keepStatements, takenOver, type Statement } from "#app/outbox/statements.server.ts";
import { appendEvent } from "#app/store/cases.server.ts";
import type { EventKind } from "#flows/engine/status.ts";
import { attempts } from "#drizzle/schema.ts";

/** A failed attempt in the outbox's words. */
export type Failure = {
  code: string;
  retryable: boolean;
  retryAfterMs?: number | undefined;
};

/** The two things a courier can do with a row; both are given by the worker. */
export type Courier = {
  deliver: (
    row: Message,
    save: (progress: Record<string, unknown>) => Promise<void>,
  ) => Promise<Record<string, unknown>>;
  poll: (row: Message) => Promise<readonly Statement[]>;
  /** Reads an error of either as a failure. */
  failureOf: (error: unknown, row: Message) => Failure;
};

// A receiver that has news calls back; asking at once would read and verify the whole log for nothing.
const FIRST_QUESTION_MS = 3_000;

// Several of them fit into a lease, so that one that fails does no harm.
const HEARTBEAT_MS = 10_000;

/** What working on messages needs; `held` has a way to give back each message that is in hand. */
export type Deps = {
  db: Db;
  now: () => Date;
  random: () => number;
  courier: Courier;
  held: Set<() => Promise<void>>;
};

/** A row in hand with the circumstances of the attempt. */
type Attempt = { row: Message; isProbe: boolean; begun: Date };

/**
 * Works on one message: sends it, or asks what became of it. Safe to call for any id at any time and by any number of
 * workers: whoever gets the lease works, the others return at once. @returns the state the row is in afterwards, "notDue" if
 * it is another worker's, "parked" if its receiver is left alone
 */
export async function work(deps: Deps, id: string): Promise<OutboxRow["state"] | "notDue" | "parked"> {
  const begun = deps.now();
  const claimed = await claim(deps.db, id, begun);
  if (claimed.outcome !== "held") return claimed.outcome;
  try {
    return await workOn(deps, { row: claimed.row, isProbe: claimed.isProbe, begun });
  } catch (error) {
    if (error instanceof HoldLost) return "notDue";
    throw error;
  }
}

async function workOn(deps: Deps, claimed: Attempt): Promise<OutboxRow["state"]> {
  const attempt = { ...claimed };
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (change: () => Promise<Message>) => {
    turn = turn.then(async () => {
      attempt.row = await change();
    });
    return turn;
  };
  const save = (progress: Record<string, unknown>) =>
    inTurn(() => saveProgress(deps.db, attempt.row, progress, deps.now()));
  const giveBack = () => settle(deps.db, attempt.row, {});
  deps.held.add(giveBack);
  // A long upload saves nothing for minutes; the lease must not run out under it, and yet be short for a worker that died.
  const heartbeat = setInterval(() => {
    const beat = inTurn(() => prolong(deps.db, attempt.row, deps.now()).catch(unlessLost(attempt.row)));
    beat.catch(() => undefined);
  }, HEARTBEAT_MS);
  const quiet = async () => {
    clearInterval(heartbeat);
    await turn.catch(() => undefined);
  };
  try {
    if (claimed.row.state === "sent") {
      const statements = await deps.courier.poll(claimed.row);
      await quiet();
      return await keepAnswers(deps, attempt, statements);
    }
    const progress = await deps.courier.deliver(claimed.row, save);
    clearInterval(heartbeat);
    await turn;
    return await markSent(deps, attempt, progress);
  } catch (error) {
    await quiet();
    if (error instanceof HoldLost) throw error;
    return await fail(deps, attempt, deps.courier.failureOf(error, attempt.row));
  } finally {
    clearInterval(heartbeat);
    deps.held.delete(giveBack);
  }
}

/** A database that is away for a moment costs a beat, not the delivery; the next save tells whether the row is still ours. */
function unlessLost(row: Message): (error: unknown) => Message {
  return (error) => {
    if (error instanceof HoldLost) throw error;
    return row;
  };
}

async function markSent({ db, now }: Deps, attempt: Attempt, progress: Record<string, unknown>): Promise<"sent"> {
  const { row } = attempt;
  const at = now();
  await db.transaction(async (tx) => {
    await settle(tx, row, {
      state: "sent",
      progress,
      attempts: 0,
      lastError: null,
      nextAttemptAt: new Date(at.getTime() + FIRST_QUESTION_MS),
    });
    await appendEvent(tx, { ...about(row), kind: "sent", at });
    await record(tx, attempt, at, { stage: "sent", code: null });
    await noteSuccess(tx, row.destination);
  });
  return "sent";
}

async function keepAnswers(
  { db, now }: Deps,
  attempt: Attempt,
  statements: readonly Statement[],
): Promise<OutboxRow["state"]> {
  const { row } = attempt;
  const has = (kind: EventKind) => statements.some((statement) => statement.kind === kind);
  const state = has("accepted") ? "accepted" : has("rejected") ? "rejected" : "sent";
  const at = now();
  await db.transaction(async (tx) => {
    await settle(tx, row, {
      state,
      attempts: 0,
      lastError: null,
      nextAttemptAt: unlessHurried(row, new Date(at.getTime() + pollMs(at.getTime() - row.queuedAt.getTime()))),
      ...(state === "accepted" ? takenOver : {}),
    });
    const news = await keepStatements(tx, about(row), statements, at);
    // Most questions have no new answer; they would bury the attempts that tell something.
    if (news) await record(tx, attempt, at, { stage: news, code: null });
    await noteAnswer(tx, row.destination, attempt.isProbe, at);
  });
  return state;
}

async function fail(deps: Deps, attempt: Attempt, failure: Failure): Promise<OutboxRow["state"]> {
  const { db, now, random } = deps;
  const { row, isProbe } = attempt;
  const { code, retryAfterMs } = failure;
  const isReceivers = speaksOfReceiver(code);
  // A probe is made for all messages of the receiver; the one that made it is not worse off for it.
  const failed = row.attempts + (isProbe && isReceivers ? 0 : 1);
  const at = now();
  const isHopeless = !failure.retryable && !isReceivers;
  const isTooLate = failed >= MAX_ATTEMPTS || at.getTime() - row.queuedAt.getTime() >= MAX_AGE_MS;
  // A sent message is never stuck for a failed question: the receiver has it, we go on asking.
  const isStuck = row.state !== "sent" && (isHopeless || isTooLate);
  const wait = Math.max(backoffMs(Math.max(failed, 1), random()), retryAfterMs ?? 0);
  const state = isStuck ? "stuck" : row.state;
  await db.transaction(async (tx) => {
    await settle(tx, row, {
      state,
      attempts: failed,
      lastError: code,
      nextAttemptAt: unlessHurried(row, new Date(at.getTime() + wait)),
    });
    if (isStuck) await appendEvent(tx, { ...about(row), kind: "stuck", at, codes: [code] });
    if (isStuck) await tellApplicant(tx, { ...about(row), purpose: "stuck", at });
    await record(tx, attempt, at, { stage: row.stage, code });
    await noteFailure(tx, { destination: row.destination, code, isProbe, retryAfterMs }, at, random());
  });
  return state;
}

function about({ id, caseId, authority }: Message) {
  return { messageId: id, caseId, authority };
}

/** Appends the attempt for the hotline, in the transaction that settles it. */
async function record(
  tx: Db,
  { row, begun }: Attempt,
  at: Date,
  outcome: { stage: string | null; code: string | null },
): Promise<void> {
  await tx.insert(attempts).values({
    messageId: row.id,
    authority: row.authority,
    at: begun,
    tookMs: Math.max(0, at.getTime() - begun.getTime()),
    ...outcome,
  });
}
