import type { UploadAddress } from "#app/components/upload/httpServer.ts";

/** What a person sees of a file on its way. `closed`: the session or the draft ended meanwhile. */
export type UploadPhase = "queued" | "uploading" | "waiting" | "stopped" | "closed" | "refused" | "done";

/** A file on its way, as plain data. */
export type UploadRow = {
  key: string;
  /** The evidence it belongs to. */
  code: string;
  /** Id at the server, once there is one; of the file too, when it is done. */
  id: string | undefined;
  name: string;
  size: number;
  phase: UploadPhase;
  /** Whole percent of the bytes that the server has or that are leaving. */
  percent: number;
  /** Why it is refused, where the server said so. */
  message: string | undefined;
};

/** An upload of an earlier visit that can go on when the same file is chosen again. */
export type Unfinished = { id: string; code: string; name: string; size: number };

/** The queue of a page: what is in it, and what a person can do with it. */
export type UploadQueue = {
  rows: readonly UploadRow[];
  /** Ids of uploads that came to an end without a file; a page that was made before may still list them. */
  ended: readonly string[];
  add: (code: string, files: readonly File[]) => void;
  retry: (key: string) => void;
  remove: (key: string) => void;
};

/** What the queue needs of its page. */
export type QueueProps = {
  address: UploadAddress;
  unfinished: readonly Unfinished[];
  /** Ids of the files that the page lists by itself: the queue need not show them any more. */
  listed: readonly string[];
  onChange: (queue: UploadQueue) => void;
  /** The draft changed: a file became part of it, or an upload ended without. */
  onSettled: () => void;
};

/** True while a file is still on its way by itself. */
export function isUnderway({ phase }: UploadRow): boolean {
  return phase === "queued" || phase === "uploading" || phase === "waiting";
}

/** True for a file that does not come in unless the person does something. */
export function isStuck({ phase }: UploadRow): boolean {
  return phase === "stopped" || phase === "closed" || phase === "refused";
}
