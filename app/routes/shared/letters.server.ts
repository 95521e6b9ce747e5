import type { Authority } from "#app/config/authority.ts";
import { berlinDate, formatDate, formatTime } from "#app/i18n/format.ts";
import { isolated } from "#app/routes/shared/base.server.ts";
import { addressLines, emailLink, phoneText } from "#app/routes/shared/contact.server.ts";
import type { LetterView } from "#app/routes/shared/LetterList.tsx";
import type { Page } from "#app/routes/shared/request.server.ts";
import type { Case } from "#app/store/cases.server.ts";
import type { LetterContents, OpenedLetter } from "#app/store/letters.server.ts";
import { isOpen, standingReply, statusOf, type CaseEvent, type EventKind } from "#flows/engine/status.ts";

/** Values for the words of an event that a letter tells; `isKnown` is false where the letter leaves them open. */
type LetterValues = { values: Record<string, string>; isKnown: boolean };

const day = (iso: string, page: Page) => formatDate(iso, page.language);
/** `09:30` of `09:30:00` or `09:30:00+01:00`. */
const clock = (time: string) => time.slice(0, 5);

function timeOf({ from, to }: NonNullable<LetterContents["appointment"]>): string {
  return to === undefined ? clock(from) : `${clock(from)}–${clock(to)}`;
}

/** What a letter says to the words of its event: dates, place, name of the other authority. A day that is over is none to name. */
function letterValues(kind: EventKind, contents: LetterContents | undefined, page: Page, today = ""): LetterValues {
  const { deadline, appointment, competent } = contents ?? {};
  switch (kind) {
    case "question":
    case "intendedRefusal": {
      const isKnown = deadline !== undefined && deadline >= today;
      return { values: { date: deadline === undefined ? "" : day(deadline, page) }, isKnown };
    }
    case "appointment": {
      if (!appointment) return { values: {}, isKnown: false };
      const { date, place } = appointment;
      const values = { date: day(date, page), time: timeOf(appointment), place: isolated(place, page) };
      return { values, isKnown: true };
    }
    case "notCompetent":
      return { values: { target: isolated(competent ?? "", page) }, isKnown: competent !== undefined };
    default:
      return { values: {}, isKnown: true };
  }
}

/**
 * The words of an event, with what the letter says that tells it; other words where the letter leaves something open, or, with
 * `today`, where its day is over.
 */
export function eventWords(
  page: Page,
  kind: EventKind,
  {
    letter,
    codes = [],
    values = {},
    today,
  }: { letter?: OpenedLetter | undefined; codes?: readonly string[]; values?: object; today?: string },
): (part: "title" | "text" | "next") => string {
  const own = letterValues(kind, letter?.contents, page, today);
  const [word] = codes;
  return (part) => {
    const special = [
      ...(kind === "progress" && word !== undefined ? [`pages:events.progress.${word}.${part}`] : []),
      ...(own.isKnown ? [] : [`pages:events.unknown.${kind}.${part}`]),
    ];
    const key = special.find((each) => page.has(each)) ?? `status:${kind}.${part}`;
    return page.say(key, { ...values, ...own.values });
  };
}

type OfCase = { found: Case; authority: Authority | undefined; events: readonly CaseEvent[]; today: string };

/**
 * Everything that an authority wrote, the newest first, as its applicant reads it. What only says how far the case is stands
 * in its history and not here.
 */
export function letterViews(
  page: Page,
  { found, authority, events, today }: OfCase,
  letters: readonly OpenedLetter[],
  canAnswer: boolean,
): LetterView[] {
  const views = letters.toReversed().map((letter): LetterView => {
    const isAnswered = standingReply(events, { kind: "answered", letter: letter.id }) !== undefined;
    const offer = canAnswer && letter.kind === "question" && !isAnswered;
    const sent = found.copy.replies.filter(({ answersTo }) => answersTo === letter.id);
    return {
      ...letterView(page, letter, authority, { codes: codesOf(letter, events), openOn: offer ? today : undefined }),
      ...(letter.kind === "intendedRefusal" && isOpen(statusOf(events)) ? onPaper(page, found, authority) : {}),
      answers: sent.map(({ filedAt, text, files }) => ({
        title: page.say("pages:letters.answered", { when: momentOf(page, new Date(filedAt)) }),
        text: paragraphs(text),
        files,
      })),
      ...(offer
        ? {
            answer: {
              href: `/${page.language}/answer/${letter.id}`,
              label: page.say(found.copy.begun[letter.id] ? "pages:letters.continueAnswer" : "pages:letters.answer"),
            },
          }
        : {}),
    };
  });
  return views.filter(({ text, facts, documents, answers, booking, broken, closed }) => {
    return [...text, ...facts, ...documents, ...answers].length > 0 || (booking ?? broken ?? closed) !== undefined;
  });
}

