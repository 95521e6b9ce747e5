import type { KeyObject } from "node:crypto";
import type { ZustelldienstClient } from "./client.ts";
import { eventOfClaims, readClaims } from "./eventLog.ts";
import { createLocks, inParallel } from "./locks.ts";
import type { Problem } from "./problems.ts";
import type { SubmissionRecord } from "./record.ts";
import { signSet, type Verdict } from "./sets.ts";
import type { Store } from "./store.ts";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;
const DELIVERIES_AT_ONCE = 4;

/** Who decided: the automatic checks, the rule for all applications, or the clerk. */
export type DecidedBy = "checks" | "rule" | "clerk";

/** Key with which a destination signs its SETs. */
export type SigningKey = { kid: string; privateKey: KeyObject };

/** Takes decisions and brings them to the Zustelldienst. */
export type Decisions = ReturnType<typeof createDecisions>;

type Dependencies = {
  client: Pick<ZustelldienstClient, "postEvent" | "getEvents">;
  store: Store;
  signingKey: (destinationId: string) => SigningKey | undefined;
  now: () => Date;
};

type Wish = { kind: "accept" } | { kind: "reject"; problems: Problem[] };

function isOutstanding({ decision }: SubmissionRecord): boolean {
  return decision !== undefined && !decision.deliveredAt && !decision.overtaken;
}

function verdictOf(record: SubmissionRecord, wish: Wish): Verdict | undefined {
  if (wish.kind === "reject") return wish;
  return record.tags ? { kind: "accept", tags: record.tags } : undefined;
}

/** A decision is on the disk with its signed SET before it is sent, so a retry always sends the same token. */
export function createDecisions({ client, store, signingKey, now }: Dependencies) {
  const inTurn = createLocks();
  const retries = new Map<string, { count: number; at: number }>();

  /** The record with the decision in it, signed but neither stored nor sent. */
  async function withDecision(record: SubmissionRecord, wish: Wish, by: DecidedBy): Promise<SubmissionRecord> {
    const verdict = verdictOf(record, wish);
    const key = signingKey(record.destinationId);
    if (!verdict || !key) throw new Error(`Submission ${record.submissionId} cannot be decided: no tags or no key`);
    const { submissionId, caseId, destinationId, payloadSchema } = record;
    const set = await signSet({ verdict, destinationId, submissionId, caseId, payloadSchema, issuedAt: now(), key });
    const problems = wish.kind === "reject" ? wish.problems : [];
    const state = wish.kind === "accept" ? "accepted" : "rejected";
    return { ...record, state, decision: { at: now().toISOString(), by, problems, ...set } };
  }

  async function settle(record: SubmissionRecord, overtaken: boolean): Promise<void> {
    if (!record.decision) return;
    retries.delete(record.submissionId);
    const done = overtaken ? { overtaken } : { deliveredAt: now().toISOString() };
    await store.save({ ...record, decision: { ...record.decision, ...done } });
  }

  /** Looks for our SET, or a decision of somebody else, in the event log. */
  async function settleFromLog(record: SubmissionRecord): Promise<boolean> {
    for (const jws of await client.getEvents(record.caseId)) {
      const claims = readClaims(jws)?.claims;
      if (claims?.sub !== `submission:${record.submissionId}`) continue;
      const { name } = eventOfClaims(claims);
      if (name !== "accept-submission" && name !== "reject-submission") continue;
      await settle(record, claims.jti !== record.decision?.jti);
      return true;
    }
    return false;
  }

  function postpone(submissionId: string): void {
    const count = (retries.get(submissionId)?.count ?? 0) + 1;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (count - 1), LONGEST_PAUSE_MS);
    retries.set(submissionId, { count, at: Date.now() + pause });
  }

  async function attempt(record: SubmissionRecord): Promise<void> {
    const { decision, caseId, submissionId } = record;
    if (!decision) return;
    try {
      // After a failed attempt the answer may be all that was lost: a second SET would be one too many.
      if (retries.has(submissionId) && (await settleFromLog(record))) return;
      if (await client.postEvent(caseId, decision.jws)) return await settle(record, false);
      if (!(await settleFromLog(record))) postpone(submissionId);
    } catch {
      postpone(submissionId);
    }
  }

  /** Sends the SET of a decided submission if it is not through yet; a failure is kept for the next round. */
  function deliver(submissionId: string): Promise<void> {
    return inTurn(submissionId, async () => {
      const record = store.find(submissionId);
      if (record && isOutstanding(record)) await attempt(record);
    });
  }

  /** Decides an open submission; false when it was decided before. */
  function decide(submissionId: string, wish: Wish, by: DecidedBy): Promise<boolean> {
    return inTurn(submissionId, async () => {
      const record = store.find(submissionId);
      if (record?.state !== "open") return false;
      await store.save(await withDecision(record, wish, by));
      return true;
    });
  }

  return {
    withDecision,
    decide,
    deliver,

    /** Gives repetitions of a message the same answer as its first submission. */
    async decideRepetitions(): Promise<void> {
      for (const { state, duplicateOf, submissionId } of store.all()) {
        const first = state === "open" && duplicateOf ? store.find(duplicateOf) : undefined;
        if (!first?.decision) continue;
        const { problems } = first.decision;
        await decide(
          submissionId,
          first.state === "accepted" ? { kind: "accept" } : { kind: "reject", problems },
          "rule",
        );
      }
    },

    /** Sends every decision that is not through and whose pause is over. */
    async deliverOutstanding(): Promise<void> {
      const due = store.all().filter((record) => {
        return isOutstanding(record) && (retries.get(record.submissionId)?.at ?? 0) <= Date.now();
      });
      await inParallel(due, DELIVERIES_AT_ONCE, ({ submissionId }) => deliver(submissionId));
    },
  };
}
