import { and, asc, eq, gt } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "#app/db.server.ts";
import { unwrapFor, wrapFor, type Holder } from "#app/store/holder.server.ts";
import { newKey, sealJson, unsealJson } from "#app/store/seal.server.ts";
import { eventKinds, type CaseEvent } from "#flows/engine/status.ts";
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

/** Puts a supplemented copy in place of the one there was, inside the filing's transaction. */
export async function supplementCase(
  tx: Db,
  holder: Holder,
  id: string,
  change: { copy: ApplicantCopy; completeness: Case["completeness"]; contact: string | null },
): Promise<void> {
  const dataKey = newKey();
  await tx
    .update(cases)
    .set({
      completeness: change.completeness,
      contact: change.contact,
      wrappedKey: wrapFor(holder, "case", dataKey),
      applicantCopy: sealJson(dataKey, place(holder), change.copy),
    })
    .where(eq(cases.id, id));
}

/** An event to append. */
export type NewEvent = {
  caseId: string;
  authority: string;
  messageId: string;
  kind: CaseEvent["kind"];
  at: Date;
  codes?: readonly string[];
  proof?: string | undefined;
};

/** Appends an event; the same statement about the same message counts once. @returns whether it is new */
export async function appendEvent(tx: Db, event: NewEvent): Promise<boolean> {
  const { codes, ...columns } = event;
  const added = await tx
    .insert(events)
    .values({ ...columns, data: codes && codes.length > 0 ? { codes: [...codes] } : {} })
    .onConflictDoNothing({ target: [events.messageId, events.kind] })
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
    ...(message === "supplement" ? { supplement: event.messageId } : {}),
  }));
}

/** The application's message of a case, which supplements add to. */
export async function applicationOf(db: Db, caseId: string): Promise<string | undefined> {
  const [row] = await db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.caseId, caseId), eq(outbox.kind, "application")));
  return row?.id;
}