/** The question that presses most: the one whose day is the first; those without a day come last, the newest of them first. */
export function mostPressing(
  questions: readonly CaseEvent[],
  letters: ReadonlyMap<string, OpenedLetter>,
): CaseEvent | undefined {
  const dayOf = ({ letter }: CaseEvent) => letters.get(letter ?? "")?.contents?.deadline ?? "9999";
  return questions.toReversed().toSorted((a, b) => dayOf(a).localeCompare(dayOf(b)))[0];
}

const codesOf = ({ id }: OpenedLetter, events: readonly CaseEvent[]) =>
  events.find(({ letter }) => letter === id)?.codes ?? [];

/** One letter as it was written; `openOn`: today, while an answer to it can be sent. */
export function letterView(
  page: Page,
  letter: OpenedLetter,
  authority: Authority | undefined,
  { codes = [], openOn }: { codes?: readonly string[]; openOn: string | undefined },
): LetterView {
  const { id, kind, contents, receivedAt } = letter;
  const base = `/${page.language}/letters/${id}`;
  const documents = contents?.documents ?? [];
  const hasBroken = documents.some(({ file }) => file === undefined);
  const isLate = openOn !== undefined && contents?.deadline !== undefined && contents.deadline < openOn;
  return {
    id,
    title: eventWords(page, kind, { letter, codes })("title"),
    when: momentOf(page, receivedAt),
    text: paragraphs(contents?.text ?? ""),
    facts: contents ? factsOf(page, contents) : [],
    ...(isLate ? { late: page.say("pages:letters.late") } : {}),
    documents: documents.flatMap(({ title, format, file }, index) => {
      const name = page.say(`pages:letters.documents.${title}`);
      const label = page.say("pages:letters.document", { name, format: format === "pdf" ? "PDF" : "JPEG" });
      return file ? [{ href: `${base}/${index}`, label }] : [];
    }),
    ...bookingOf(page, contents),
    ...(hasBroken ? { broken: page.say("pages:letters.broken") } : {}),
    ...(contents ? {} : { closed: page.say("pages:letters.closed", { phone: phoneOf(page, authority) }) }),
    answers: [],
  };
}

/**
 * How to be heard before a refusal (§ 28 VwVfG): the standard has no answer to message 130110, and a time limit may hang on it, so
 * it goes straight to the authority.
 */
function onPaper(
  page: Page,
  { reference }: Pick<Case, "reference">,
  authority: Authority | undefined,
): Pick<LetterView, "onPaper"> {
  if (!authority) return {};
  const { contact, name, office } = authority;
  const address = isolated(addressLines(`${name}, ${office}`, contact.address).join(", "), page);
  return {
    onPaper: {
      text: page.say("pages:letters.hearing.text", { reference: isolated(reference, page) }),
      post: page.say("pages:letters.hearing.post", { address }),
      ...(contact.email === undefined ? {} : { email: emailLink(page, "pages:letters.hearing.email", contact.email) }),
    },
  };
}

function phoneOf(page: Page, authority: Authority | undefined): string {
  return authority ? phoneText(page, authority.contact.phone) : "";
}

function factsOf(page: Page, { deadline, appointment, competent }: LetterContents): LetterView["facts"] {
  const fact = (name: string, value: string | undefined) =>
    value === undefined ? [] : [{ label: page.say(`pages:letters.facts.${name}`), value }];
  return [
    ...fact("deadline", deadline === undefined ? undefined : day(deadline, page)),
    ...(appointment
      ? [
          ...fact(
            "appointment",
            page.say("pages:status.at", { date: day(appointment.date, page), time: timeOf(appointment) }),
          ),
          ...fact("place", appointment.place),
          ...fact("more", appointment.more),
        ]
      : []),
    ...fact("competent", competent),
  ];
}

/** What is no address of the web was put there by mistake, or to mislead. */
function bookingOf(page: Page, contents: LetterContents | undefined): Pick<LetterView, "booking"> {
  const href = contents?.bookingUrl;
  if (href === undefined || !href.startsWith("https://") || !URL.canParse(href)) return {};
  return { booking: { href, label: page.say("pages:letters.booking", { host: new URL(href).host }) } };
}

function paragraphs(text: string): string[] {
  return text.split(/\n+/).flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
}

function momentOf(page: Page, at: Date): string {
  return page.say("pages:status.at", { date: formatDate(berlinDate(at), page.language), time: formatTime(at) });
}
