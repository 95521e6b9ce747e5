import type { RequestContext } from "#app/http.server.ts";
import type { Authority } from "#app/config/authority.ts";
import { berlinDate, formatDate } from "#app/i18n/format.ts";
import { isolated } from "#app/routes/shared/base.server.ts";
import { competentOf } from "#app/routes/shared/competence.server.ts";
import { currentDraft } from "#app/routes/shared/draft.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import { daysBetween, isIsoDate } from "#flows/engine/dates.ts";

/** A title that ends within these days makes the page say so first (look 8: urgent). */
const URGENT_DAYS = 14;

/** Who is competent instead, in words; `next` leads on to where that can be done. */
export type NotResponsibleView = {
  heading: string;
  lead: string;
  texts: string[];
  /** Below "nothing was sent": what is kept, what presses. */
  notes: string[];
  next: { href: string; label: string };
  /** The draft can go on at this connected authority by one click. */
  moveTo?: string;
};

function urgentEnd(page: Page, today: string, validUntil: unknown): string[] {
  if (typeof validUntil !== "string" || !isIsoDate(validUntil)) return [];
  const days = daysBetween(today, validUntil);
  if (days < 0 || days > URGENT_DAYS) return [];
  return [page.say("pages:notResponsible.deadline", { date: formatDate(validUntil, page.language) })];
}

/** What the page says to the person of this browser; without a draft at this authority only what holds for everybody. */
export async function notResponsibleOf(
  context: RequestContext,
  page: Page,
  authority: Authority,
): Promise<NotResponsibleView> {
  const say = (key: string, values?: Record<string, string>) => page.say(`pages:notResponsible.${key}`, values);
  const open = await currentDraft(context);
  const draft = open?.draft.authority === authority.id ? open.draft : undefined;
  const answers = draft?.content.answers ?? {};
  const kept = draft ? [say("kept", { date: formatDate(berlinDate(draft.expiresAt), page.language) })] : [];
  const notes = [...urgentEnd(page, context.app.today(), answers["titleValidUntil"]), say("deadlineEffect"), ...kept];
  const search = { href: `/${page.language}`, label: say("finder") };
  const competent = competentOf(context, answers);
  if (!competent || competent.connected?.id === authority.id) {
    return { heading: say("generalTitle"), lead: say("generalLead"), texts: [say("general")], notes, next: search };
  }
  const name = isolated(competent.name, page);
  const place = isolated([answers["postalCode"], answers["place"]].join(" "), page);
  const { connected } = competent;
  return {
    heading: say("title"),
    lead: say("lead", { place }),
    texts: [say("responsible", { authority: name }), ...(connected ? [] : [say("notConnected")])],
    notes,
    next: connected
      ? { href: `/${page.language}/${connected.id}`, label: say("continueThere", { authority: name }) }
      : search,
    ...(connected && draft && !draft.content.supplements ? { moveTo: connected.id } : {}),
  };
}
