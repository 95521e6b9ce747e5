import { and, asc, eq } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "#app/db.server.ts";
import { openOfCase, sealForCase, type LetterKeyPrivate } from "#app/store/letterKey.server.ts";
import { SealError } from "#app/store/seal.server.ts";
import { eventKinds, type EventKind } from "#flows/engine/status.ts";
import { letters } from "#drizzle/incoming.ts";

const document = z.object({
  title: z.enum(["attachment", "appointment", "fee", "notice"]),
  format: z.enum(["pdf", "jpg"]),
  /** Where it lies among the case's files, and its key in base64url; absent if it was not what it said to be. */
  file: z.object({ id: z.uuid(), key: z.string() }).optional(),
});
export type KeptDocument = z.infer<typeof document>;

const contents = z.object({
  text: z.string().optional(),
  /** Until when an answer is due (ISO date). */
  deadline: z.string().optional(),
  appointment: z
    .object({
      date: z.string(),
      from: z.string(),
      to: z.string().optional(),
      place: z.string(),
      more: z.string().optional(),
    })
    .optional(),
  bookingUrl: z.string().optional(),
  /** Name of the authority that is competent instead. */
  competent: z.string().optional(),
  documents: z.array(document),
});
/** What an authority wrote; nothing of it is ever stored unsealed. */
export type LetterContents = z.infer<typeof contents>;

/** A letter as its holder sees it; without contents if the case has no key, or they cannot be opened. */
export type OpenedLetter = {
  id: string;
  messageId: string;
  kind: EventKind;
  receivedAt: Date;
  contents: LetterContents | undefined;
};

type NewLetter = {
  id: string;
  authority: string;
  caseId: string;
  messageId: string;
  kind: EventKind;
  receivedAt: Date;
  sha256: string;
};

const place = (caseId: string, id: string) => `${caseId}|letter|${id}`;
const eventKind = z.enum(eventKinds);

/** Stores a letter sealed for its case; of a case without a key only that there was one. */
export async function insertLetter(
  tx: Db,
  letter: NewLetter,
  { letterKey, value }: { letterKey: string | null; value: LetterContents },
): Promise<void> {
  const { id, caseId } = letter;
  const sealed = letterKey === null ? null : await sealForCase(letterKey, place(caseId, id), value);
  await tx.insert(letters).values({ ...letter, sealed });
}

/** SHA-256 (hex) of the letter that an authority sent under this id; undefined if there was none. */
export async function hashOfLetter(db: Db, authority: string, id: string): Promise<string | undefined> {
  const isIt = and(eq(letters.authority, authority), eq(letters.id, id));
  const [row] = await db.select({ sha256: letters.sha256 }).from(letters).where(isIt);
  return row?.sha256;
}

/** All letters of a case, the oldest first, opened for its holder. */
export async function lettersOf(
  db: Db,
  caseId: string,
  letterKey: LetterKeyPrivate | undefined,
): Promise<OpenedLetter[]> {
  const rows = await db
    .select()
    .from(letters)
    .where(eq(letters.caseId, caseId))
    .orderBy(asc(letters.receivedAt), asc(letters.id));
  return Promise.all(
    rows.map(async ({ id, messageId, kind, receivedAt, sealed }) => ({
      id,
      messageId,
      kind: eventKind.parse(kind),
      receivedAt,
      contents: await opened(letterKey, place(caseId, id), sealed),
    })),
  );
}

/** A damaged letter must not take the others, nor the status, from the person. */
async function opened(
  letterKey: LetterKeyPrivate | undefined,
  at: string,
  sealed: string | null,
): Promise<LetterContents | undefined> {
  if (letterKey === undefined || sealed === null) return undefined;
  try {
    return contents.parse(await openOfCase(letterKey, at, sealed));
  } catch (error) {
    if (error instanceof SealError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}
