import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import { cases, documents } from "#drizzle/schema.ts";

/**
 * Notes the PDF of an application or a supplement, by its hash alone: whoever holds the file can have it checked. The same
 * file counts once; of a case that was deleted meanwhile nothing is noted.
 * @param filedAt when the message that the PDF shows was filed
 */
export async function recordDocument(db: Db, caseId: string, pdf: Uint8Array, filedAt: Date): Promise<void> {
  const [found] = await db
    .select({ authority: cases.authority, expiresAt: cases.expiresAt })
    .from(cases)
    .where(eq(cases.id, caseId));
  if (!found) return;
  const sha256 = createHash("sha256").update(pdf).digest("hex");
  await db
    .insert(documents)
    .values({ sha256, caseId, ...found, kind: "application", issuedAt: filedAt })
    .onConflictDoNothing({ target: documents.sha256 });
}
