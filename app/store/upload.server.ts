import { createHash } from "node:crypto";
import { z } from "zod";
import { PART_BYTES } from "#app/store/blobs.server.ts";
import { evidenceCodes, type FileEntry } from "#flows/engine/evidence.ts";

/** Largest file in bytes (domain 7). */
export const MAX_FILE_BYTES = 10_000_000;
/** All files of a draft together, in bytes. */
export const MAX_CASE_BYTES = 50_000_000;
/** Files for one piece of evidence. */
export const MAX_FILES_PER_EVIDENCE = 20;

/** Files of a draft that may be coming in part by part at the same time; people send two, others were left half-way. */
export const MAX_PENDING = 40;

/** Why a file is not taken; pages word it (`pages:uploadReason.<reason>`). */
export type UploadReason =
  | "empty"
  | "tooLarge"
  | "type"
  | "encrypted"
  | "damaged"
  | "tooMany"
  /** Too many files of the draft were begun and not finished. */
  | "tooManyBegun"
  /** The answers do not ask for this evidence, or not any more. */
  | "notAsked"
  | "caseFull"
  /** A picture with more pixels than can be opened. */
  | "tooManyPixels"
  /** A HEIC picture that cannot be read. */
  | "heic"
  /** So many pictures are being converted that this one has to come again. */
  | "busy";

/** A file is not taken. Expected, and shown to the person. */
export class UploadRefused extends Error {
  readonly reason: UploadReason;
  constructor(reason: UploadReason) {
    super(`File refused: ${reason}`);
    this.name = "UploadRefused";
    this.reason = reason;
  }
}

/** A file that is coming in part by part, as its draft remembers it. */
export const pendingUpload = z.object({
  code: z.enum(evidenceCodes),
  name: z.string().max(200),
  size: z.number().int().positive(),
  /** base64url of the file's own 256-bit key. */
  key: z.string().regex(/^[\w-]{43}$/),
});
export type PendingUpload = z.infer<typeof pendingUpload>;

/** How many parts a file of this size comes in. */
export function partsOf(size: number): number {
  return Math.ceil(size / PART_BYTES);
}

/** Bytes of one part: all are equally long but the last. `undefined` if the file has no such part. */
export function partBytes(size: number, index: number): number | undefined {
  if (!Number.isInteger(index) || index < 0 || index >= partsOf(size)) return undefined;
  return Math.min(PART_BYTES, size - index * PART_BYTES);
}

const WINDOW_BYTES = 2048;
const JPEG_END = Buffer.from([0xff, 0xd9]);
const ENCRYPTED = /\/Encrypt\s*(<<|\d+\s+\d+\s+R)/;

/** Kinds of file that may be handed in. */
export type FileKind = FileEntry["mimeType"] | "image/heic";

/** What was found out about a file while its bytes went by. */
export type Inspection = Pick<FileEntry, "size" | "sha512"> & { mimeType: FileKind };

/**
 * Passes the bytes of a file on and looks at them: kind by content (not by name), size, hash, password of a PDF, a proper
 * end. Throws before the last byte is passed on if the file cannot be taken, so that nothing of it is kept.
 * @throws UploadRefused
 */
export function inspect(
  bytes: AsyncIterable<Uint8Array>,
  roomBytes: number,
): { bytes: AsyncIterable<Uint8Array>; done: () => Inspection } {
  const hash = createHash("sha512");
  let size = 0;
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  let isEncrypted = false;
  // Phones append previews and films behind the end of the picture.
  let hasJpegEnd = false;
  let found: Inspection | undefined;

  async function* passed(): AsyncIterable<Uint8Array> {
    for await (const chunk of bytes) {
      size += chunk.length;
      if (size > MAX_FILE_BYTES) throw new UploadRefused("tooLarge");
      if (size > roomBytes) throw new UploadRefused("caseFull");
      hash.update(chunk);
      if (head.length < WINDOW_BYTES) head = Buffer.concat([head, chunk]).subarray(0, WINDOW_BYTES);
      const window = Buffer.concat([tail, chunk]);
      isEncrypted ||= ENCRYPTED.test(window.toString("latin1"));
      hasJpegEnd ||= window.includes(JPEG_END);
      tail = Buffer.from(window.subarray(-WINDOW_BYTES));
      yield chunk;
    }
    found = { mimeType: kindOf({ head, tail, isEncrypted, hasJpegEnd }), size, sha512: hash.digest("hex") };
  }
  return {
    bytes: passed(),
    done: () => {
      if (!found) throw new UploadRefused("damaged");
      return found;
    },
  };
}

type Seen = { head: Buffer; tail: Buffer; isEncrypted: boolean; hasJpegEnd: boolean };

const JPEG_START = Buffer.from([0xff, 0xd8, 0xff]);
const PNG_START = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** What phones write as HEIC says so in its first box; the decoder knows these main brands (ISO/IEC 23008-12). */
const HEIC_START = /^[\0-\xff]{4}ftyp(heic|heix|hevc|hevx|mif1|msf1)/;
const AVIF_BRAND = /^[\0-\xff]{8}(?:[\0-\xff]{4})*?avi[fs]/;

/** Bytes at the beginning of a file that show its kind. */
export const HEAD_BYTES = 1024;

/** The kind of a file by its first bytes, `undefined` if it is none that may be handed in. */
export function kindByHead(head: Buffer): FileKind | undefined {
  if (head.subarray(0, HEAD_BYTES).includes("%PDF-")) return "application/pdf";
  if (head.subarray(0, JPEG_START.length).equals(JPEG_START)) return "image/jpeg";
  if (head.subarray(0, PNG_START.length).equals(PNG_START)) return "image/png";
  const box = head.subarray(0, Math.min(64, head.length < 4 ? 0 : head.readUInt32BE(0))).toString("latin1");
  return HEIC_START.test(box) && !AVIF_BRAND.test(box) ? "image/heic" : undefined;
}

function kindOf({ head, tail, isEncrypted, hasJpegEnd }: Seen): FileKind {
  if (head.length === 0) throw new UploadRefused("empty");
  const kind = kindByHead(head);
  switch (kind) {
    case "application/pdf":
      if (isEncrypted) throw new UploadRefused("encrypted");
      if (!tail.includes("%%EOF")) throw new UploadRefused("damaged");
      return kind;
    case "image/jpeg":
      if (!hasJpegEnd) throw new UploadRefused("damaged");
      return kind;
    case "image/png":
      if (!tail.includes("IEND")) throw new UploadRefused("damaged");
      return kind;
    case "image/heic":
      return kind;
    case undefined:
      throw new UploadRefused("type");
  }
}

/** The name of a file as it may be shown: no path, no control or direction characters, not endless. */
export function safeName(name: string): string {
  const last = name.normalize("NFC").split(/[\\/]/).at(-1) ?? "";
  const clean = last.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, "").trim();
  const ending = /\.[A-Za-z0-9]{1,5}$/.exec(clean)?.[0] ?? "";
  const stem = clean
    .slice(0, clean.length - ending.length)
    .replace(/^\.+/, "")
    .slice(0, 100)
    // A character outside the basic plane is two units and must not lose one of them.
    .replace(/[\ud800-\udbff]$/, "");
  return `${stem || "datei"}${ending}`;
}
