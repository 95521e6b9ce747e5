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
import { eventWords, letterViews, mostPressing } from "#app/routes/shared/letters.server.ts";
import { canReply, canWithdraw } from "#app/routes/shared/reply.server.ts";
import { canSupplement } from "#app/routes/shared/supplement.server.ts";
import type { SupplementOffer } from "#app/routes/shared/SupplementBox.tsx";
import type { Draft } from "#app/store/drafts.server.ts";
import { lettersOf, type OpenedLetter } from "#app/store/letters.server.ts";
import {
  caseEvents,
  isDelivery,
  messageStatus,
  openQuestions,
  statusOf,
  type CaseEvent,
  type EventKind,
} from "#flows/engine/status.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import { daysBetween } from "#flows/engine/dates.ts";

const DAY_MS = 86_400_000;

/** Days before the end at which the banner becomes pressing (look 8). */
const URGENT_DAYS = 14;
const SOON_DAYS = 56;

type Banner = Omit<DeadlineBannerProps, "children">;

/** Steps that people wait for, shown as still to come as long as nothing else was heard. */
const expected: readonly EventKind[] = ["filed", "sent", "accepted"];
const isUnderway = (word: EventKind) => isDelivery(word) && word !== "rejected";

/** The key of the words for the way of what is sent beside the application. */
const besideWords = {
  supplement: (kind: EventKind) => `pages:supplement.events.${kind}`,
  answer: (kind: EventKind) => `pages:answer.events.${kind}`,
  withdrawal: (kind: EventKind) => `pages:withdrawal.events.${kind}`,
} as const;

/** The words of an event; what happens to a message beside the application is told as such. */
function wordsOf(
  { kind, beside, letter, codes }: CaseEvent,
  page: Page,
  values: Record<string, string>,
  letters: ReadonlyMap<string, OpenedLetter>,
) {
  if (beside && isDelivery(kind)) {
    const words = besideWords[beside.kind](kind);
    return { title: page.say(`${words}.title`, values), text: page.say(`${words}.text`, values) };
  }
  const say = eventWords(page, kind, { letter: letters.get(letter ?? ""), codes, values });
  return { title: say("title"), text: say("text") };
}

/** That an answer or withdrawal was filed is told by what it says. */
const isTold = ({ kind, beside }: CaseEvent) =>
  kind !== "filed" || beside === undefined || beside.kind === "supplement";

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
  const supplements = [...new Set(events.flatMap(({ beside }) => (beside?.kind === "supplement" ? [beside.id] : [])))];
  const letters = await lettersOf(app.database.db, found.id, found.copy.letterKey);
  const letterOf = new Map(letters.map((letter) => [letter.id, letter]));
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
  const told = events.filter(isTold);
  const happened = told.map((event, index): TimelineEntry => ({
    state: index === told.length - 1 ? "here" : "done",
    ...wordsOf(event, page, { ...values, reason: rejectionWords(event.codes, page, files) }, letterOf),
    ...(noteOf(event) === undefined ? {} : { note: noteOf(event) }),
    when: when(new Date(event.at)),
  }));
  const open = word === "question" ? mostPressing(openQuestions(events), letterOf) : undefined;
  const latest = open ?? own.findLast(({ kind }) => kind === word);
  const letter = letterOf.get(latest?.letter ?? "");
  const today = app.today();
  const words = eventWords(page, word, { letter, codes: latest?.codes, values, today });
  const coming = expected.filter((kind) => isUnderway(word) && !own.some((event) => event.kind === kind));
  const expectedNext = coming.map((kind): TimelineEntry => ({
    state: "open",
    title: page.say(`status:${kind}.title`),
  }));
  const payload = JSON.parse(found.copy.payload) as Payload;
  const lastAt = Date.parse(events.at(-1)?.at ?? found.filedAt.toISOString());
  const quiet = new Date(lastAt + app.config.operator.retention.applicantCopyDays * DAY_MS);
  const until = quiet < found.expiresAt ? quiet : found.expiresAt;
  const base = `/${page.language}/${found.authority}`;
  return {
    word,
    words: own.map(({ kind }) => kind),
    /** What became of each supplement, oldest first. */
    supplements: supplements.map((message) => messageStatus(events, message)),
    offer: supplementOffer(page, found, authority, word, supplement),
    lead: page.say("pages:status.lead", {
      service: page.say(`services:${found.service}.title`),
      reference: found.reference,
    }),
    heading: words("title"),
    text: words("text"),
    note: decided && noteOf(decided),
    next: words("next"),
    letters: letterViews(page, { found, authority, events, today }, letters, canReply(app, authority, events)),
    entries: [...happened, ...expectedNext],
    otherWays: await otherWaysOf(app, page, found, authority),
    deadline: openDeadline(today, payload, page, word, values.phone),
    links: [
      { href: `${base}/receipt`, title: page.say("pages:receipt.document") },
      { href: `${base}/application`, title: page.say("pages:application.view") },
      { href: `${base}/access-sheet`, title: page.say("pages:accessSheet.title") },
      ...(canWithdraw(app, authority, events)
        ? [{ href: `/${page.language}/withdraw`, title: page.say("pages:withdrawal.link") }]
        : []),
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
  const isOver = word === "accepted" || !isDelivery(word);
  if (date === undefined || isOver) return undefined;
  const days = daysBetween(today, date);
  const title = page.say("pages:status.deadline.title", { date: formatDate(date, page.language) });
  if (days < 0) return { tone: "expired", title, text: page.say("pages:status.deadline.expired", { phone }), days };
  const tone = days <= URGENT_DAYS ? "urgent" : days <= SOON_DAYS ? "soon" : "calm";
  return { tone, title, text: page.say("pages:status.deadline.open"), days };
}
