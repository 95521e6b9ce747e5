import { z } from "zod";
import { DeliveryError } from "../errors.ts";
import type { Progress } from "../transport.ts";

const place = z.object({
  /** Where it lies: the authority's file may name another place by now. */
  gateway: z.string(),
  mailbox: z.string(),
  messageId: z.string(),
});
const writing = place.extend({ stage: z.literal("writing") });
/** `folder`: the whole message, under a name that nobody but this transport touches. */
const renaming = place.extend({
  stage: z.literal("renaming"),
  folder: z.string().regex(/^\.tmp-[0-9a-z-]+$/),
  digest: z.string(),
});
const sent = place.extend({ stage: z.literal("sent") });

const stored = z.discriminatedUnion("stage", [writing, renaming, sent]);

/** How far a delivery into a folder got. */
export type DropProgress = z.infer<typeof stored>;
/** A delivery that was written and is about to get its final name. */
export type RenamingProgress = z.infer<typeof renaming>;
/** A delivery that has its final name. */
export type SentProgress = z.infer<typeof sent>;

/** Reads stored progress; nothing stored is the beginning. @throws DeliveryError unreadable */
export function parseProgress(progress: Progress): DropProgress | undefined {
  if (Object.keys(progress).length === 0) return undefined;
  const parsed = stored.safeParse(progress);
  if (parsed.success) return parsed.data;
  throw new DeliveryError("unreadable", false, { cause: new Error("Stored progress has another shape") });
}

/** The message of ours that this progress speaks of, if it got into a folder at all. */
export function messageOf(progress: Progress | undefined): string | undefined {
  return place.safeParse(progress).data?.messageId;
}
