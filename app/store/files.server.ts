import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import type { BlobStore } from "#app/store/blobs.server.ts";
import { blobs, drafts } from "#drizzle/schema.ts";

/** A blob's row: who owns it and until when. */
export type BlobRow = { id: string; authority: string; owner: string; size: number; expiresAt: Date };

/** Registers blobs before their bytes are written: an upload that dies leaves a row that the sweep finds. */
export async function registerBlob(db: Db, row: BlobRow): Promise<void> {
  await db.insert(blobs).values(row);
}

/**
 * Registers a blob of a draft with as many of its bytes as the draft has room for.
 * @returns the bytes it may have: `row.size`, or what is left of `mostBytes` if that is less
 */
export async function reserveBlob(db: Db, row: BlobRow, mostBytes: number): Promise<number> {
  return db.transaction(async (tx) => {
    // Two files that come in at the same moment must not both take the last room.
    await tx.select({ id: drafts.id }).from(drafts).where(eq(drafts.id, row.owner)).for("update");
    const size = Math.min(row.size, Math.max(0, mostBytes - (await bytesOf(tx, row.owner))));
    await tx.insert(blobs).values({ ...row, size });
    return size;
  });
}

/** Notes the size of a draft's blob once it is known. False if the draft has no room for it. */
export async function setBlobSize(
  db: Db,
  { id, owner }: Pick<BlobRow, "id" | "owner">,
  size: number,
  mostBytes: number,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    await tx.select({ id: drafts.id }).from(drafts).where(eq(drafts.id, owner)).for("update");
    await tx.update(blobs).set({ size }).where(eq(blobs.id, id));
    return (await bytesOf(tx, owner)) <= mostBytes;
  });
}

/** Gives the draft's files to the case, inside the filing's transaction. False if one of them is not there any more. */
export async function adoptBlobs(
  tx: Db,
  draftId: string,
  caseId: string,
  ids: readonly string[],
  expiresAt: Date,
): Promise<boolean> {
  if (ids.length === 0) return true;
  const adopted = await tx
    .update(blobs)
    .set({ owner: caseId, expiresAt })
    .where(and(eq(blobs.owner, draftId), inArray(blobs.id, [...ids])))
    .returning({ id: blobs.id });
  return adopted.length === ids.length;
}

/** Keeps files as long as their owner. */
export async function prolongBlobs(db: Db, owner: string, expiresAt: Date): Promise<void> {
  await db.update(blobs).set({ expiresAt }).where(eq(blobs.owner, owner));
}

/** Notes the size of a file that is kept now, and until when. */
export async function keepBlob(db: Db, { id, owner, size, expiresAt }: Omit<BlobRow, "authority">): Promise<void> {
  await db
    .update(blobs)
    .set({ size, expiresAt })
    .where(and(eq(blobs.id, id), eq(blobs.owner, owner)));
}

/** Sum of bytes of an owner's files. */
export async function bytesOf(db: Db, owner: string): Promise<number> {
  const rows = await db.select({ size: blobs.size }).from(blobs).where(eq(blobs.owner, owner));
  return rows.reduce((sum, row) => sum + row.size, 0);
}

/** Removes files for good: bytes first, so that a crash between the two leaves a row that is swept again. */
async function removeAll(db: Db, store: BlobStore, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await store.remove(id);
    await db.delete(blobs).where(eq(blobs.id, id));
  }
}

/**
 * Removes one file of an owner. A file that was filed meanwhile belongs to the case and stays. Bytes without a row go too:
 * they were written while the row was removed, and no sweep would find them.
 */
export async function removeBlob(db: Db, store: BlobStore, owner: string, id: string): Promise<void> {
  const [row] = await db.select({ owner: blobs.owner }).from(blobs).where(eq(blobs.id, id));
  if (row === undefined || row.owner === owner) await removeAll(db, store, [id]);
}

/** Those of the ids that belong to the owner. */
export async function ownedBlobs(db: Db, owner: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .select({ id: blobs.id })
    .from(blobs)
    .where(and(eq(blobs.owner, owner), inArray(blobs.id, [...ids])));
  return new Set(rows.map((row) => row.id));
}

/** Removes an owner's files. */
export async function removeBlobsOf(db: Db, store: BlobStore, owner: string): Promise<void> {
  const rows = await db.select({ id: blobs.id }).from(blobs).where(eq(blobs.owner, owner));
  await removeAll(
    db,
    store,
    rows.map((row) => row.id),
  );
}
