import { randomBytes } from "node:crypto";
import type { Db } from "#app/db.server.ts";
import type { Keys } from "#app/keys.server.ts";
import { rewrapCase } from "#app/store/cases.server.ts";
import { rewrapDraft } from "#app/store/drafts.server.ts";
import { lockHelp, noteHandedOver } from "#app/store/helped.server.ts";
import { holderOf, memberSecret, MOST_MEMBERS } from "#app/store/holder.server.ts";
import { moveInvitations } from "#app/store/invitations.server.ts";
import { SealError } from "#app/store/seal.server.ts";
import { claimedBefore, keepClaim, takeTicket } from "#app/store/tickets.server.ts";

/** What the drafts and cases of a member are after they moved. */
type Moved = { helped: number[]; caseIds: string[] };

/** Moves what a member has; what cannot be opened stays where nobody opens it. */
async function moveMember(
  tx: Db,
  member: number,
  codes: { from: Uint8Array; to: Uint8Array },
  now: Date,
): Promise<Moved> {
  const [from, to] = [holderOf(memberSecret(codes.from, member)), holderOf(memberSecret(codes.to, member))];
  try {
    const draft = await rewrapDraft(tx, from, to, now);
    // A statement of its own: an application that was filed while the one before waited is seen here.
    const caseId = await rewrapCase(tx, from, to, now);
    // One more: the supplement that was begun while the statement before waited.
    if (caseId !== undefined && draft === undefined) await rewrapDraft(tx, from, to, now);
    return { helped: draft?.helped === undefined ? [] : [draft.helped], caseIds: caseId === undefined ? [] : [caseId] };
  } catch (error) {
    if (error instanceof SealError) return { helped: [], caseIds: [] };
    throw error;
  }
}

/**
 * Claims what a ticket hands over: drafts, cases and invitations of all members go to a new access code in one transaction, and
 * the helper's opens nothing any more. After a crash either the old code opens everything or the new one. The browser that
 * claimed it gets the same code again as long as the ticket serves: an answer that was lost on the way loses nothing.
 * @param claimant a secret of the browser that claims
 * @returns the new access code; undefined if the ticket is wrong, over or used
 */
export async function claimHandOver(
  db: Db,
  keys: Pick<Keys, "index">,
  claim: { secret: Uint8Array; claimant: string },
  now: Date,
): Promise<Uint8Array | undefined> {
  return db.transaction(async (tx) => {
    const ticketed = await takeTicket(tx, keys, claim.secret, now);
    if (!ticketed) return claimedBefore(tx, keys, claim, now);
    if (!(await lockHelp(tx, ticketed.helped))) return undefined;
    const codes = { from: ticketed.code, to: randomBytes(ticketed.code.length) };
    const ids = [ticketed.helped];
    const caseIds: string[] = [];
    for (let member = 0; member < MOST_MEMBERS; member += 1) {
      const moved = await moveMember(tx, member, codes, now);
      ids.push(...moved.helped);
      caseIds.push(...moved.caseIds);
    }
    await moveInvitations(tx, codes.from, codes.to);
    await noteHandedOver(tx, { ids, caseIds }, now);
    await keepClaim(tx, keys, claim, codes.to);
    return codes.to;
  });
}
