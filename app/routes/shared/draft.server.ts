import { randomBytes } from "node:crypto";
import { redirect } from "@remix-run/node";
import type { Authority } from "#app/config/authority.ts";
import type { RequestContext } from "#app/http.server.ts";
import { refuseBeyondLimit } from "#app/limits.server.ts";
import { leaveIfHelped } from "#app/routes/shared/helped.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import { ACCESS_BYTES } from "#app/store/access-code.ts";
import { findCase, type Case } from "#app/store/cases.server.ts";
import { changeDraft, createDraft, findDraft, type Draft, type DraftContent } from "#app/store/drafts.server.ts";
import { holderOf, type Holder } from "#app/store/holder.server.ts";
import { SealError } from "#app/store/seal.server.ts";
import { sessionCookie } from "#app/session.server.ts";

const DAY_MS = 86_400_000;

/** A draft that this browser may work on, with the access code that opens it. */
export type OpenDraft = { holder: Holder; code: Uint8Array; draft: Draft };

/** When a draft that is saved now will be deleted (architecture 9). */
export function draftExpiry({ app }: RequestContext): Date {
  return new Date(app.now().getTime() + app.config.operator.retention.draftDays * DAY_MS);
}

/** The draft of this browser's access code, if there is one. A draft that cannot be opened counts as none. */
export async function currentDraft({ app, session }: RequestContext): Promise<OpenDraft | undefined> {
  if (session.state !== "open") return undefined;
  try {
    const draft = await findDraft(app.database.db, session.holder, app.now());
    return draft && { holder: session.holder, code: session.code, draft };
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

/** The filed case of this browser's access code, if it has become one: a second press of "submit" comes here. */
async function currentCase({ app, session }: RequestContext): Promise<Case | undefined> {
  return session.state === "open" ? findCase(app.database.db, session.holder, app.now()) : undefined;
}

/**
 * The draft of this browser at this authority; without one the person is led to where they can get it back, or to the
 * beginning `start`.
 */
export async function requireDraft(
  context: RequestContext,
  page: Page,
  authority: Authority,
  start = "triage/place",
): Promise<OpenDraft> {
  const open = await currentDraft(context);
  if (open?.draft.authority === authority.id) return open;
  if (open) throw redirect(`/${page.language}/${open.draft.authority}/triage`);
  const filed = await currentCase(context);
  if (filed) throw redirect(`/${page.language}/${filed.authority}/receipt`);
  leaveIfHelped(context, page);
  if (context.session.state === "ended") throw redirect(`/${page.language}/session-ended`);
  throw redirect(`/${page.language}/${authority.id}/${start}`);
}

/** Starts a draft with a fresh access code; the cookie to set comes with it. */
export async function startDraft(
  context: RequestContext,
  page: Page,
  authority: Authority,
  start: Pick<DraftContent, "answers" | "service" | "helped">,
): Promise<{ cookie: string }> {
  refuseBeyondLimit(context, "draft");
  const secret = randomBytes(ACCESS_BYTES);
  const content: DraftContent = {
    ...start,
    version: null,
    language: page.language,
    revisions: {},
    refused: null,
    codeShown: false,
    savedAt: context.app.now().toISOString(),
  };
  await createDraft(context.app.database.db, holderOf(secret), {
    authority: authority.id,
    content,
    expiresAt: draftExpiry(context),
  });
  return { cookie: sessionCookie(context.app, secret, 0, start.helped) };
}

/**
 * Saves a change of the draft's content; the draft and its files get the full time again. `change` sees the draft as it is
 * under the lock; it may decline by `undefined`.
 */
export async function saveDraft(
  context: RequestContext,
  holder: Holder,
  change: (content: DraftContent, draft: Draft) => Partial<DraftContent> | undefined,
): Promise<Draft | undefined> {
  const { app } = context;
  const expiresAt = draftExpiry(context);
  return changeDraft(app.database.db, holder, { now: app.now(), expiresAt }, (draft) => {
    const changed = change(draft.content, draft);
    return changed && { ...draft.content, ...changed, savedAt: app.now().toISOString() };
  });
}
