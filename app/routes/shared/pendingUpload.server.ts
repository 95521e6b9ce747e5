import { createHash, randomUUID } from "node:crypto";
import type { AppLoadContext } from "@remix-run/node";
import { draftExpiry, saveDraft, type OpenDraft } from "#app/routes/shared/draft.server.ts";
import { accept, DraftGone, dropFile, dropUpload, entryOf, UploadGone } from "#app/routes/shared/upload.server.ts";
import { registerBlob, removeBlob, setBlobSize } from "#app/store/files.server.ts";
import { newKey, SealError } from "#app/store/seal.server.ts";
import {
  MAX_CASE_BYTES,
  MAX_FILE_BYTES,
  MAX_FILES_PER_EVIDENCE,
  MAX_PENDING,
  partBytes,
  partsOf,
  safeName,
  UploadRefused,
  type PendingUpload,
  type UploadReason,
} from "#app/store/upload.server.ts";
import { evidenceAnswers, type EvidenceCode, type FileEntry } from "#flows/engine/evidence.ts";

/** What a browser says about a file before it sends its parts. */
export type Announced = { code: EvidenceCode; name: string; size: number };

/** Parts of an upload: how many there are, and which of them are stored. */
export type UploadState = { id: string; parts: number; received: readonly number[] };

/** What became of an upload whose parts were all sent. */
export type Completed =
  | { kind: "done"; file: FileEntry }
  | { kind: "refused"; reason: UploadReason }
  /** These parts are not there, or have to be sent again. */
  | { kind: "missing"; parts: readonly number[] }
  /** Too many pictures are being converted: the parts stay, and completing may be tried again. */
  | { kind: "busy" }
  | { kind: "gone" };

const ownerRow = (context: AppLoadContext, { holder, draft }: OpenDraft) => ({
  authority: draft.authority,
  owner: holder.id,
  expiresAt: draftExpiry(context),
});

/** An upload of this draft that is not finished. */
function uploadOf({ draft }: OpenDraft, id: string): PendingUpload | undefined {
  const { pending = {} } = draft.content;
  return Object.hasOwn(pending, id) ? pending[id] : undefined;
}

function fileOf({ draft }: OpenDraft, id: string): FileEntry | undefined {
  const entries = Object.values(evidenceAnswers(draft.content.answers["evidence"]));
  return entries.flatMap(({ files }) => files).find((file) => file.id === id);
}

/**
 * Begins an upload: notes it with its key in the draft and keeps room for it. Refuses early what would be refused late.
 * @throws UploadRefused, DraftGone
 */
export async function beginUpload(context: AppLoadContext, open: OpenDraft, file: Announced): Promise<UploadState> {
  const { database, blobs } = context.app;
  const { code, size } = file;
  if (size === 0) throw new UploadRefused("empty");
  if (size > MAX_FILE_BYTES) throw new UploadRefused("tooLarge");
  await dropBroken(context, open);
  const id = randomUUID();
  const upload: PendingUpload = {
    code,
    name: safeName(file.name),
    size,
    key: Buffer.from(newKey()).toString("base64url"),
  };
  const row = { ...ownerRow(context, open), id };
  // The row first, still without room: the sweep finds what dies from here on. The folder before the draft: a draft that
  // names an upload without one looks broken to the next request, and two come at once.
  await registerBlob(database.db, { ...row, size: 0 });
  try {
    await blobs.parts.begin(id);
    const saved = await saveDraft(context, open.holder, ({ answers, pending = {} }) => {
      const { files } = entryOf(evidenceAnswers(answers["evidence"]), code);
      const coming = Object.values(pending).filter((other) => other.code === code);
      if (files.length + coming.length >= MAX_FILES_PER_EVIDENCE) throw new UploadRefused("tooMany");
      if (Object.keys(pending).length >= MAX_PENDING) throw new UploadRefused("tooManyBegun");
      return { pending: { ...pending, [id]: upload } };
    });
    if (!saved) throw new DraftGone();
    if (!(await setBlobSize(database.db, row, size, MAX_CASE_BYTES))) throw new UploadRefused("caseFull");
  } catch (error) {
    await dropUpload(context, open, id);
    await removeBlob(database.db, blobs, open.holder.id, id);
    throw error;
  }
  return { id, parts: partsOf(size), received: [] };
}

/** Forgets uploads whose beginning was cut off: they can take no part and would keep their room. */
async function dropBroken(context: AppLoadContext, open: OpenDraft): Promise<void> {
  for (const id of Object.keys(open.draft.content.pending ?? {})) {
    if ((await context.app.blobs.parts.received(id)) === undefined) await dropUpload(context, open, id);
  }
}

