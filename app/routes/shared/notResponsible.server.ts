import { competentOf } from "#app/competence.server.ts";
import type { RequestContext } from "#app/http.server.ts";
import type { Authority } from "#app/config/authority.ts";
import { berlinDate, formatDate } from "#app/i18n/format.ts";
import { isolated } from "#app/routes/shared/base.server.ts";
import { currentDraft } from "#app/routes/shared/draft.server.ts";
import { leaveOfDraft, type Leave } from "#app/routes/shared/leave.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import { isServiceId } from "#flows/services/registry.ts";
import { daysBetween, isIsoDate } from "#flows/engine/dates.ts";

/** Search for authorities by the Federal Office for Migration and Refugees, for places whose authority is only assumed. */
const FINDER = "https://bamf-navi.bamf.de/de/Themen/Behoerden/";

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
  /** Where to make sure, if the authority is only assumed. */
  finder?: { href: string; label: string };
  /** What was filled in so far, to hand in elsewhere. */
  pdf?: { href: string; label: string };
  /** The draft can go on at this connected authority by one click. */
  moveTo?: string;
  /** Of a person who may be in danger: the page can be left at once. */
  leave: Leave;
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
  const leave = draft ? leaveOfDraft(page, draft.content) : {};
  const search = { href: `/${page.language}`, label: say("finder") };
  const service = draft?.content.service;
  const pdf =
    service && isServiceId(service)
      ? { pdf: { href: `/${page.language}/${authority.id}/draft.pdf`, label: page.say("pages:step.draftPdf") } }
      : {};
  const competent = competentOf(context, answers);
  if (!competent || competent.connected?.id === authority.id) {
    const texts = [say("general")];
    return { heading: say("generalTitle"), lead: say("generalLead"), texts, notes, next: search, leave, ...pdf };
  }
  const name = isolated(competent.name, page);
  const place = isolated([answers["postalCode"], answers["place"]].join(" "), page);
  const { connected } = competent;
  return {
    heading: say("title"),
    lead: say("lead", { place }),
    texts: [
      say(competent.isSure ? "responsible" : "responsibleProbably", { authority: name }),
      ...(connected ? [] : [say("notConnected")]),
    ],
    ...(competent.isSure ? {} : { finder: { href: FINDER, label: say("officialFinder") } }),
    notes,
    leave,
    next: connected
      ? { href: `/${page.language}/${connected.id}`, label: say("continueThere", { authority: name }) }
      : search,
    ...pdf,
    ...(connected && draft && !draft.content.supplements ? { moveTo: connected.id } : {}),
  };
}
