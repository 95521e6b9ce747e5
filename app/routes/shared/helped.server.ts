import { redirect } from "@remix-run/node";
import type { Db } from "#app/db.server.ts";
import type { RequestContext } from "#app/http.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import { helpedOf } from "#app/session.server.ts";
import { createDraft, type DraftContent } from "#app/store/drafts.server.ts";
import { beginHelped, dropHelped, lockHelp, type Help } from "#app/store/helped.server.ts";
import type { Holder } from "#app/store/holder.server.ts";

/** The page of a helped sitting: hand-over, and what there is instead of files. */
export const handOverPath = ({ language }: Pick<Page, "language">): string => `/${language}/hand-over`;

/**
 * For pages that found nothing for the access code: in the helper's browser it was handed over, and nothing else is begun under
 * the old code. @throws the redirect
 */
export function leaveIfHelped({ session }: Pick<RequestContext, "session">, page: Pick<Page, "language">): void {
  if (helpedOf(session) !== undefined) throw redirect(handOverPath(page));
}

/** True where somebody applies in the browser of a helper: nothing of them may stay there. */
export function isBorrowed({ session, isHelperBrowser }: Pick<RequestContext, "session" | "isHelperBrowser">): boolean {
  return isHelperBrowser || helpedOf(session) !== undefined;
}

/** Files are saved on the person's own device: none leaves the service in a borrowed browser. @throws the redirect */
export function refuseFile(context: RequestContext, page: Pick<Page, "language">): void {
  if (context.session.state === "open" && isBorrowed(context)) throw redirect(`${handOverPath(page)}?file`);
}

/**
 * Does work in which the hand-over of a helped sitting waits for its end, so that what comes of it goes over, too; outside of one it is
 * just done.
 * @throws a redirect once it was handed over
 */
export async function beforeHandOver<Result>(
  { app, session }: Pick<RequestContext, "app" | "session">,
  page: Pick<Page, "language">,
  work: (db: Db, help: Help | undefined) => Promise<Result>,
): Promise<Result> {
  const { db } = app.database;
  const sitting = helpedOf(session);
  if (sitting === undefined) return work(db, undefined);
  return db.transaction(async (tx) => {
    const help = await lockHelp(tx, sitting);
    if (!help) throw redirect(handOverPath(page));
    return work(tx, help);
  });
}

type Start = { authority: string; content: DraftContent; expiresAt: Date };

/**
 * Creates the draft of another member. In a helped sitting it is one more application of the same helper, unless the sitting was
 * handed over meanwhile. @returns whether it was created
 * @throws a redirect once it was handed over
 */
export function createAnother(
  context: RequestContext,
  page: Pick<Page, "language">,
  holder: Holder,
  start: Start,
): Promise<boolean> {
  return beforeHandOver(context, page, async (tx, help) => {
    if (!help) return createDraft(tx, holder, start);
    const helped = await beginHelped(tx, start.authority, help.helper, context.app.now());
    const isNew = await createDraft(tx, holder, { ...start, content: { ...start.content, helped } });
    if (!isNew) await dropHelped(tx, helped);
    return isNew;
  });
}
