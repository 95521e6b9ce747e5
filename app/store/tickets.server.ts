import { randomBytes } from "node:crypto";
import { and, eq, gt, isNull, lt } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "#app/db.server.ts";
import type { Keys } from "#app/keys.server.ts";
import { TICKET_BYTES } from "#app/store/access-code.ts";
import { derive, sealJson, unsealJson } from "#app/store/seal.server.ts";
import { tickets } from "#drizzle/helping.ts";

/** How long somebody may take to type a ticket. */
const TICKET_MINUTES = 10;

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
 * Uses a ticket, once; what it held is gone then. `undefined` for one that is wrong, over or used: nobody learns which. Inside a
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

/** Deletes tickets that are over. */
export async function sweepTickets(db: Db, now: Date): Promise<void> {
  await db.delete(tickets).where(lt(tickets.expiresAt, now));
}
