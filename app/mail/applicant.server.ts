import type { Authority } from "#app/config/authority.ts";
import { serverI18n } from "#app/i18n/i18n.server.ts";
import { knownWords } from "#app/i18n/known.ts";
import type { Block, Letter } from "#app/mail/letter.ts";
import type { ApplicantPurpose } from "#app/mail/news.ts";
import { directionOf, leadingLanguage, type Language } from "#locales/languages.ts";

/** What the mails of a service have in common: where it stands in the web, and whether it is the demo. */
export type MailSetting = { publicUrl: string; isDemo: boolean };

/** Isolates (UAX 9) keep a German name and what follows it in order inside a text from right to left. */
const isolated = (text: string, language: Language) => (directionOf(language) === "rtl" ? `\u2068${text}\u2069` : text);

function partOf(
  purpose: ApplicantPurpose,
  authority: Authority | undefined,
  language: Language,
  { publicUrl, isDemo }: MailSetting,
) {
  const { say } = knownWords(serverI18n(language));
  const name = authority ? `${authority.name}, ${authority.office}` : "";
  const values = {
    authority: isolated(name, language),
    phone: isolated((authority?.emergencyContact ?? authority?.contact)?.phone ?? "", language),
  };
  const line = (key: string): Block => ({ kind: "text", text: say(`mails:${key}`, values) });
  const blocks: Block[] = [
    ...(isDemo ? [{ kind: "text" as const, text: say("common:demo") }] : []),
    line("greeting"),
    line("news"),
    line(`${purpose}.what`),
    line(`${purpose}.next`),
    line("open"),
    { kind: "address", href: `${publicUrl}/${language}/status` },
    line("code"),
    line("phishing"),
    line("automatic"),
  ];
  return { language, blocks };
}

/**
 * The mail that tells an applicant of news: in the person's language, then in German. It has no name, reference or code and
 * nothing of the application: whoever else reads it learns that there is one, and at which authority.
 */
export function applicantLetter(
  purpose: ApplicantPurpose,
  authority: Authority | undefined,
  language: Language,
  setting: MailSetting,
): Letter {
  const languages = [...new Set<Language>([language, leadingLanguage])];
  const subjects = languages.map((each) => knownWords(serverI18n(each)).say("mails:subject"));
  return {
    subject: `${setting.isDemo ? "[DEMO] " : ""}${[...new Set(subjects)].join(" | ")}`,
    parts: languages.map((each) => partOf(purpose, authority, each, setting)),
  };
}
