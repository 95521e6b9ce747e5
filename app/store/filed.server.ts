import { and, eq, gt } from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import { cases, documents } from "#drizzle/schema.ts";

/**
 * What a check of a receipt may learn of a filed case, and what it compares without learning it. `filedAt` is the time of
 * the application; of the PDF of a supplement it is the supplement's own.
 */
export type Filed = { reference: string; authority: string; filedAt: Date; holderCheck: Uint8Array | undefined };

const columns = {
  reference: cases.reference,
  authority: cases.authority,
  filedAt: cases.filedAt,
  holderCheck: cases.holderCheck,
};

type Row = Omit<Filed, "holderCheck"> & { holderCheck: Uint8Array | null };
const filed = (row: Row | undefined): Filed | undefined => row && { ...row, holderCheck: row.holderCheck ?? undefined };

/** The filed case with a reference in its written form. One that was deleted is like one that never was. */
export async function filedByReference(db: Db, reference: string, now: Date): Promise<Filed | undefined> {
  const isAlive = and(eq(cases.reference, reference), gt(cases.expiresAt, now));
  const [row] = await db.select(columns).from(cases).where(isAlive);
  return filed(row);
}

/** The filed case that has a PDF with this SHA-256 in lower-case hex. */
export async function filedByDocument(db: Db, sha256: string, now: Date): Promise<Filed | undefined> {
  const isAlive = and(eq(documents.sha256, sha256), gt(cases.expiresAt, now));
  const [row] = await db
    .select({ ...columns, filedAt: documents.issuedAt })
    .from(documents)
    .innerJoin(cases, eq(cases.id, documents.caseId))
    .where(isAlive);
  return filed(row);
}
