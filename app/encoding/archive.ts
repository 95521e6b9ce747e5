import { createHash } from "node:crypto";
import { zipSync } from "fflate";

/** A file of an archive. */
type Entry = { name: string; bytes: Uint8Array };

/** Bytes of the records of a ZIP without names (APPNOTE 4.3): before a file, in the list of files, at the end. */
const RECORDS = { file: 30, listed: 46, end: 22 } as const;

/** Files in a ZIP, uncompressed: PDF and JPEG hardly get smaller, and its size is known beforehand. The same files give the same bytes. */
export function archiveOf(files: readonly Entry[]): Uint8Array {
  // ZIP has local times and knows none before: the same whatever the clock and the time zone.
  const named = Object.fromEntries(files.map(({ name, bytes }) => [name, bytes]));
  return zipSync(named, { level: 0, mtime: new Date(1980, 0, 1) });
}

/** Bytes that `archiveOf` will give. Names are ASCII. */
export function archiveSize(files: readonly { name: string; size: number }[]): number {
  return files.reduce<number>(
    (sum, { name, size }) => sum + size + RECORDS.file + RECORDS.listed + 2 * name.length,
    RECORDS.end,
  );
}

/** UUID of a package of a message (RFC 9562, version 8): always the same for the same package. */
export function packageId(messageId: string, number: number): string {
  const hex = createHash("sha256").update(`${messageId} package ${number}`).digest("hex");
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
