import { and, asc, eq, gt } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "#app/db.server.ts";
import { unwrapFor, wrapFor, type Holder } from "#app/store/holder.server.ts";
import { letterKeyPrivate } from "#app/store/letterKey.server.ts";
import { newKey, sealJson, unsealJson } from "#app/store/seal.server.ts";
import { fileEntry } from "#flows/engine/evidence.ts";
import { eventKinds, type BesideKind, type CaseEvent } from "#flows/engine/status.ts";
import { householdPlace } from "#flows/household/place.ts";
import { cases, events, outbox } from "#drizzle/schema.ts";

const sentMessage = z.object({
  id: z.uuid(),
  kind: z.enum(["application", "supplement"]),
  filedAt: z.iso.datetime(),
  payload: z.string(),
  /** Where its PDF is kept and with which key; the other messages' PDFs are drawn when somebody asks. */
  form: z.object({ id: z.uuid(), key: z.string() }).optional(),
});
/** An answer that somebody is writing; its files belong to the case. */
const begunReply = z.object({ text: z.string(), files: z.array(fileEntry) });
export type BegunReply = z.infer<typeof begunReply>;

const sentReply = z.object({
  /** Message id. */
  id: z.uuid(),
  kind: z.enum(["answer", "withdrawal"]),
  filedAt: z.iso.datetime(),
  /** The letter that was answered. */
  answersTo: z.guid().optional(),
  text: z.string(),
  /** Names of the files as they were given. */
  files: z.array(z.string()),
});

const copy = z.object({
  /** The application as it was sent last, a supplement's data included. */
  payload: z.string(),
  language: z.string(),
  /** Everything that was answered, to go on with in a supplement; copies of earlier versions have none. */
  answers: z.record(z.string(), z.unknown()).default({}),
  /** What was sent when, oldest first. */
  messages: z.array(sentMessage).default([]),
  /** Among which applications it stands; copies of earlier versions say nothing. */
  household: householdPlace.optional(),
  /** Opens what the authority writes; copies of earlier versions have none. */
  letterKey: letterKeyPrivate.optional(),
  /** Answers and withdrawals that were sent, oldest first. */
  replies: z.array(sentReply).default([]),
  /** Answers that are not sent yet, by the letter. */
  begun: z.record(z.guid(), begunReply).default({}),
});
/** The applicant's own copy of what was filed, readable only with the access code. */
export type ApplicantCopy = z.infer<typeof copy>;

/** The application as it was filed first: what the receipt vouches for. */
export function firstPayload({ messages, payload }: ApplicantCopy): string {
  return messages[0]?.payload ?? payload;
}

/** A filed case as its holder sees it. */
export type Case = {
  id: string;
  authority: string;
  reference: string;
  service: string;
  receipt: string;
  completeness: "full" | "minimal";
  filedAt: Date;
  expiresAt: Date;
  copy: ApplicantCopy;
};

const place = (holder: Holder) => `${holder.id}|case|copy`;
const eventKind = z.enum(eventKinds);

/** Finds the case of an access code. @throws SealError when damaged */
export async function findCase(db: Db, holder: Holder, now: Date, lock = false): Promise<Case | undefined> {
  const query = db
    .select()
    .from(cases)
    .where(and(eq(cases.accessId, holder.id), gt(cases.expiresAt, now)));
  const [row] = await (lock ? query.for("update") : query);
  if (!row) return undefined;
  const dataKey = unwrapFor(holder, "case", row.wrappedKey);
  const { id, authority, reference, service, receipt, completeness, filedAt, expiresAt } = row;
  return {
    id,
    authority,
    reference,
    service,
    receipt,
    completeness,
    filedAt,
    expiresAt,
    copy: copy.parse(unsealJson(dataKey, place(holder), row.applicantCopy)),
  };
}

/** Inserts a case inside the filing's transaction. */
export async function insertCase(
  tx: Db,
  holder: Holder,
  row: Omit<Case, "copy"> & {
    copy: ApplicantCopy;
    holderCheck?: Uint8Array | undefined;
    /** Where to write, sealed (`contact.server.ts`). */
    contact?: string | null;
    /** Public part of the copy's `letterKey`. */
    letterKey?: string;
  },
): Promise<void> {
  const { copy: content, ...columns } = row;
  const dataKey = newKey();
  await tx.insert(cases).values({
    ...columns,
    accessId: holder.id,
    wrappedKey: wrapFor(holder, "case", dataKey),
    applicantCopy: sealJson(dataKey, place(holder), content),
  });
}

/** Puts another copy in place of the one there was, inside the transaction that read it locked. */
export async function changeCase(
  tx: Db,
  holder: Holder,
  id: string,
  change: { copy: ApplicantCopy; completeness?: Case["completeness"]; contact?: string | null },
): Promise<void> {
  const { copy: content, ...columns } = change;
  const dataKey = newKey();
  await tx
    .update(cases)
    .set({
      ...columns,
      wrappedKey: wrapFor(holder, "case", dataKey),
      applicantCopy: sealJson(dataKey, place(holder), content),
    })
    .where(eq(cases.id, id));
}

/**
 * Gives a case to another access code, under a new data key: the old one opens nothing any more. Inside the transaction that
 * gives away everything of a code. @returns the id of the case; undefined if there is none
 */
export async function rewrapCase(tx: Db, from: Holder, to: Holder, now: Date): Promise<string | undefined> {
  const found = await findCase(tx, from, now, true);
  if (!found) return undefined;
  await changeCase(tx, to, found.id, { copy: found.copy });
  await tx.update(cases).set({ accessId: to.id }).where(eq(cases.id, found.id));
  return found.id;
}

/** An event to append. */
export type NewEvent = {
  caseId: string;
  authority: string;
  messageId: string;
  kind: CaseEvent["kind"];
  at: Date;
  codes?: readonly string[];
  /** The authority's message that says it, or is answered, where the same may be said of a message again. */
  statement?: string;
  proof?: string | undefined;
};

/** Appends an event; the same statement about the same message counts once. @returns whether it is new */
export async function appendEvent(tx: Db, event: NewEvent): Promise<boolean> {
  const { codes, ...columns } = event;
  const added = await tx
    .insert(events)
    .values({ ...columns, data: codes && codes.length > 0 ? { codes: [...codes] } : {} })
    .onConflictDoNothing({ target: [events.messageId, events.kind, events.statement] })
    .returning({ id: events.id });
  return added.length > 0;
}

/** All events of a case in the order in which they became known; the clocks of others do not sort them. */
export async function eventsOf(db: Db, caseId: string): Promise<CaseEvent[]> {
  const rows = await db
    .select({ event: events, message: outbox.kind })
    .from(events)
    .leftJoin(outbox, eq(outbox.id, events.messageId))
    .where(eq(events.caseId, caseId))
    .orderBy(asc(events.id));
  return rows.map(({ event, message }) => ({
    kind: eventKind.parse(event.kind),
    at: event.at.toISOString(),
    codes: event.data.codes ?? [],
    ...(isBeside(message) ? { beside: { kind: message, id: event.messageId } } : {}),
    ...(event.statement === "" ? {} : { letter: event.statement }),
  }));
}

const isBeside = (kind: string | null): kind is BesideKind =>
  kind === "supplement" || kind === "answer" || kind === "withdrawal";

/** The application's message of a case, which supplements add to. */
export async function applicationOf(db: Db, caseId: string): Promise<string | undefined> {
  const [row] = await db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.caseId, caseId), eq(outbox.kind, "application")));
  return row?.id;
}
