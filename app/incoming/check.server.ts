import { eq, and } from "drizzle-orm";
import { z } from "zod";
import type { App } from "#app/context.server.ts";
import type { Authority } from "#app/config/authority.ts";
import { formatOf } from "#app/config/format.ts";
import type { Db } from "#app/db.server.ts";
import { eventsOf } from "#app/store/cases.server.ts";
import { hashOfLetter } from "#app/store/letters.server.ts";
import { readXml, type RefusalCode } from "#app/xml/parse.server.ts";
import type { Letter } from "#flows/delivery/standard.ts";
import { isOpen, statusOf } from "#flows/engine/status.ts";
import { cases, outbox } from "#drizzle/schema.ts";

/**
 * Why a message of an authority is not taken: it cannot be read (`RefusalCode`), it is not from this authority or not for this
 * service, nobody has the case, the case is over, or its id was used before for something else.
 */
type Refused = { code: RefusalCode | "foreignAuthority" | "unknownCase" | "closedCase" | "replayed" };

/** Reads a message as a letter of this authority to this service. */
export function readLetter(
  { config, standards }: Pick<App, "config" | "standards">,
  authority: Authority,
  bytes: Uint8Array,
): { letter: Letter } | Refused {
  const { transport } = authority;
  const standard = standards.get(formatOf(authority));
  // An authority that gets our own format has no standard in which it could write.
  if (!standard) return { code: "unknownMessage" };
  const read = readXml(bytes, standard);
  if (!read.ok) return { code: read.code };
  const letter = standard.read(read.message);
  if (!letter) return { code: "unknownMessage" };
  const isFromThem = "authorityKey" in transport && letter.from === transport.authorityKey;
  const isForUs = letter.to === config.operator.directory?.identifier;
  return isFromThem && isForUs ? { letter } : { code: "foreignAuthority" };
}

/** The case that a letter is about. */
export type Matched = { caseId: string; letterKey: string | null; expiresAt: Date };

// Whatever looks like one, as the schema has it: not everybody makes theirs by RFC 9562.
const uuid = z.guid();

/**
 * Finds the case of a letter, locked, so that nothing else happens to it until the caller's transaction ends. "again": the
 * very same letter was taken before.
 */
export async function matchLetter(
  tx: Db,
  authority: string,
  { letter, sha256, now }: { letter: Letter; sha256: string; now: Date },
): Promise<{ matched: Matched } | "again" | Refused> {
  if (![letter.id, letter.answersTo].every((id) => uuid.safeParse(id).success)) return { code: "invalid" };
  const [row] = await tx
    .select({ caseId: outbox.caseId })
    .from(outbox)
    .where(and(eq(outbox.id, letter.answersTo), eq(outbox.authority, authority)));
  const [found] = row ? await tx.select().from(cases).where(eq(cases.id, row.caseId)).for("update") : [];
  const before = await hashOfLetter(tx, authority, letter.id);
  if (before !== undefined) return before === sha256 ? "again" : { code: "replayed" };
  if (found?.reference !== letter.reference) return { code: "unknownCase" };
  const { id: caseId, letterKey, expiresAt } = found;
  if (expiresAt <= now || !isOpen(statusOf(await eventsOf(tx, caseId)))) return { code: "closedCase" };
  return { matched: { caseId, letterKey, expiresAt } };
}
