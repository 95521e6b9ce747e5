import { randomUUID } from "node:crypto";
import type { AppLoadContext } from "@remix-run/node";
import { draftExpiry, saveDraft, type OpenDraft } from "#app/routes/shared/draft.server.ts";
import { drain, type PostedFile } from "#app/routes/shared/form.server.ts";
import { bytesOf, ownedBlobs, registerBlob, removeBlob, setBlobSize } from "#app/store/files.server.ts";
import { newKey } from "#app/store/seal.server.ts";
import {
  inspect,
  MAX_CASE_BYTES,
  MAX_FILE_BYTES,
  MAX_FILES_PER_EVIDENCE,
  safeName,
  UploadRefused,
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

/**
 * Takes one file: seals it part by part while it streams in and notes it in the draft at once, so that a connection that
 * breaks at the next file loses nothing. A file that cannot be taken leaves no trace and does not touch the others.
 */
export async function takeFile(
  context: AppLoadContext,
  open: OpenDraft,
  code: EvidenceCode,
  file: PostedFile,
): Promise<Taken> {
  const { database, blobs } = context.app;
  const name = safeName(file.name);
  const id = randomUUID();
  const key = newKey();
  const room = MAX_CASE_BYTES - (await bytesOf(database.db, open.holder.id));
  const watched = inspect(file.stream, room);
  await registerBlob(database.db, {
    id,
    authority: open.draft.authority,
    owner: open.holder.id,
    size: MAX_FILE_BYTES,
    expiresAt: draftExpiry(context),
  });
  try {
    await blobs.write(id, key, watched.bytes);
    const entry: FileEntry = { id, name, ...watched.done(), key: Buffer.from(key).toString("base64url") };
    await setBlobSize(database.db, id, entry.size);
    await changeEvidence(context, open, (evidence) => {
      const { files } = entryOf(evidence, code);
      if (files.length >= MAX_FILES_PER_EVIDENCE) throw new UploadRefused("tooMany");
      return { ...evidence, [code]: { files: [...files, entry] } };
    });
    return { code, name };
  } catch (error) {
    await removeBlob(database.db, blobs, open.holder.id, id);
    if (!(error instanceof UploadRefused)) throw error;
    await drain(file);
    return { code, name, refused: error.reason };
  }
}

/** Takes files out of the draft and deletes their bytes. */
export async function dropFile(context: AppLoadContext, open: OpenDraft, id: string): Promise<void> {
  const evidence = evidenceAnswers(open.draft.content.answers["evidence"]);
  const owned = Object.values(evidence).some((entry) => entry.files.some((file) => file.id === id));
  if (!owned) return;
  await changeEvidence(context, open, (current) => withFiles(current, (file) => file.id !== id));
  await removeBlob(context.app.database.db, context.app.blobs, open.holder.id, id);
}

/** Takes files out of the draft whose bytes are gone, so that the person is asked for them again. */
export async function forgetMissingFiles(context: AppLoadContext, open: OpenDraft): Promise<void> {
  const evidence = evidenceAnswers(open.draft.content.answers["evidence"]);
  const ids = Object.values(evidence).flatMap((entry) => entry.files.map((file) => file.id));
  const owned = await ownedBlobs(context.app.database.db, open.holder.id, ids);
  await changeEvidence(context, open, (current) => withFiles(current, (file) => owned.has(file.id)));
}

function withFiles(evidence: EvidenceAnswers, keep: (file: FileEntry) => boolean): EvidenceAnswers {
  const entries = Object.entries(evidence).map(([code, entry]) => [
    code,
    { ...entry, files: entry.files.filter(keep) },
  ]);
  return Object.fromEntries(entries) as EvidenceAnswers;
}
