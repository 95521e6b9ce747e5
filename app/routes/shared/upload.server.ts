import { randomUUID } from "node:crypto";
import type { AppLoadContext } from "@remix-run/node";
import { draftExpiry, saveDraft, type OpenDraft } from "#app/routes/shared/draft.server.ts";
import { drain, type PostedFile } from "#app/routes/shared/form.server.ts";
import type { DraftContent } from "#app/store/drafts.server.ts";
import { storeFile } from "#app/store/arrival.server.ts";
import { ownedBlobs, removeBlob, reserveBlob, setBlobSize } from "#app/store/files.server.ts";
import { newKey } from "#app/store/seal.server.ts";
import {
  MAX_CASE_BYTES,
  MAX_FILE_BYTES,
  MAX_FILES_PER_EVIDENCE,
  safeName,
  UploadRefused,
  type PendingUpload,
  type UploadReason,
} from "#app/store/upload.server.ts";
import {
  evidenceAnswers,
  type EvidenceAnswers,
  type EvidenceCode,
  type EvidenceEntry,
  type FileEntry,
} from "#flows/engine/evidence.ts";

/** What became of a posted file. */
export type Taken = { code: EvidenceCode; name: string; refused?: UploadReason };

/** The draft was filed or deleted while files were still coming in. */
export class DraftGone extends Error {
  readonly code = "draftGone";
}

/** An upload was removed while a file was made of it. */
export class UploadGone extends Error {
  readonly code = "uploadGone";
}

/** Changes the evidence of a draft. @throws DraftGone */
export async function changeEvidence(
  context: AppLoadContext,
  open: OpenDraft,
  change: (evidence: EvidenceAnswers) => EvidenceAnswers,
): Promise<EvidenceAnswers> {
  const saved = await saveDraft(context, open.holder, (content) => ({
    answers: { ...content.answers, evidence: change(evidenceAnswers(content.answers["evidence"])) },
  }));
  if (!saved) throw new DraftGone();
  return evidenceAnswers(saved.content.answers["evidence"]);
}

/** The entry of a code, empty if there is none. */
export function entryOf(evidence: EvidenceAnswers, code: EvidenceCode): EvidenceEntry {
  return evidence[code] ?? { files: [] };
}

const ownedRow = (context: AppLoadContext, { holder, draft }: OpenDraft, id: string) => ({
  id,
  authority: draft.authority,
  owner: holder.id,
  expiresAt: draftExpiry(context),
});

/** A file on its way in: the id and key that it keeps, and how many bytes it may have. */
export type Arriving = {
  id: string;
  key: Uint8Array;
  code: EvidenceCode;
  name: string;
  roomBytes: number;
  /** It came part by part, and is no file any more once it is not pending. */
  isPending: boolean;
};

/**
 * The one way in for every file, however its bytes come: looks at them while they go by, seals them, has pictures
 * written anew and notes the file in the draft. Whoever calls removes the blob when this throws.
 * @throws UploadRefused, UploadGone, DraftGone, or what the stream throws
 */
export async function accept(
  context: AppLoadContext,
  open: OpenDraft,
  { id, key, code, name, roomBytes, isPending }: Arriving,
  stream: AsyncIterable<Uint8Array>,
): Promise<FileEntry> {
  const { app } = context;
  const row = ownedRow(context, open, id);
  const stored = await storeFile(app, { row, key, roomBytes }, stream);
  const entry: FileEntry = { id, name, ...stored, key: Buffer.from(key).toString("base64url") };
  // A converted picture may be larger than the room that was kept for it.
  if (!(await setBlobSize(app.database.db, row, entry.size, MAX_CASE_BYTES))) throw new UploadRefused("caseFull");
  await noteFile(context, open, code, entry, isPending);
  return entry;
}

/** Notes a file that lies whole in the blob store; it is not pending any more then. @throws as `accept` */
async function noteFile(
  context: AppLoadContext,
  open: OpenDraft,
  code: EvidenceCode,
  entry: FileEntry,
  isPending: boolean,
): Promise<void> {
  const saved = await saveDraft(context, open.holder, ({ answers, pending }) => {
    const evidence = evidenceAnswers(answers["evidence"]);
    const { files } = entryOf(evidence, code);
    if (files.some(({ id }) => id === entry.id)) return undefined;
    if (isPending && !(pending && entry.id in pending)) throw new UploadGone();
    if (files.length >= MAX_FILES_PER_EVIDENCE) throw new UploadRefused("tooMany");
    return {
      answers: { ...answers, evidence: { ...evidence, [code]: { files: [...files, entry] } } },
      pending: withoutUpload(pending, entry.id),
    };
  });
  if (!saved) throw new DraftGone();
}

