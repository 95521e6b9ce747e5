import { DeliveryError } from "../errors.ts";
import type { Attachment, Progress } from "../transport.ts";
import { encryptPart, sha512, type EncryptedPart, type EncryptionKey } from "./encrypt.server.ts";
import type { HashedAttachment } from "./metadata.server.ts";
import type { OpenProgress } from "./progress.server.ts";
import { write, type SubmissionCalls, type Target, type WriteOutcome } from "./submission.server.ts";
import { LIMITS } from "./unverified.ts";

// Often enough that a worker that dies loses little, seldom enough not to write to the database with every small file.
const SAVE_EVERY_MS = 3_000;

/** Attachments that are uploaded; `reused` if some were so before. `open` knows all of them. */
export type Uploaded = { outcome: WriteOutcome; open: OpenProgress; hashed: HashedAttachment[]; reused: boolean };

/**
 * Uploads what is not there yet for the key in force, one attachment after the other because parallel uploads are refused.
 * What was done is saved now and then, the tag of an upload before it begins: it may arrive although this worker is lost.
 */
export async function uploadAttachments(
  calls: SubmissionCalls,
  target: Target,
  before: OpenProgress,
  attachments: readonly Attachment[],
  save: (progress: Progress) => Promise<void>,
): Promise<Uploaded> {
  let open = before;
  let savedAt = -Infinity;
  let total = 0;
  let reused = false;
  const hashed: HashedAttachment[] = [];
  for (const attachment of attachments) {
    const { id } = attachment;
    const there = open.uploaded[id];
    if (there?.kid === target.key.kid) {
      reused = true;
      total += encryptedLength(attachment.size ?? 0);
      hashed.push({ attachment, sha512: there.sha512 });
      continue;
    }
    const trying = async (tag: string) => {
      open = { ...open, triedTags: { ...open.triedTags, [id]: [...(open.triedTags[id] ?? []), tag] } };
      if (calls.client.now() - savedAt < SAVE_EVERY_MS) return;
      await save(open);
      savedAt = calls.client.now();
    };
    const { outcome, length, ...part } = await uploadOne(calls, target, open.submissionId, attachment, total, trying);
    if (outcome !== "taken") return { outcome, open, hashed, reused };
    total += length;
    open = { ...open, uploaded: { ...open.uploaded, [id]: part } };
    hashed.push({ attachment, sha512: part.sha512 });
  }
  return { outcome: "taken", open, hashed, reused };
}

/** Forgets that attachments are uploaded: the Zustelldienst may have lost them. Their tags stay ours. */
export function withoutUploads(open: OpenProgress): OpenProgress {
  return { ...open, uploaded: {} };
}

/** The least length that bytes have as a JWE. */
export function encryptedLength(bytes: number): number {
  return Math.ceil((bytes * 4) / 3);
}

// A function of its own, so that one file is out of reach before the next is read.
async function uploadOne(
  calls: SubmissionCalls,
  { key }: Target,
  submissionId: string,
  attachment: Attachment,
  total: number,
  trying: (tag: string) => Promise<void>,
) {
  const { hash, part } = await readAndEncrypt(attachment, key);
  const { length } = part.jwe;
  if (length > LIMITS.attachmentBytes || total + length > LIMITS.submissionBytes)
    throw new DeliveryError("tooLarge", false);
  await trying(part.tag);
  const url = `${calls.config.submissionUrl}/v2/submissions/${submissionId}/attachments/${attachment.id}`;
  const headers = { "Content-Type": "application/jose" };
  const outcome = await write(calls.client, { method: "PUT", url, headers, body: part.jwe });
  return { outcome, length, tag: part.tag, sha512: hash, kid: key.kid };
}

// The plaintext is out of reach before the upload begins.
async function readAndEncrypt(
  attachment: Attachment,
  key: EncryptionKey,
): Promise<{ hash: string; part: EncryptedPart }> {
  let bytes: Uint8Array;
  try {
    bytes = await attachment.read();
  } catch (cause) {
    // The reader may know whether trying again helps; nobody else does.
    throw cause instanceof DeliveryError ? cause : new DeliveryError("unreadable", true, { cause });
  }
  return { hash: attachment.sha512 ?? sha512(bytes), part: encryptPart(bytes, attachment.mimeType, key) };
}
