import { formatDate } from "#app/i18n/format.ts";
import type { KnownWords } from "#app/i18n/known.ts";
import type { Block, Letter } from "#app/mail/letter.ts";
import type { DigestNews } from "#app/mail/news.ts";
import {
  closing,
  germanWords,
  kindWords,
  momentOf,
  officeSubject,
  opening,
  type OfficeSetting,
} from "#app/mail/office.server.ts";
import { leadingLanguage } from "#locales/languages.ts";

type Say = KnownWords["say"];

const heading = (say: Say, name: string): Block => ({ kind: "heading", text: say(`officeMails:digest.${name}.title`) });
const text = (say: Say, key: string): Block => ({ kind: "text", text: say(key) });
const unread = (say: Say): Block => text(say, "officeMails:digest.unread");

/** `wartet 3, hängt fest 1` */
function states(counts: Readonly<Record<string, number>>, { say, has }: KnownWords): string {
  return Object.entries(counts)
    .map(([state, count]) => {
      const key = `officeMails:digest.queue.states.${state}`;
      return `${has(key) ? say(key) : state} ${count}`;
    })
    .join(", ");
}

function queueBlocks({ queue }: DigestNews, words: KnownWords, nameOf: (id: string) => string): Block[] {
  const { say } = words;
  if (!queue) return [heading(say, "queue"), unread(say)];
  const lines = queue.lines.map(({ destination, authority, states: counts, oldest }) =>
    say("officeMails:digest.queue.line", {
      authority: nameOf(authority),
      destination,
      states: states(counts, words),
      oldest: momentOf(oldest, words),
    }),
  );
  const total = states(queue.total, words);
  return [
    heading(say, "queue"),
    { kind: "text", text: total === "" ? say("officeMails:digest.queue.empty") : total },
    ...(lines.length > 0 ? [{ kind: "list" as const, items: lines }] : []),
    ...(queue.more > 0
      ? [{ kind: "text" as const, text: say("officeMails:digest.queue.more", { count: queue.more }) }]
      : []),
  ];
}

function alertBlocks({ alerts }: DigestNews, words: KnownWords, nameOf: (id: string) => string): Block[] {
  const { say } = words;
  if (!alerts) return [heading(say, "alerts"), unread(say)];
  if (alerts.length === 0) return [heading(say, "alerts"), text(say, "officeMails:digest.alerts.none")];
  const items = alerts.map(({ kind, authority, count, first, last }) =>
    say("officeMails:digest.alerts.line", {
      title: say(`${kindWords(kind, words)}.title`),
      kind,
      authority: authority === null ? say("officeMails:digest.alerts.service") : nameOf(authority),
      number: count,
      first: momentOf(first, words),
      last: momentOf(last, words),
    }),
  );
  return [heading(say, "alerts"), { kind: "list", items }];
}

function mailBlocks({ mails }: DigestNews, { say }: KnownWords): Block[] {
  if (mails === undefined) return [];
  if (!mails) return [heading(say, "mails"), unread(say)];
  const items = [
    say("officeMails:digest.mails.waiting", { number: mails.waiting }),
    ...mails.failed.map(({ code, count }) => say("officeMails:digest.mails.failed", { number: count, code })),
  ];
  return [heading(say, "mails"), { kind: "list", items }];
}

/** One part of the report; one that cannot be worded is said to be so, and the others still come. */
function guarded(blocks: () => Block[], { say }: KnownWords): Block[] {
  try {
    return blocks();
  } catch {
    return [unread(say)];
  }
}

function subjectOf({ date, alerts, queue, mails }: DigestNews, { say }: KnownWords): string {
  const day = formatDate(date, leadingLanguage);
  if (!alerts || !queue || mails === null) return say("officeMails:digest.subjectUnread", { date: day });
  if (alerts.length === 0) return say("officeMails:digest.subjectWell", { date: day });
  const number = alerts.reduce((sum, { count }) => sum + count, 0);
  return say("officeMails:digest.subject", { date: day, number });
}

/** The daily report to operator or authority; figures and findings, nothing personal, and a word when all is well. */
export function digestLetter(news: DigestNews, setting: OfficeSetting): Letter {
  const words = germanWords();
  const { say } = words;
  const subject = subjectOf(news, words);
  const nameOf = (id: string) => setting.config.byId.get(id)?.shortName ?? id;
  const blocks: Block[] = [
    ...opening(setting, words),
    { kind: "heading", text: subject },
    text(say, `officeMails:digest.lead.${setting.audience}`),
    ...guarded(() => alertBlocks(news, words, nameOf), words),
    ...guarded(() => queueBlocks(news, words, nameOf), words),
    ...guarded(() => mailBlocks(news, words), words),
    ...closing(setting, words),
  ];
  return { subject: officeSubject(subject, setting), parts: [{ language: leadingLanguage, blocks }] };
}
