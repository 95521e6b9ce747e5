import { createHash } from "node:crypto";
import type { Metadata } from "./metadata.ts";
import { problem } from "./problems.ts";
import type { Report } from "./report.ts";

/** SHA-512 in lower-case hexadecimal, as the metadata hold it. */
export function sha512(bytes: Uint8Array): string {
  return createHash("sha512").update(bytes).digest("hex");
}

/** Compares the hashes of the metadata with the decrypted bytes. */
export function checkHashes(
  { contentStructure }: Metadata,
  data: Buffer | undefined,
  attachments: ReadonlyMap<string, Buffer>,
  report: Report,
): void {
  report.ran("hashes");
  const detail = "Prüfsumme der Metadaten passt nicht zum Inhalt";
  if (data && sha512(data) !== contentStructure.data.hash.content) {
    report.fail("hashes", problem("hash-mismatch", "data", detail));
  }
  for (const { attachmentId, hash } of contentStructure.attachments) {
    const bytes = attachments.get(attachmentId);
    if (bytes && sha512(bytes) !== hash.content) {
      report.fail("hashes", problem("hash-mismatch", `attachment:${attachmentId}`, detail));
    }
  }
}
