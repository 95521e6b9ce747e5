import { redirect } from "@remix-run/node";
import { formatTime } from "#app/i18n/format.ts";
import type { RequestContext } from "#app/http.server.ts";
import { isBorrowed } from "#app/routes/shared/helped.server.ts";
import { refuseBeyondLimit } from "#app/limits.server.ts";
import { isolated } from "#app/routes/shared/base.server.ts";
import { hrefOfPerson } from "#app/routes/shared/household-view.server.ts";
import { leaveOfPersons } from "#app/routes/shared/leave.server.ts";
import { qrModules } from "#app/routes/shared/qr.server.ts";
import { frameOf, type Page } from "#app/routes/shared/request.server.ts";
import { tabTitle } from "#app/routes/shared/step.server.ts";
import type { OpenSession } from "#app/session.server.ts";
import { recordAuditOnBehalf } from "#app/staff/scope.server.ts";
import { formatTicket } from "#app/store/access-code.ts";
import { isHandedOver, lockHelp } from "#app/store/helped.server.ts";
import { findHousehold, type Household } from "#app/store/household.server.ts";
import { issueTicket } from "#app/store/tickets.server.ts";

/** A session in which somebody helps. */
export type HelpedSession = OpenSession & { helped: number };

/** The helped session of this browser. @throws a redirect to the start for everybody else */
export function requireHelped({ session }: Pick<RequestContext, "session">, page: Page): HelpedSession {
  if (session.state !== "open" || session.helped === undefined) throw redirect(`/${page.language}`);
  return { ...session, helped: session.helped };
}

/**
 * The helped session of this browser; where a file was asked for, any session in a borrowed browser, to be told why there is none.
 * @throws a redirect to the start for everybody else
 */
export function requireSitting(context: RequestContext, page: Page, wantsFile: boolean): OpenSession {
  const { session } = context;
  return wantsFile && session.state === "open" && isBorrowed(context) ? session : requireHelped(context, page);
}

/** Files of which only parts have arrived, by name: the person's own device does not have them perhaps. */
const unfinishedOf = ({ persons }: Household): string[] =>
  persons.flatMap(({ draft }) => Object.values(draft?.content.pending ?? {}).map(({ name }) => name));

/** A ticket as it is shown, once. */
export type ShownTicket = { groups: string[]; how: string; until: string; qr: boolean[][]; untilMs: number };

/** The page of the hand-over: before it, with a ticket, or after it. */
export async function handOverView(context: RequestContext, page: Page, session: OpenSession, wantsFile: boolean) {
  const { db } = context.app.database;
  const household = await findHousehold(db, session.code, context.app.now());
  const { persons } = household;
  const own = persons.find(({ member }) => member === session.member) ?? persons[0];
  const isDone = session.helped !== undefined && (await isHandedOver(db, session.helped));
  const unfinished = unfinishedOf(household).map((name) => isolated(name, page));
  const resume = isolated(`${context.app.env.publicUrl}/${page.language}/resume`, page);
  return {
    frame: { ...frameOf(context, page), ...leaveOfPersons(page, persons) },
    title: tabTitle(page, page.say("pages:helped.title"), false),
    token: context.formToken,
    isDone,
    canHandOver: !isDone && session.helped !== undefined && persons.length > 0,
    unfinished:
      unfinished.length === 0 ? undefined : page.say("pages:helped.unfinishedText", { names: unfinished.join(", ") }),
    backHref: own === undefined ? undefined : hrefOfPerson(context, page, own),
    noFiles: wantsFile ? page.say("pages:helped.noFilesText", { url: resume }) : undefined,
  };
}

/** Makes the ticket of a sitting and notes it; undefined once the sitting was handed over. */
export async function makeTicket(
  context: RequestContext,
  page: Page,
  session: HelpedSession,
): Promise<ShownTicket | undefined> {
  refuseBeyondLimit(context, "draft");
  const { app } = context;
  const { code, helped } = session;
  const issued = await app.database.db.transaction(async (tx) => {
    const help = await lockHelp(tx, helped);
    if (!help) return undefined;
    const { authority, helper } = help;
    const act = { action: "helper.handOver", subject: String(helped), authority };
    await recordAuditOnBehalf(tx, { subject: helper, role: "helper" }, act);
    return issueTicket(tx, app.keys, { authority, code, helped }, app.now());
  });
  if (!issued) return undefined;
  const ticket = formatTicket(issued.secret);
  const url = `${app.env.publicUrl}/${page.language}/claim`;
  return {
    groups: ticket.split("-"),
    how: page.say("pages:helped.how", { url: isolated(url, page) }),
    until: page.say("pages:helped.until", { time: formatTime(issued.expiresAt) }),
    qr: qrModules(`${url}#${ticket}`),
    untilMs: issued.expiresAt.getTime(),
  };
}
