import { randomBytes } from "node:crypto";
import type { AppLoadContext } from "@remix-run/node";
import type { Authority } from "#app/config/authority.ts";
import { refuseBeyondLimit } from "#app/limits.server.ts";
import { draftExpiry } from "#app/routes/shared/draft.server.ts";
import { begunDraft } from "#app/routes/shared/household-acts.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import { sessionCookie } from "#app/session.server.ts";
import { ACCESS_BYTES } from "#app/store/access-code.ts";
import { createDraft } from "#app/store/drafts.server.ts";
import { holderOf } from "#app/store/holder.server.ts";
import { acceptInvitation } from "#app/store/invitations.server.ts";
import { SealError } from "#app/store/seal.server.ts";

/**
 * Begins a draft with an access code of its own in the household of an invitation, which is used up by it.
 * @returns the cookie of the session, or `undefined` if the invitation opens nothing here
 */
export async function joinWith(
  context: AppLoadContext,
  page: Page,
  authority: Authority,
  invitation: Uint8Array,
): Promise<string | undefined> {
  refuseBeyondLimit(context, "draft");
  const { app } = context;
  const code = randomBytes(ACCESS_BYTES);
  const joined = await app.database.db
    .transaction(async (tx) => {
      const content = await acceptInvitation(tx, invitation, authority.id, app.now());
      if (!content) return false;
      const household = { id: content.household, member: 0, joined: true } as const;
      return createDraft(tx, holderOf(code), {
        authority: authority.id,
        content: begunDraft(context, page, content.address, { codeShown: false, household }),
        expiresAt: draftExpiry(context),
      });
    })
    .catch((error: unknown) => {
      if (error instanceof SealError) return false;
      throw error;
    });
  if (!joined) return undefined;
  app.limits.giveBack("code", context.caller);
  return sessionCookie(app, code);
}
