import { createHmac } from "node:crypto";
import { and, eq, lt } from "drizzle-orm";
import type { Db } from "#app/db.server.ts";
import type { Keys } from "#app/keys.server.ts";
import { derive } from "#app/store/seal.server.ts";
import { importedFamilies } from "#drizzle/helping.ts";

/** A family of a file by what the file says of it, keyed: without the key nobody can try names against it. */
export function familyKey(keys: Pick<Keys, "index">, authority: string, said: string): string {
  const key = derive(keys.index.bytes, "imported families");
  return createHmac("sha256", key)
    .update(JSON.stringify([authority, said]))
    .digest("base64url");
}

type Place = { authority: string; key: string };

const isAt = ({ authority, key }: Place) =>
  and(eq(importedFamilies.authority, authority), eq(importedFamilies.key, key));

/** The references under which a family was filed before, if it was. */
export async function importedBefore(db: Db, place: Place): Promise<readonly string[] | undefined> {
  const [found] = await db
    .select({ references: importedFamilies.references })
    .from(importedFamilies)
    .where(isAt(place));
  return found?.references;
}

/**
 * Takes the place of a family inside the transaction that files it; another process that files the same waits here for the end
 * of that transaction. @returns false if somebody else has filed it
 */
export async function takeFamily(tx: Db, place: Place, persons: number, at: Date): Promise<boolean> {
  const taken = await tx
    .insert(importedFamilies)
    .values({ ...place, references: [], persons, at })
    .onConflictDoNothing()
    .returning({ key: importedFamilies.key });
  return taken.length > 0;
}

/** Notes under which references the family is filed, inside the same transaction. */
export async function noteReferences(tx: Db, place: Place, references: readonly string[]): Promise<void> {
  await tx
    .update(importedFamilies)
    .set({ references: [...references] })
    .where(isAt(place));
}

/** Forgets families that were filed before a day: their applications are long decided. */
export async function sweepFamilies(db: Db, before: Date): Promise<void> {
  await db.delete(importedFamilies).where(lt(importedFamilies.at, before));
}