/** Which parts of an upload are stored; `undefined` if this draft has no such upload, or none any more. */
export async function lookUpUpload(
  { app }: AppLoadContext,
  open: OpenDraft,
  id: string,
): Promise<UploadState | undefined> {
  const upload = uploadOf(open, id);
  const received = upload && (await app.blobs.parts.received(id));
  return received && { id, parts: partsOf(upload.size), received };
}

/** How many bytes a part of an upload must have; `undefined` if there is no such upload or part. */
export function expectedBytes(open: OpenDraft, id: string, index: number): number | undefined {
  const upload = uploadOf(open, id);
  return upload && partBytes(upload.size, index);
}

/** Stores a part of the expected length durably. False if the upload is gone. */
export async function putPart(
  { app }: AppLoadContext,
  open: OpenDraft,
  id: string,
  index: number,
  bytes: Uint8Array,
): Promise<boolean> {
  const upload = uploadOf(open, id);
  if (!upload) return false;
  const place = { index, last: index === partsOf(upload.size) - 1 };
  return app.blobs.parts.write(id, keyOf(upload), place, bytes);
}

const keyOf = ({ key }: PendingUpload) => Buffer.from(key, "base64url");

/** Uploads of which a file is being made in this process. */
const running = new Map<string, Promise<Completed>>();

/**
 * Makes a file of the parts, on the same way in as a file of a form. Safe to repeat: an upload that is a file already
 * gives that file, and who asks again meanwhile gets the answer of the first; nothing is converted twice.
 * @param sha512 hash of the file in the browser: parts of a file that changed meanwhile are asked for again
 * @throws DraftGone
 */
export async function completeUpload(
  context: AppLoadContext,
  open: OpenDraft,
  id: string,
  sha512?: string,
): Promise<Completed> {
  if (!uploadOf(open, id) && !fileOf(open, id)) return { kind: "gone" };
  const key = `${id} ${sha512 ?? ""}`;
  const work = running.get(key) ?? complete(context, open, id, sha512).finally(() => running.delete(key));
  running.set(key, work);
  return work;
}

async function complete(
  context: AppLoadContext,
  open: OpenDraft,
  id: string,
  sha512: string | undefined,
): Promise<Completed> {
  const { database, blobs } = context.app;
  const { parts } = blobs;
  const finished = fileOf(open, id);
  const upload = uploadOf(open, id);
  if (finished) {
    await parts.remove(id);
    return { kind: "done", file: finished };
  }
  const received = upload && (await parts.received(id));
  if (!received) return { kind: "gone" };
  const { code, name, size } = upload;
  const all = Array.from({ length: partsOf(size) }, (_, index) => index);
  const missing = all.filter((index) => !received.includes(index));
  if (missing.length > 0) return { kind: "missing", parts: missing };
  const read = () => parts.read(id, keyOf(upload), all.length);
  if (!(await isWhole(read(), sha512))) {
    await parts.clear(id);
    return { kind: "missing", parts: all };
  }
  try {
    const arriving = { id, key: keyOf(upload), code, name, roomBytes: size, isPending: true };
    const file = await accept(context, open, arriving, read());
    await parts.remove(id);
    return { kind: "done", file };
  } catch (error) {
    if (error instanceof UploadGone || error instanceof DraftGone) {
      // What was written after the removal would be found by nobody.
      await removeBlob(database.db, blobs, open.holder.id, id);
      if (error instanceof UploadGone) return { kind: "gone" };
    }
    if (!(error instanceof UploadRefused)) throw error;
    if (error.reason === "busy") return { kind: "busy" };
    await dropUpload(context, open, id);
    return { kind: "refused", reason: error.reason };
  }
}

/** True if all parts open and, where a hash is given, are together what the browser has. */
async function isWhole(bytes: AsyncIterable<Uint8Array>, sha512: string | undefined): Promise<boolean> {
  const hash = createHash("sha512");
  try {
    for await (const part of bytes) hash.update(part);
  } catch (error) {
    if (error instanceof SealError) return false;
    throw error;
  }
  return sha512 === undefined || sha512 === hash.digest("hex");
}

/** Ends an upload, finished or not. False if this draft has no such upload. */
export async function cancelUpload(context: AppLoadContext, open: OpenDraft, id: string): Promise<boolean> {
  if (!uploadOf(open, id) && !fileOf(open, id)) return false;
  await dropFile(context, open, id);
  return true;
}
