import { randomBytes } from "node:crypto";
import { and, eq, gt, isNotNull, isNull, lt } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "#app/db.server.ts";
import type { Keys } from "#app/keys.server.ts";
import { TICKET_BYTES } from "#app/store/access-code.ts";
import { derive, SealError, sealJson, unsealJson } from "#app/store/seal.server.ts";
import { tickets } from "#drizzle/helping.ts";

/** How long somebody may take to type a ticket. */
export const TICKET_MINUTES = 10;

const claimed = z.object({ code: z.string() });

const content = z.object({
  /** The access code that is given up, in base64url. */
  code: z.string(),
  /** The row of the help that ends. */
  helped: z.int(),
});

/** What a ticket stands for. */
export type Ticketed = { code: Uint8Array; helped: number };

/** What a ticket opens. A ticket is short, so the index key goes in: whoever has the database alone cannot try them all. */
function keysOf({ index }: Pick<Keys, "index">, secret: Uint8Array): { id: string; key: Uint8Array } {
  const seed = Buffer.concat([index.bytes, secret]);
  return {
    id: Buffer.from(derive(seed, "ticket id", 24)).toString("base64url"),
    key: derive(seed, "ticket key"),
  };
}

const place = (id: string) => `${id}|ticket|content`;

/** Makes a ticket. @returns its secret, which is kept nowhere, and until when it serves */
export async function issueTicket(
  tx: Db,
  keys: Pick<Keys, "index">,
  { authority, code, helped }: Ticketed & { authority: string },
  now: Date,
): Promise<{ secret: Uint8Array; expiresAt: Date }> {
  const secret = randomBytes(TICKET_BYTES);
  const { id, key } = keysOf(keys, secret);
  const expiresAt = new Date(now.getTime() + TICKET_MINUTES * 60_000);
  const sealed = sealJson(key, place(id), { code: Buffer.from(code).toString("base64url"), helped });
  await tx.insert(tickets).values({ id, authority, sealed, expiresAt });
  return { secret, expiresAt };
}

/**
 * Uses a ticket, once; the access code that it held is gone then. `undefined` for one that is wrong, over or used: nobody learns which. Inside a
 * transaction it stays usable if what follows fails.
 */
export async function takeTicket(
  tx: Db,
  keys: Pick<Keys, "index">,
  secret: Uint8Array,
  now: Date,
): Promise<Ticketed | undefined> {
  const { id, key } = keysOf(keys, secret);
  const [row] = await tx
    .select({ sealed: tickets.sealed })
    .from(tickets)
    .where(and(eq(tickets.id, id), isNull(tickets.claimedAt), gt(tickets.expiresAt, now)))
    .for("update");
  if (!row?.sealed) return undefined;
  await tx.update(tickets).set({ claimedAt: now, sealed: null }).where(eq(tickets.id, id));
  const { code, helped } = content.parse(unsealJson(key, place(id), row.sealed));
  return { code: Buffer.from(code, "base64url"), helped };
}

/** Where the new access code lies until the ticket is over, for the browser that claimed it. */
function claimOf({ index }: Pick<Keys, "index">, secret: Uint8Array, claimant: string) {
  const { id } = keysOf({ index }, secret);
  const key = derive(Buffer.concat([index.bytes, secret, Buffer.from(claimant)]), "ticket claim");
  return { id, key, place: `${id}|ticket|claim` };
}

/**
 * Keeps what a used ticket gave for the browser that used it, and for no other: if the answer was lost on the way, or the button
 * was pressed twice, the same browser gets it again as long as the ticket serves. `claimant` is a secret of that browser.
 */
export async function keepClaim(
  tx: Db,
  keys: Pick<Keys, "index">,
  { secret, claimant }: { secret: Uint8Array; claimant: string },
  code: Uint8Array,
): Promise<void> {
  const { id, key, place: at } = claimOf(keys, secret, claimant);
  const sealed = sealJson(key, at, { code: Buffer.from(code).toString("base64url") });
  await tx.update(tickets).set({ sealed }).where(eq(tickets.id, id));
}

/** The access code that this browser got for a used ticket; undefined for every other browser. */
export async function claimedBefore(
  tx: Db,
  keys: Pick<Keys, "index">,
  { secret, claimant }: { secret: Uint8Array; claimant: string },
  now: Date,
): Promise<Uint8Array | undefined> {
  const { id, key, place: at } = claimOf(keys, secret, claimant);
  const [row] = await tx
    .select({ sealed: tickets.sealed })
    .from(tickets)
    .where(and(eq(tickets.id, id), isNotNull(tickets.claimedAt), gt(tickets.expiresAt, now)));
  if (!row?.sealed) return undefined;
  try {
    return Buffer.from(claimed.parse(unsealJson(key, at, row.sealed)).code, "base64url");
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

/** Deletes tickets that are over. */
export async function sweepTickets(db: Db, now: Date): Promise<void> {
  await db.delete(tickets).where(lt(tickets.expiresAt, now));
}
