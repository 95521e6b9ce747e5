import type { AppLoadContext } from "@remix-run/node";
import type { DeadlineBannerProps } from "#app/components/DeadlineBanner.tsx";
import type { TimelineEntry } from "#app/components/Timeline.tsx";
import type { Authority } from "#app/config/authority.ts";
import { berlinDate, formatDate, formatTime } from "#app/i18n/format.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import { eventsOf, type Case } from "#app/store/cases.server.ts";
import { fileRemarks, plainCodes, rejectionWords, sentFilesOf } from "#app/routes/shared/rejection.server.ts";
import { phoneText } from "#app/routes/shared/contact.server.ts";
import { otherWaysOf } from "#app/routes/shared/undelivered.server.ts";
import { canSupplement } from "#app/routes/shared/supplement.server.ts";
import type { SupplementOffer } from "#app/routes/shared/SupplementBox.tsx";
import type { Draft } from "#app/store/drafts.server.ts";
import { caseEvents, statusOf, supplementStatus, type CaseEvent, type EventKind } from "#flows/engine/status.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import { daysBetween } from "#flows/engine/dates.ts";

const DAY_MS = 86_400_000;

/** Days before the end at which the banner becomes pressing (look 8). */
const URGENT_DAYS = 14;
const SOON_DAYS = 56;

type Banner = Omit<DeadlineBannerProps, "children">;

/** Steps that people wait for, shown as still to come. */
const expected: readonly EventKind[] = ["filed", "sent", "accepted"];

/** The words of an event; what happens to a supplement is told as such. */
function wordsOf({ kind, supplement }: CaseEvent, page: Page, values: Record<string, string>) {
  if (supplement === undefined || !supplementWords.includes(kind)) {
    return { title: page.say(`status:${kind}.title`, values), text: page.say(`status:${kind}.text`, values) };
  }
  return {
    title: page.say(`pages:supplement.events.${kind}.title`, values),
    text: page.say(`pages:supplement.events.${kind}.text`, values),
  };
}
const supplementWords: readonly EventKind[] = ["filed", "sent", "pickedUp", "accepted", "rejected", "stuck"];

/** The way to add to a case: always as long as the authority takes something, and pressing while it is minimal. */
export function supplementOffer(
  page: Page,
  found: Case,
  authority: Authority | undefined,
  status: EventKind,
  begun: Draft | undefined,
): SupplementOffer | undefined {
  if (!canSupplement(found, authority, status)) return undefined;
  const say = (key: string) => page.say(`pages:supplement.${key}`);
  return {
    action: `/${page.language}/supplement`,
    title: say("title"),
    text: say(begun ? "begunText" : found.completeness === "minimal" ? "minimalText" : "text"),
    label: say(begun ? "continue" : "start"),
  };
}

/** The status page of a case: folded from its events, without the person's name. */
export async function statusView(
  { app }: AppLoadContext,
  page: Page,
  { found, supplement }: { found: Case; supplement: Draft | undefined },
  authority: Authority | undefined,
) {
  const events = await eventsOf(app.database.db, found.id);
  const word = statusOf(events);
  const own = caseEvents(events);
  const supplements = [...new Set(events.flatMap((event) => event.supplement ?? []))];
  const decided = own.findLast(({ kind }) => kind === word && (kind === "rejected" || kind === "accepted"));
  const files = sentFilesOf(found);
  const values = {
    authority: authority?.name ?? "",
    phone: phoneOf(authority, word, page),
    reason: rejectionWords(decided?.codes ?? [], page, files),
  };
  const noteOf = ({ kind, codes }: Pick<CaseEvent, "kind" | "codes">) => {
    if (kind === "accepted") return fileRemarks(codes, page, files);
    if (kind !== "rejected" || codes.length === 0) return undefined;
    return page.say("pages:status.reasonCodes", { codes: plainCodes(codes).join(", ") });
  };
  const when = (at: Date) =>
    page.say("pages:status.at", { date: formatDate(berlinDate(at), page.language), time: formatTime(at) });
  const happened = events.map((event, index): TimelineEntry => ({
    state: index === events.length - 1 ? "here" : "done",
    ...wordsOf(event, page, { ...values, reason: rejectionWords(event.codes, page, files) }),
    ...(noteOf(event) === undefined ? {} : { note: noteOf(event) }),
    when: when(new Date(event.at)),
  }));
  const coming = expected.filter((kind) => !own.some((event) => event.kind === kind) && word !== "rejected");
  const open = coming.map((kind): TimelineEntry => ({ state: "open", title: page.say(`status:${kind}.title`) }));
  const payload = JSON.parse(found.copy.payload) as Payload;
  const lastAt = Date.parse(events.at(-1)?.at ?? found.filedAt.toISOString());
  const quiet = new Date(lastAt + app.config.operator.retention.applicantCopyDays * DAY_MS);
  const until = quiet < found.expiresAt ? quiet : found.expiresAt;
  const base = `/${page.language}/${found.authority}`;
  return {
    word,
    words: own.map(({ kind }) => kind),
    /** What became of each supplement, oldest first. */
    supplements: supplements.map((message) => supplementStatus(events, message)),
    offer: supplementOffer(page, found, authority, word, supplement),
    lead: page.say("pages:status.lead", {
      service: page.say(`services:${found.service}.title`),
      reference: found.reference,
    }),
    heading: page.say(`status:${word}.title`, values),
    text: page.say(`status:${word}.text`, values),
    note: decided && noteOf(decided),
    next: page.say(`status:${word}.next`, values),
    entries: [...happened, ...open],
    otherWays: await otherWaysOf(app, page, found, authority),
    deadline: openDeadline(app.today(), payload, page, word, values.phone),
    links: [
      { href: `${base}/receipt`, title: page.say("pages:receipt.document") },
      { href: `${base}/application`, title: page.say("pages:application.view") },
      { href: `${base}/access-sheet`, title: page.say("pages:accessSheet.title") },
    ],
    copyUntil: page.say("pages:status.copyUntil", { date: formatDate(berlinDate(until), page.language) }),
  };
}

/** Where to call; the number for emergencies if the application did not get through, as beside it (`otherWaysOf`). */
function phoneOf(authority: Authority | undefined, word: EventKind, page: Page): string {
  if (!authority) return "";
  const { contact, emergencyContact } = authority;
  return phoneText(page, (word === "stuck" ? (emergencyContact ?? contact) : contact).phone);
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
