import { redirect, type AppLoadContext } from "@remix-run/node";
import type { Authority } from "#app/config/authority.ts";
import { formatOf } from "#app/config/format.ts";
import type { App } from "#app/context.server.ts";
import { serverI18n } from "#app/i18n/i18n.server.ts";
import { germanDemoMark } from "#app/i18n/words.ts";
import type { Replying } from "#app/outbox/reply.server.ts";
import { openSecret } from "#app/routes/shared/code-form.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import type { OpenSession } from "#app/session.server.ts";
import { eventsOf, type Case } from "#app/store/cases.server.ts";
import { isOpen, standingReply, statusOf, type CaseEvent } from "#flows/engine/status.ts";

/** True if the applicant can answer the authority by this service: its format has messages for that, and the case is open. */
export function canReply(
  { standards }: Pick<App, "standards">,
  authority: Authority | undefined,
  events: readonly CaseEvent[],
): boolean {
  return authority !== undefined && standards.has(formatOf(authority)) && isOpen(statusOf(events));
}

/** True if the application can be withdrawn by this service and was not yet. */
export function canWithdraw(
  app: Pick<App, "standards">,
  authority: Authority | undefined,
  events: readonly CaseEvent[],
): boolean {
  return canReply(app, authority, events) && standingReply(events, { kind: "withdrawalRequested" }) === undefined;
}

/** The case at hand with its authority and all that happened. */
export type OwnCase = { session: OpenSession; found: Case; authority: Authority; events: CaseEvent[] };

/** Where everybody is led who has nothing to do on a page about a case. */
export function toStatus({ language }: Page): Response {
  return redirect(`/${language}/status`);
}

/** The filed case of this browser's access code; without one the person is asked for the code. */
export async function requireOwnCase(context: AppLoadContext, page: Page): Promise<OwnCase> {
  const { session, app } = context;
  if (session.state !== "open") {
    throw session.state === "ended" ? redirect(`/${page.language}/session-ended`) : toStatus(page);
  }
  const opened = await openSecret(context, session.secret);
  const authority = opened.kind === "case" ? app.config.byId.get(opened.found.authority) : undefined;
  if (opened.kind !== "case" || !authority) throw toStatus(page);
  return { session, found: opened.found, authority, events: await eventsOf(app.database.db, opened.found.id) };
}

/** How the applicant of a case replies; what the authority reads is German. */
export function replyingOf({ app }: AppLoadContext, page: Page, { session: { holder }, authority }: OwnCase): Replying {
  return {
    holder,
    authority,
    language: page.language,
    documentTitle: serverI18n("de").t("pages:answer.document"),
    demo: germanDemoMark(app.env),
  };
}
