import type { AppLoadContext } from "@remix-run/node";
import type { DeadlineBannerProps } from "#app/components/DeadlineBanner.tsx";
import type { TimelineEntry } from "#app/components/Timeline.tsx";
import type { Authority } from "#app/config/authority.ts";
import { berlinDate, formatDate, formatTime } from "#app/i18n/format.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import { eventsOf, type Case } from "#app/store/cases.server.ts";
import { statusOf, type EventKind } from "#flows/engine/status.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import { daysBetween } from "#flows/engine/dates.ts";

const DAY_MS = 86_400_000;

/** Days before the end at which the banner becomes pressing (look 8). */
const URGENT_DAYS = 14;
const SOON_DAYS = 56;

type Banner = Omit<DeadlineBannerProps, "children">;

/** Steps that people wait for, shown as still to come. */
const expected: readonly EventKind[] = ["filed", "sent", "accepted"];

/** The status page of a case: folded from its events, without the person's name. */
export async function statusView({ app }: AppLoadContext, page: Page, found: Case, authority: Authority | undefined) {
  const events = await eventsOf(app.database.db, found.id);
  const word = statusOf(events);
  const reasons = events.findLast(({ kind }) => kind === "rejected")?.codes ?? [];
  const values = {
    authority: authority?.name ?? "",
    phone: authority?.contact.phone ?? "",
    reason: reasons.join(", "),
  };
  const when = (at: Date) =>
    page.say("pages:status.at", { date: formatDate(berlinDate(at), page.language), time: formatTime(at) });
  const happened = events.map(({ kind, at }, index): TimelineEntry => ({
    state: index === events.length - 1 ? "here" : "done",
    title: page.say(`status:${kind}.title`, values),
    when: when(new Date(at)),
    text: page.say(`status:${kind}.text`, values),
  }));
  const coming = expected.filter((kind) => !events.some((event) => event.kind === kind) && word !== "rejected");
  const open = coming.map((kind): TimelineEntry => ({ state: "open", title: page.say(`status:${kind}.title`) }));
  const payload = JSON.parse(found.copy.payload) as Payload;
  const lastAt = Date.parse(events.at(-1)?.at ?? found.filedAt.toISOString());
  const quiet = new Date(lastAt + app.config.operator.retention.applicantCopyDays * DAY_MS);
  const until = quiet < found.expiresAt ? quiet : found.expiresAt;
  const base = `/${page.language}/${found.authority}`;
  return {
    word,
    words: events.map(({ kind }) => kind),
    lead: page.say("pages:status.lead", {
      service: page.say(`services:${found.service}.title`),
      reference: found.reference,
    }),
    heading: page.say(`status:${word}.title`, values),
    text: page.say(`status:${word}.text`, values),
    next: page.say(`status:${word}.next`, values),
    entries: [...happened, ...open],
    deadline: openDeadline(app.today(), payload, page, word, values.phone),
    links: [
      { href: `${base}/receipt`, title: page.say("pages:receipt.document") },
      { href: `${base}/access-sheet`, title: page.say("pages:accessSheet.title") },
    ],
    copyUntil: page.say("pages:status.copyUntil", { date: formatDate(berlinDate(until), page.language) }),
  };
}

/** While the authority has not taken over, the end of the title stays in sight, with the days as they are today. */
function openDeadline(today: string, payload: Payload, page: Page, word: EventKind, phone: string): Banner | undefined {
  const { date } = payload.suggestion.deadline;
  if (date === undefined || word === "accepted") return undefined;
  const days = daysBetween(today, date);
  const title = page.say("pages:status.deadline.title", { date: formatDate(date, page.language) });
  if (days < 0) return { tone: "expired", title, text: page.say("pages:status.deadline.expired", { phone }), days };
  const tone = days <= URGENT_DAYS ? "urgent" : days <= SOON_DAYS ? "soon" : "calm";
  return { tone, title, text: page.say("pages:status.deadline.open"), days };
}
