import { and, asc, eq, gt } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "#app/db.server.ts";
import { unwrapFor, wrapFor, type Holder } from "#app/store/holder.server.ts";
import { newKey, sealJson, unsealJson } from "#app/store/seal.server.ts";
import { eventKinds, type CaseEvent } from "#flows/engine/status.ts";
import { cases, events } from "#drizzle/schema.ts";

const copy = z.object({ payload: z.string(), language: z.string() });
/** The applicant's own copy of what was filed, readable only with the access code. */
export type ApplicantCopy = z.infer<typeof copy>;

/** A filed case as its holder sees it. */
export type Case = {
  id: string;
  authority: string;
  reference: string;
  service: string;
  receipt: string;
  filedAt: Date;
  expiresAt: Date;
  copy: ApplicantCopy;
};

const place = (holder: Holder) => `${holder.id}|case|copy`;
const eventKind = z.enum(eventKinds);

/** Finds the case of an access code. @throws SealError when damaged */
export async function findCase(db: Db, holder: Holder, now: Date): Promise<Case | undefined> {
  const [row] = await db
    .select()
    .from(cases)
    .where(and(eq(cases.accessId, holder.id), gt(cases.expiresAt, now)));
  if (!row) return undefined;
  const dataKey = unwrapFor(holder, "case", row.wrappedKey);
  const { id, authority, reference, service, receipt, filedAt, expiresAt } = row;
  return {
    id,
    authority,
    reference,
    service,
    receipt,
    filedAt,
    expiresAt,
    copy: copy.parse(unsealJson(dataKey, place(holder), row.applicantCopy)),
  };
}

/** Inserts a case inside the filing's transaction. */
export async function insertCase(
  tx: Db,
  holder: Holder,
  row: Omit<Case, "copy"> & { copy: ApplicantCopy },
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

/** Appends an event; the same statement about the same message counts once. */
export async function appendEvent(tx: Db, event: NewEvent): Promise<void> {
  const { codes, ...columns } = event;
  await tx
    .insert(events)
    .values({ ...columns, data: codes && codes.length > 0 ? { codes: [...codes] } : {} })
    .onConflictDoNothing({ target: [events.messageId, events.kind] });
}

/** All events of a case in the order in which they became known; the clocks of others do not sort them. */
export async function eventsOf(db: Db, caseId: string): Promise<CaseEvent[]> {
  const rows = await db.select().from(events).where(eq(events.caseId, caseId)).orderBy(asc(events.id));
  return rows.map((row) => ({
    kind: eventKind.parse(row.kind),
    at: row.at.toISOString(),
    codes: row.data.codes ?? [],
  }));
}
