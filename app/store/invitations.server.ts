import { randomBytes } from "node:crypto";
import { and, count, eq, gt, isNotNull, isNull, lt } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "#app/db.server.ts";
import { JOIN_BYTES } from "#app/store/access-code.ts";
import { derive, sealJson, unsealJson } from "#app/store/seal.server.ts";
import { invitations } from "#drizzle/schema.ts";

const DAY_MS = 86_400_000;
/** How long somebody may take to accept. */
export const INVITATION_DAYS = 30;

const content = z.object({
  /** Pseudonym of the household. */
  household: z.uuid(),
  /** The shared address, by field. No names. */
  address: z.record(z.string(), z.unknown()),
});
/** What an invitation brings to whoever accepts it. */
export type InvitationContent = z.infer<typeof content>;

/** What the code of an invitation opens; nothing leads from the row back to it. */
function keysOf(secret: Uint8Array): { id: string; key: Uint8Array } {
  return {
    id: Buffer.from(derive(secret, "invitation id", 24)).toString("base64url"),
    key: derive(secret, "invitation key"),
  };
}

/** Names an inviter in the rows of their invitations. */
const inviterOf = (code: Uint8Array) => Buffer.from(derive(code, "inviter", 24)).toString("base64url");
const place = (id: string) => `${id}|invitation|content`;

/** Makes an invitation of an access code. @returns the secret of its code, which is kept nowhere */
export async function invite(
  db: Db,
  code: Uint8Array,
  invitation: { authority: string; content: InvitationContent },
  now: Date,
): Promise<Uint8Array> {
  const secret = randomBytes(JOIN_BYTES);
  const { id, key } = keysOf(secret);
  await db.insert(invitations).values({
    id,
    authority: invitation.authority,
    inviter: inviterOf(code),
    sealed: sealJson(key, place(id), invitation.content),
    expiresAt: new Date(now.getTime() + INVITATION_DAYS * DAY_MS),
  });
  return secret;
}

/** How many an access code has invited lately, and how many of those have begun. All that inviters learn. */
export async function invitedBy(db: Db, code: Uint8Array, now: Date): Promise<{ invited: number; joined: number }> {
  const own = and(eq(invitations.inviter, inviterOf(code)), gt(invitations.expiresAt, now));
  const [all] = await db.select({ rows: count() }).from(invitations).where(own);
  const [used] = await db
    .select({ rows: count() })
    .from(invitations)
    .where(and(own, isNotNull(invitations.joinedAt)));
  return { invited: all?.rows ?? 0, joined: used?.rows ?? 0 };
}

/**
 * Uses an invitation to this authority, once; what it held is gone then. `undefined` for one that is wrong, over, used or of
 * another authority: nobody learns which. Inside a transaction it stays usable if what follows fails.
 */
export async function acceptInvitation(
  tx: Db,
  secret: Uint8Array,
  authority: string,
  now: Date,
): Promise<InvitationContent | undefined> {
  const { id, key } = keysOf(secret);
  const [row] = await tx
    .select({ sealed: invitations.sealed })
    .from(invitations)
    .where(
      and(
        eq(invitations.id, id),
        eq(invitations.authority, authority),
        isNull(invitations.joinedAt),
        gt(invitations.expiresAt, now),
      ),
    )
    .for("update");
  if (!row?.sealed) return undefined;
  await tx.update(invitations).set({ joinedAt: now, sealed: null }).where(eq(invitations.id, id));
  return content.parse(unsealJson(key, place(id), row.sealed));
}

/** Gives the invitations of an access code to another one. */
export async function moveInvitations(tx: Db, from: Uint8Array, to: Uint8Array): Promise<void> {
  await tx
    .update(invitations)
    .set({ inviter: inviterOf(to) })
    .where(eq(invitations.inviter, inviterOf(from)));
}

/** Deletes all invitations of an access code. */
export async function withdrawInvitations(db: Db, code: Uint8Array): Promise<void> {
  await db.delete(invitations).where(eq(invitations.inviter, inviterOf(code)));
}

/** Deletes invitations that are over. */
export async function sweepInvitations(db: Db, now: Date): Promise<void> {
  await db.delete(invitations).where(lt(invitations.expiresAt, now));
}
