import { z } from "zod";
import { DeliveryError } from "../errors.ts";
import type { Progress } from "../transport.ts";

const id = z.guid().toLowerCase();
const tag = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

/** The authentication tags of all parts of one submission (last segments of the JWEs). */
export const tagSet = z.object({
  metadata: tag,
  data: tag,
  attachments: z.record(id, tag).default({}),
});

const part = z.object({ tag, sha512: z.string().regex(/^[a-f0-9]{128}$/), kid: z.string() });

/** Authentication tags by part; they reveal nothing of the content. */
export type TagSet = z.infer<typeof tagSet>;

const announced = z.object({
  stage: z.literal("announced"),
  /** Where it was announced: the authority's file may name another Zustellpunkt by now. */
  destinationId: id,
  submissionId: id,
  caseId: id,
  announcedAt: z.iso.datetime(),
  attachmentIds: z.array(id),
  /** Attachments that are there: tag, hash of the plaintext, and the key for which they were encrypted. */
  uploaded: z.record(id, part).default({}),
  /** Every tag with which uploading an attachment was tried. */
  triedTags: z.record(id, z.array(tag)).default({}),
});
/** `tags`: every set with which sending was tried, because a lost answer leaves open which one arrived. */
const sending = announced.extend({ stage: z.literal("sending"), tags: z.array(tagSet).min(1) });
/** `proof`: the signed statement (JWS) that the submission is complete. */
const sent = sending.extend({ stage: z.literal("sent"), proof: z.string() });

const progressSchema = z.discriminatedUnion("stage", [announced, sending, sent]);

/** How far a FIT-Connect delivery got. */
export type FitConnectProgress = z.infer<typeof progressSchema>;

/** A delivery whose submission is complete at the Zustelldienst. */
export type SentProgress = z.infer<typeof sent>;

/** A delivery that goes on. */
export type OpenProgress = Exclude<FitConnectProgress, SentProgress>;

/** Reads stored progress; nothing stored is the beginning. @throws DeliveryError unreadable */
export function parseProgress(progress: Progress): FitConnectProgress | undefined {
  if (Object.keys(progress).length === 0) return undefined;
  const parsed = progressSchema.safeParse(progress);
  if (parsed.success) return parsed.data;
  throw new DeliveryError("unreadable", false, { cause: new Error("Stored progress has another shape") });
}

/** The case that an earlier message of ours opened at this Zustellpunkt, if that message got so far. */
export function caseOf(progress: Progress | undefined, destinationId: string): string | undefined {
  const before = announced.omit({ stage: true }).safeParse(progress).data;
  return before?.destinationId === destinationId ? before.caseId : undefined;
}

/**
 * Whether all tags are ours, part by part: of two workers that overlapped one may have written an attachment and the other
 * the data. All of them encrypted the same contents.
 */
export function areOurs(tags: TagSet, progress: FitConnectProgress): boolean {
  const tried = progress.stage === "announced" ? [] : progress.tags;
  const { triedTags, uploaded, attachmentIds } = progress;
  const isOurs = (attachmentId: string) => {
    const found = tags.attachments[attachmentId];
    const own = [
      ...tried.map(({ attachments }) => attachments[attachmentId]),
      ...(triedTags[attachmentId] ?? []),
      uploaded[attachmentId]?.tag,
    ];
    return found !== undefined && own.includes(found);
  };
  return (
    tried.some(({ metadata }) => metadata === tags.metadata) &&
    tried.some(({ data }) => data === tags.data) &&
    Object.keys(tags.attachments).length === attachmentIds.length &&
    attachmentIds.every(isOurs)
  );
}

/** Whether two sets name the same parts with the same tags. */
export function sameTags(a: TagSet, b: TagSet): boolean {
  const ids = Object.keys(a.attachments);
  return (
    a.metadata === b.metadata &&
    a.data === b.data &&
    ids.length === Object.keys(b.attachments).length &&
    ids.every((attachmentId) => a.attachments[attachmentId] === b.attachments[attachmentId])
  );
}
