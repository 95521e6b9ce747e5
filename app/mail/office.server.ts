import type { Config } from "#app/config/load.server.ts";
import { berlinDate, formatDate, formatTime } from "#app/i18n/format.ts";
import { serverI18n } from "#app/i18n/i18n.server.ts";
import { knownWords, type KnownWords } from "#app/i18n/known.ts";
import type { MailSetting } from "#app/mail/applicant.server.ts";
import type { Block, Letter } from "#app/mail/letter.ts";
import type { AlertNews } from "#app/mail/news.ts";
import { leadingLanguage } from "#locales/languages.ts";

/** Whom a mail of operation is for, and what its text needs to know of the service. */
export type OfficeSetting = MailSetting & {
  audience: "operator" | "authority";
  config: Pick<Config, "operator" | "byId">;
};

/** Mails of operation are German: those who run the service and the authorities work in it. */
export const germanWords = (): KnownWords => knownWords(serverI18n(leadingLanguage));

/** A moment in Berlin: `22.11.2026, 07:00 Uhr`. */
export function momentOf(iso: string, { say }: KnownWords): string {
  const at = new Date(iso);
  return say("officeMails:office.at", { date: formatDate(berlinDate(at), leadingLanguage), time: formatTime(at) });
}

/** Words for a finding; those of a self-test beyond the known ones are told by their code. */
export function kindWords(kind: string, { has }: KnownWords): string {
  const known = `officeMails:alert.${kind}`;
  return has(`${known}.title`) ? known : "officeMails:alert.selfTest";
}

/** What stands at the end of every mail of operation: where to look, or whom to call. */
export function closing({ audience, config, publicUrl }: OfficeSetting, { say }: KnownWords): Block[] {
  const { name, email, phone } = config.operator;
  return audience === "operator"
    ? [
        { kind: "text", text: say("officeMails:office.operatorPage") },
        { kind: "address", href: `${publicUrl}/operator` },
      ]
    : [{ kind: "text", text: say("officeMails:office.askOperator", { name, email, phone }) }];
}

/** What stands at the beginning in the demo. */
export function opening({ isDemo }: MailSetting, { say }: KnownWords): Block[] {
  return isDemo ? [{ kind: "text", text: say("common:demo") }] : [];
}

/** Subject of a mail of operation, recognisable in a full inbox. */
export function officeSubject(text: string, { isDemo }: MailSetting): string {
  return `${isDemo ? "[DEMO] " : ""}[Aufenthalt Online] ${text}`;
}

/** Codes as they are; of a key that ends its last day. */
function codeFacts({ kind, codes }: AlertNews, line: (name: string, value: string) => string): string[] {
  if (codes.length === 0) return [];
  if (kind !== "keyExpires") return [line("codes", codes.join(", "))];
  return [line("until", codes.map((code) => formatDate(code, leadingLanguage)).join(", "))];
}

/** The mail that tells operator or authority what the watchdog found. */
export function alertLetter(news: AlertNews, authority: string | null, setting: OfficeSetting): Letter {
  const words = germanWords();
  const { say, has } = words;
  const base = kindWords(news.kind, words);
  const line = (name: string, value: string) => say(`officeMails:office.facts.${name}`, { value });
  const title = say(`${base}.title`);
  const name = authority === null ? undefined : (setting.config.byId.get(authority)?.name ?? authority);
  const hint = `${base}.${setting.audience}`;
  const level = news.level === undefined ? [] : [line("level", say(`officeMails:alert.levels.${news.level}`))];
  const facts = [
    ...(name === undefined ? [] : [line("authority", name)]),
    line("count", String(news.count)),
    line("since", momentOf(news.since, words)),
    ...level,
    ...codeFacts(news, line),
    line("subjects", news.subjects.join(", ")),
  ];
  const blocks: Block[] = [
    ...opening(setting, words),
    { kind: "heading", text: title },
    { kind: "text", text: say(`${base}.text`) },
    { kind: "list", items: facts },
    ...(has(hint) ? [{ kind: "text" as const, text: say(hint) }] : []),
    ...closing(setting, words),
  ];
  return { subject: officeSubject(title, setting), parts: [{ language: leadingLanguage, blocks }] };
}
