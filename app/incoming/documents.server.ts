import { randomUUID } from "node:crypto";
import type { App } from "#app/context.server.ts";
import type { Matched } from "#app/incoming/check.server.ts";
import { registerBlob, removeBlob } from "#app/store/files.server.ts";
import type { KeptDocument } from "#app/store/letters.server.ts";
import { newKey } from "#app/store/seal.server.ts";
import { kindByHead } from "#app/store/upload.server.ts";
import type { ReceivedDocument } from "#flows/delivery/standard.ts";

const kinds = { pdf: "application/pdf", jpg: "image/jpeg" } as const;

type Owner = Pick<Matched, "caseId" | "expiresAt"> & { authority: string };

/**
 * Keeps the documents of a letter among the case's files, each sealed with a key of its own that only the letter names. One
 * that is not of the format that it says to be is never offered to anybody: it is noted without a file.
 */
export async function keepDocuments(
  { database, blobs }: Pick<App, "blobs" | "database">,
  documents: readonly ReceivedDocument[],
  { caseId, authority, expiresAt }: Owner,
): Promise<KeptDocument[]> {
  const kept: KeptDocument[] = [];
  try {
    for (const { title, format, base64 } of documents) {
      const bytes = Buffer.from(base64, "base64");
      const isWhat = kindByHead(bytes) === kinds[format];
      const [id, key] = [randomUUID(), newKey()];
      kept.push({ title, format, ...(isWhat ? { file: { id, key: Buffer.from(key).toString("base64url") } } : {}) });
      if (!isWhat) continue;
      await registerBlob(database.db, { id, authority, owner: caseId, size: bytes.length, expiresAt });
      await blobs.write(id, key, once(bytes));
    }
  } catch (error) {
    await dropDocuments({ database, blobs }, caseId, kept);
    throw error;
  }
  return kept;
}

/** Removes the documents of a letter that was not taken after all. */
export async function dropDocuments(
  { database, blobs }: Pick<App, "blobs" | "database">,
  caseId: string,
  documents: readonly KeptDocument[],
): Promise<void> {
  for (const { file } of documents) if (file) await removeBlob(database.db, blobs, caseId, file.id);
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
