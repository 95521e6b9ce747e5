import { and, eq, ne } from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import { tellApplicant } from "#app/mail/queue.server.ts";
import { destroyKeys, type Settlement } from "#app/outbox/queue.server.ts";
import { appendEvent } from "#app/store/cases.server.ts";
import type { EventKind } from "#flows/engine/status.ts";
import { outbox } from "#drizzle/schema.ts";

/** What the receiving side said about a message. `letter`: the message of the authority that says it. */
export type Statement = {
  kind: EventKind;
  at: Date;
  codes: readonly string[];
  proof?: string | undefined;
  letter?: string;
};

/** The message that statements are about. */
export type About = { messageId: string; caseId: string; authority: string };

/**
 * Keeps what was said about a message: events, mails to the applicant, and after a withdrawal nothing that could be opened.
 * @returns the last statement that was new
 */
export async function keepStatements(
  tx: Db,
  about: About,
  statements: readonly Statement[],
  at: Date,
): Promise<EventKind | undefined> {
  let news: EventKind | undefined;
  for (const { letter, ...statement } of statements) {
    // Taken over is taken over, however often and by which way it is said.
    const own = letter === undefined || statement.kind === "accepted" ? {} : { statement: letter };
    if (!(await appendEvent(tx, { ...statement, ...about, ...own }))) continue;
    news = statement.kind;
    if (letter !== undefined && statement.kind !== "accepted") {
      await tellApplicant(tx, { ...about, purpose: "letter", letter, at });
    }
  }
  const has = (kind: EventKind) => statements.some((statement) => statement.kind === kind);
  const purpose = has("accepted") ? "accepted" : has("rejected") ? "rejected" : undefined;
  if (purpose) await tellApplicant(tx, { ...about, purpose, at });
  if (has("withdrawn")) await destroyKeys(tx, about.caseId);
  return news;
}

/** What becomes of a message with its acceptance (crypto-shredding): only the applicant can open it here any more. */
export const takenOver = {
  state: "accepted",
  attempts: 0,
  lastError: null,
  deliveryWrap: null,
} as const satisfies Settlement;

/** The authority itself says or shows that it has a message, in whatever state that is here; whoever is at work on it loses its hold. */
export async function settleAccepted(tx: Db, messageId: string): Promise<void> {
  await tx
    .update(outbox)
    .set({ ...takenOver, leasedUntil: null })
    .where(and(eq(outbox.id, messageId), ne(outbox.state, "accepted")));
}