/** The uploads of a draft but one. */
export function withoutUpload(pending: DraftContent["pending"], id: string): DraftContent["pending"] {
  return Object.fromEntries(Object.entries(pending ?? {}).filter(([other]) => other !== id));
}

/**
 * Takes one file of a form: seals it part by part while it streams in and notes it in the draft at once, so that a
 * connection that breaks at the next file loses nothing. A file that cannot be taken leaves no trace and does not touch
 * the others.
 */
export async function takeFile(
  context: AppLoadContext,
  open: OpenDraft,
  code: EvidenceCode,
  file: PostedFile,
): Promise<Taken> {
  const { database, blobs } = context.app;
  const name = safeName(file.name);
  const [id, key] = [randomUUID(), newKey()];
  const row = { ...ownedRow(context, open, id), size: MAX_FILE_BYTES };
  const roomBytes = await reserveBlob(database.db, row, MAX_CASE_BYTES);
  try {
    const { size, original } = await accept(
      context,
      open,
      { id, key, code, name, roomBytes, isPending: false },
      file.stream,
    );
    await dropUnfinished(context, open, { code, name, size: original?.size ?? size });
    return { code, name };
  } catch (error) {
    await removeBlob(database.db, blobs, open.holder.id, id);
    if (!(error instanceof UploadRefused)) throw error;
    await drain(file);
    return { code, name, refused: error.reason };
  }
}

/** Removes an unfinished upload of the file that has now come in another way. */
async function dropUnfinished(
  context: AppLoadContext,
  open: OpenDraft,
  { code, name, size }: Pick<PendingUpload, "code" | "name" | "size">,
): Promise<void> {
  const same = Object.entries(open.draft.content.pending ?? {}).find(
    ([, other]) => other.code === code && other.name === name && other.size === size,
  );
  if (same) await dropUpload(context, open, same[0]);
}

/** Forgets an upload that is not finished, with its bytes. One that is finished meanwhile stays. */
export async function dropUpload(context: AppLoadContext, open: OpenDraft, id: string): Promise<void> {
  let wasPending = false;
  await saveDraft(context, open.holder, ({ pending }) => {
    wasPending = pending !== undefined && id in pending;
    return wasPending ? { pending: withoutUpload(pending, id) } : undefined;
  });
  if (wasPending) await removeBlob(context.app.database.db, context.app.blobs, open.holder.id, id);
}

/** Files of a supplement that the authority has been sent already: they belong to the case and stay as they are. */
export function sentFiles({ draft }: OpenDraft): ReadonlySet<string> {
  return new Set(draft.content.supplements?.sent);
}

/** Takes a file, or one that is still coming in, out of the draft and deletes its bytes. */
export async function dropFile(context: AppLoadContext, open: OpenDraft, id: string): Promise<void> {
  await dropUpload(context, open, id);
  const evidence = evidenceAnswers(open.draft.content.answers["evidence"]);
  const owned = Object.values(evidence).some((entry) => entry.files.some((file) => file.id === id));
  if (!owned || sentFiles(open).has(id)) return;
  await changeEvidence(context, open, (current) => withFiles(current, (file) => file.id !== id));
  await removeBlob(context.app.database.db, context.app.blobs, open.holder.id, id);
}

/** Takes files out of the draft whose bytes are gone, so that the person is asked for them again. */
export async function forgetMissingFiles(context: AppLoadContext, open: OpenDraft): Promise<void> {
  const evidence = evidenceAnswers(open.draft.content.answers["evidence"]);
  const ids = Object.values(evidence).flatMap((entry) => entry.files.map((file) => file.id));
  const owned = await ownedBlobs(context.app.database.db, open.holder.id, ids);
  const sent = sentFiles(open);
  await changeEvidence(context, open, (current) =>
    withFiles(current, (file) => owned.has(file.id) || sent.has(file.id)),
  );
}

function withFiles(evidence: EvidenceAnswers, keep: (file: FileEntry) => boolean): EvidenceAnswers {
  const entries = Object.entries(evidence).map(([code, entry]) => [
    code,
    { ...entry, files: entry.files.filter(keep) },
  ]);
  return Object.fromEntries(entries) as EvidenceAnswers;
}
