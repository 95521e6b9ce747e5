import { and, eq, gt, lt } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "#app/db.server.ts";
import { prolongBlobs } from "#app/store/files.server.ts";
import { unwrapFor, wrapFor, type Holder } from "#app/store/holder.server.ts";
import { newKey, sealJson, unsealJson } from "#app/store/seal.server.ts";
import { pendingUpload } from "#app/store/upload.server.ts";
import { householdPlace } from "#flows/household/place.ts";
import { blobs, drafts } from "#drizzle/schema.ts";

const supplement = z.object({
  caseId: z.uuid(),
  /** Message id of the application. */
  messageId: z.uuid(),
  reference: z.string(),
  service: z.string(),
  /** Ids of files that the authority has been sent already; they belong to the case. */
  sent: z.array(z.string()),
});
/** What a draft adds to: a filed case of the same access code. */
export type Supplement = z.infer<typeof supplement>;

const content = z.object({
  answers: z.record(z.string(), z.unknown()),
  /** Service and version the answers were given for; another version still opens. */
  service: z.string().nullable(),
  version: z.string().nullable(),
  language: z.string(),
  /** Per step: revision of its last save, to notice a change in another tab. */
  revisions: z.record(z.string(), z.number()).default({}),
  /** The last refused post of a step, shown again. */
  refused: z
    .object({ step: z.string(), form: z.record(z.string(), z.array(z.string())) })
    .nullable()
    .default(null),
  codeShown: z.boolean().default(false),
  supplements: supplement.optional(),
  /** Among which applications it stands; one from before and one of a person alone may say nothing. */
  household: householdPlace.optional(),
  /** Begun with the help of somebody: id of the `helped` row. */
  helped: z.int().optional(),
  /** Files that are still coming in part by part, by the id that they have and keep. */
  pending: z.record(z.uuid(), pendingUpload).optional(),
  savedAt: z.string(),
});
/** What a draft holds, sealed. */
export type DraftContent = z.infer<typeof content>;

/** An opened draft. */
export type Draft = {
  authority: string;
  revision: number;
  expiresAt: Date;
  dataKey: Uint8Array;
  content: DraftContent;
};

const place = (holder: Holder) => `${holder.id}|draft|content`;

/** Opens the draft of a code; `undefined` if there is none, or none any more. @throws SealError when damaged */
export async function findDraft(db: Db, holder: Holder, now: Date, lock = false): Promise<Draft | undefined> {
  const query = db
    .select()
    .from(drafts)
    .where(and(eq(drafts.id, holder.id), gt(drafts.expiresAt, now)));
  const [row] = await (lock ? query.for("update") : query);
  if (!row) return undefined;
  const dataKey = unwrapFor(holder, "draft", row.wrappedKey);
  const { authority, revision, expiresAt } = row;
  return {
    authority,
    revision,
    expiresAt,
    dataKey,
    content: content.parse(unsealJson(dataKey, place(holder), row.sealed)),
  };
}

/** Creates the draft of a code; if there is one already, that one stays. @returns whether it was created */
export async function createDraft(
  db: Db,
  holder: Holder,
  start: { authority: string; content: DraftContent; expiresAt: Date },
): Promise<boolean> {
  const dataKey = newKey();
  const row = {
    id: holder.id,
    authority: start.authority,
    revision: 1,
    wrappedKey: wrapFor(holder, "draft", dataKey),
    sealed: sealJson(dataKey, place(holder), start.content),
    expiresAt: start.expiresAt,
  };
  const created = await db
    .insert(drafts)
    .values(row)
    .onConflictDoNothing({ target: drafts.id })
    .returning({ id: drafts.id });
  return created.length > 0;
}

/**
 * Changes a draft in one transaction: reads it locked, lets `change` make the new content, stores it with the next
 * revision and a new expiry, which its files get too. `undefined` from `change` leaves the draft as it is.
 */
export async function changeDraft(
  db: Db,
  holder: Holder,
  time: { now: Date; expiresAt: Date },
  change: (draft: Draft) => DraftContent | undefined,
): Promise<Draft | undefined> {
  return db.transaction(async (tx) => {
    const draft = await findDraft(tx, holder, time.now, true);
    if (!draft) return undefined;
    const changed = change(draft);
    if (!changed) return draft;
    const revision = draft.revision + 1;
    await tx
      .update(drafts)
      .set({ revision, sealed: sealJson(draft.dataKey, place(holder), changed), expiresAt: time.expiresAt })
      .where(eq(drafts.id, holder.id));
    await prolongBlobs(tx, holder.id, time.expiresAt);
    return { ...draft, revision, expiresAt: time.expiresAt, content: changed };
  });
}

/** Takes a draft with its files to another authority. */
export async function moveDraft(db: Db, holder: Holder, authority: string): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(drafts).set({ authority }).where(eq(drafts.id, holder.id));
    await tx.update(blobs).set({ authority }).where(eq(blobs.owner, holder.id));
  });
}

/**
 * Gives a draft with its files to another access code, under a new data key: the old one opens nothing any more. Inside the
 * transaction that gives away everything of a code. @returns the content; undefined if there is no draft
 */
export async function rewrapDraft(tx: Db, from: Holder, to: Holder, now: Date): Promise<DraftContent | undefined> {
  const draft = await findDraft(tx, from, now, true);
  if (!draft) return undefined;
  const dataKey = newKey();
  const changed = {
    id: to.id,
    revision: draft.revision + 1,
    wrappedKey: wrapFor(to, "draft", dataKey),
    sealed: sealJson(dataKey, place(to), draft.content),
  };
  await tx.update(drafts).set(changed).where(eq(drafts.id, from.id));
  await tx.update(blobs).set({ owner: to.id }).where(eq(blobs.owner, from.id));
  return draft.content;
}

/** Deletes a draft; its files are removed by the caller's sweep of blobs without owner. */
export async function deleteDraft(db: Db, holder: Holder): Promise<void> {
  await db.delete(drafts).where(eq(drafts.id, holder.id));
}

/** Deletes drafts past their date (architecture 9: 30 days after the last edit). */
export async function sweepDrafts(db: Db, now: Date): Promise<void> {
  await db.delete(drafts).where(lt(drafts.expiresAt, now));
}
