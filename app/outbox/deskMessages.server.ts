import { and, asc, count, desc, eq, inArray, isNull, or, type SQL } from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import type { Circuit, OpenAlert } from "#app/outbox/desk.server.ts";
import type { OutboxRow } from "#app/outbox/queue.server.ts";
import { alerts, attempts, cases, destinations, events, mails, outbox } from "#drizzle/schema.ts";

/** Messages on one page of a list. */
export const PAGE_SIZE = 50;

const MOST_ATTEMPTS = 200;

/** Exactly what staff may know of a message; nothing sealed, no key, nothing of its transport's memory. */
const shown = {
  id: outbox.id,
  caseId: outbox.caseId,
  authority: outbox.authority,
  reference: cases.reference,
  service: cases.service,
  filedAt: cases.filedAt,
  kind: outbox.kind,
  state: outbox.state,
  destination: outbox.destination,
  stage: outbox.stage,
  attempts: outbox.attempts,
  lastError: outbox.lastError,
  createdAt: outbox.createdAt,
  queuedAt: outbox.queuedAt,
  urgentFrom: outbox.urgentFrom,
  nextAttemptAt: outbox.nextAttemptAt,
  leasedUntil: outbox.leasedUntil,
};

/** A message as staff see it. The case is gone before its messages when its time is over: then it has no reference. */
export type DeskMessage = Pick<
  OutboxRow,
  | "id"
  | "caseId"
  | "authority"
  | "kind"
  | "state"
  | "destination"
  | "stage"
  | "attempts"
  | "lastError"
  | "createdAt"
  | "queuedAt"
  | "urgentFrom"
  | "nextAttemptAt"
  | "leasedUntil"
> & { reference: string | null; service: string | null; filedAt: Date | null };

/** Which messages a list shows; what is absent does not matter. */
export type MessageFilter = { destination?: string; states?: readonly OutboxRow["state"][]; code?: string };

function matching({ destination, states, code }: MessageFilter): SQL | undefined {
  return and(
    destination === undefined ? undefined : eq(outbox.destination, destination),
    states === undefined ? undefined : inArray(outbox.state, [...states]),
    code === undefined ? undefined : eq(outbox.lastError, code),
  );
}

/** One page of messages, the oldest first, with how many there are in all. `page` begins with 1. */
export async function messagesOf(
  tx: Db,
  filter: MessageFilter,
  page: number,
): Promise<{ total: number; messages: DeskMessage[] }> {
  const [counted] = await tx.select({ total: count() }).from(outbox).where(matching(filter));
  const messages = await tx
    .select(shown)
    .from(outbox)
    .leftJoin(cases, eq(cases.id, outbox.caseId))
    .where(matching(filter))
    .orderBy(asc(outbox.createdAt), asc(outbox.id))
    .limit(PAGE_SIZE)
    .offset((page - 1) * PAGE_SIZE);
  return { total: counted?.total ?? 0, messages };
}

/** The messages of the case with a reference in its written form, the application first; none if there is no such case. */
export async function messagesOfReference(tx: Db, reference: string): Promise<string[]> {
  const rows = await tx
    .select({ id: outbox.id })
    .from(cases)
    .innerJoin(outbox, eq(outbox.caseId, cases.id))
    .where(eq(cases.reference, reference))
    .orderBy(asc(outbox.createdAt), asc(outbox.id));
  return rows.map(({ id }) => id);
}

/** One attempt: when, how long, how far, and the code if it failed. */
export type LoggedAttempt = Pick<typeof attempts.$inferSelect, "at" | "tookMs" | "stage" | "code">;

/** A mail about a case; whom it went to is known to the mail server only. */
export type TracedMail = Pick<
  typeof mails.$inferSelect,
  "purpose" | "audience" | "state" | "attempts" | "lastError" | "createdAt" | "sentAt"
>;

/** Everything that is known of the way of one message, oldest first; nothing personal. */
export type Trace = {
  message: DeskMessage;
  attempts: LoggedAttempt[];
  events: { kind: string; at: Date; codes: string[] }[];
  alerts: Pick<OpenAlert, "kind" | "codes" | "raisedAt" | "clearedAt">[];
  mails: TracedMail[];
  circuit: Circuit | undefined;
  /** Other messages of the case. */
  siblings: Pick<DeskMessage, "id" | "kind" | "state" | "createdAt">[];
};

/** The way of a message; `undefined` if there is none with this id that the caller may see. */
export async function traceOf(tx: Db, id: string): Promise<Trace | undefined> {
  const [message] = await tx
    .select(shown)
    .from(outbox)
    .leftJoin(cases, eq(cases.id, outbox.caseId))
    .where(eq(outbox.id, id));
  if (!message) return undefined;
  const [circuit] = await tx.select().from(destinations).where(eq(destinations.id, message.destination));
  return {
    message,
    circuit,
    attempts: (await latestAttempts(tx, id)).toReversed(),
    events: await eventsOfMessage(tx, id),
    alerts: await alertsAbout(tx, id),
    mails: await mailsAbout(tx, message),
    siblings: (await messagesOfCase(tx, message.caseId)).filter((other) => other.id !== id),
  };
}

async function latestAttempts(tx: Db, id: string): Promise<LoggedAttempt[]> {
  const { at, tookMs, stage, code } = attempts;
  const ofMessage = eq(attempts.messageId, id);
  const rows = tx.select({ at, tookMs, stage, code }).from(attempts).where(ofMessage);
  return rows.orderBy(desc(attempts.id)).limit(MOST_ATTEMPTS);
}

async function eventsOfMessage(tx: Db, id: string): Promise<Trace["events"]> {
  const { kind, at, data } = events;
  const rows = await tx.select({ kind, at, data }).from(events).where(eq(events.messageId, id)).orderBy(asc(events.id));
  return rows.map((row) => ({ kind: row.kind, at: row.at, codes: row.data.codes ?? [] }));
}

async function alertsAbout(tx: Db, id: string): Promise<Trace["alerts"]> {
  const { kind, codes, raisedAt, clearedAt } = alerts;
  const rows = tx.select({ kind, codes, raisedAt, clearedAt }).from(alerts).where(eq(alerts.subject, id));
  return rows.orderBy(asc(alerts.id));
}

async function mailsAbout(tx: Db, { id, caseId }: DeskMessage): Promise<TracedMail[]> {
  const { purpose, audience, state, lastError, createdAt, sentAt } = mails;
  const ofCase = and(eq(mails.caseId, caseId), isNull(mails.messageId));
  return tx
    .select({ purpose, audience, state, attempts: mails.attempts, lastError, createdAt, sentAt })
    .from(mails)
    .where(or(eq(mails.messageId, id), ofCase))
    .orderBy(asc(mails.createdAt));
}

async function messagesOfCase(tx: Db, caseId: string): Promise<Trace["siblings"]> {
  const { id, kind, state, createdAt } = outbox;
  const rows = tx.select({ id, kind, state, createdAt }).from(outbox).where(eq(outbox.caseId, caseId));
  return rows.orderBy(asc(outbox.createdAt));
}
