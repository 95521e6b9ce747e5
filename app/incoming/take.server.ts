import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import type { App } from "#app/context.server.ts";
import type { Authority } from "#app/config/authority.ts";
import { DeliveryError } from "#app/connector/errors.ts";
import type { Found, Verdict } from "#app/connector/transport.ts";
import { matchLetter, readLetter, type Matched } from "#app/incoming/check.server.ts";
import { dropDocuments, keepDocuments } from "#app/incoming/documents.server.ts";
import { keepStatements, settleAccepted } from "#app/outbox/statements.server.ts";
import { insertLetter, type KeptDocument } from "#app/store/letters.server.ts";
import { MOST_BYTES } from "#app/xml/document.server.ts";
import type { Letter } from "#flows/delivery/standard.ts";
import { refusals } from "#drizzle/incoming.ts";

/** What taking a message needs of the service. */
export type Taking = Pick<App, "blobs" | "config" | "database" | "log" | "now" | "standards">;

/**
 * Takes a message of an authority: seals it for the applicant alone, appends its event and tells the applicant, all or nothing.
 * The same message again is taken without effect; anything else that does not fit is refused, noted without its content, and
 * stays with the transport. Never throws: a message that cannot be dealt with now is left for later.
 */
export async function takeFound(app: Taking, authority: Authority, found: Found): Promise<Verdict> {
  try {
    const bytes = await bytesOf(found);
    const sha256 = bytes === undefined ? "" : createHash("sha256").update(bytes).digest("hex");
    const outcome = bytes === undefined ? { code: "tooLarge" } : await take(app, authority, bytes, sha256);
    if (outcome === "taken") return { kind: "taken" };
    await noteRefusal(app, { authority: authority.id, code: outcome.code, sha256, size: found.size });
    app.log.warn({ authority: authority.id, code: outcome.code }, "incoming");
    return { kind: "refused", code: outcome.code };
  } catch (error) {
    app.log.error({ authority: authority.id, code: faultOf(error) }, "incoming");
    return { kind: "later" };
  }
}

/** What went wrong, in a word: of errors nothing else may be told, for their texts quote what was read. */
export const faultOf = (error: unknown): string =>
  error instanceof DeliveryError ? error.code : error instanceof Error ? error.name : "unknown";

/** Nothing larger than a message may be is ever read; undefined for that. */
async function bytesOf(found: Found): Promise<Uint8Array | undefined> {
  if (found.size > MOST_BYTES) return undefined;
  try {
    const bytes = await found.read();
    return bytes.length > MOST_BYTES ? undefined : bytes;
  } catch (error) {
    if (error instanceof DeliveryError && error.code === "tooLarge") return undefined;
    throw error;
  }
}

async function take(
  app: Taking,
  authority: Authority,
  bytes: Uint8Array,
  sha256: string,
): Promise<"taken" | { code: string }> {
  const read = readLetter(app, authority, bytes);
  if ("code" in read) return read;
  const { letter } = read;
  const { db } = app.database;
  const asked = { letter, sha256, now: app.now() };
  const first = await db.transaction((tx) => matchLetter(tx, authority.id, asked));
  if (first === "again") return "taken";
  if ("code" in first) return first;
  const { matched } = first;
  const owner = { ...matched, authority: authority.id };
  // Nobody could open them without a key for the letter that names them.
  const documents = matched.letterKey === null ? [] : await keepDocuments(app, letter.documents, owner);
  let isKept = false;
  try {
    // The case may have ended while its files were written.
    const outcome = await db.transaction(async (tx) => {
      const now = await matchLetter(tx, authority.id, asked);
      if (now === "again") return "taken";
      if ("code" in now) return now;
      await keepLetter(app, tx, authority.id, { letter, sha256, documents, matched });
      return "kept";
    });
    isKept = outcome === "kept";
    return outcome === "kept" ? "taken" : outcome;
  } finally {
    if (!isKept) await dropDocuments(app, matched.caseId, documents);
  }
}

type Keeping = { letter: Letter; sha256: string; documents: KeptDocument[]; matched: Matched };

async function keepLetter(
  { now, log }: Taking,
  tx: Taking["database"]["db"],
  authority: string,
  { letter, sha256, documents, matched: { caseId, letterKey } }: Keeping,
): Promise<void> {
  const { id, answersTo: messageId, kind, codes, text, deadline, appointment, bookingUrl, competent } = letter;
  const receivedAt = now();
  const row = { id, authority, caseId, messageId, kind, receivedAt, sha256 };
  await insertLetter(tx, row, { letterKey, value: { text, deadline, appointment, bookingUrl, competent, documents } });
  // Whoever confirms a withdrawal has it, whether or not they ever say so.
  if (kind === "accepted" || kind === "withdrawn") await settleAccepted(tx, messageId);
  const about = { messageId, caseId, authority };
  // When it became known here: what the clocks of others say must not keep the case, nor end it.
  await keepStatements(tx, about, [{ kind, at: receivedAt, codes, letter: id }], receivedAt);
  log.info({ authority, message: messageId, kind }, "incoming");
}

async function noteRefusal(
  { database, now }: Taking,
  refusal: { authority: string; code: string; sha256: string; size: number },
): Promise<void> {
  const at = now();
  await database.db
    .insert(refusals)
    .values({ ...refusal, at })
    .onConflictDoUpdate({
      target: [refusals.authority, refusals.code, refusals.sha256],
      set: { at, size: refusal.size, times: sql`${refusals.times} + 1` },
    });
}
