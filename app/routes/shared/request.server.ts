import { data } from "@remix-run/node";
import type { Authority } from "#app/config/authority.ts";
import { hoursInWords } from "#app/config/hours.ts";
import { settingsOf } from "#app/config/settings.ts";
import type { HelpedBarProps } from "#app/components/HelpedBar.tsx";
import type { RequestContext } from "#app/http.server.ts";
import { serverI18n } from "#app/i18n/i18n.server.ts";
import { knownWords, type KnownWords } from "#app/i18n/known.ts";
import { footerLinks, languageLinks, type Frame } from "#app/components/frame.ts";
import { handOverPath, isBorrowed } from "#app/routes/shared/helped.server.ts";
import { helpedOf } from "#app/session.server.ts";
import type { DraftContent } from "#app/store/drafts.server.ts";
import type { Setting } from "#flows/engine/facts.ts";
import { lawInForce, type Law } from "#flows/law/law.ts";
import { isLanguage, type Language } from "#locales/languages.ts";

/** A text by key in the language of the page. */
export type Say = KnownWords["say"];

/** What most loaders need to know of a request. */
export type Page = KnownWords & {
  language: Language;
  /** Path behind the language, for the language switch. */
  rest: string;
};

/** Anything that does not exist: the error page says so without saying what else there is. */
export function notFound(): never {
  throw data(null, { status: 404 });
}

/** Reads the language of an address; an unknown one is a page that does not exist. */
export function requirePage(request: Request, params: { lng?: string | undefined }): Page {
  if (!isLanguage(params.lng)) notFound();
  return {
    language: params.lng,
    ...knownWords(serverI18n(params.lng)),
    rest: new URL(request.url).pathname.replace(/\.data$/, "").slice(params.lng.length + 1),
  };
}

/** Finds the authority of an address. */
export function requireAuthority({ app }: RequestContext, params: { authority?: string | undefined }): Authority {
  return app.config.byId.get(params.authority ?? "") ?? notFound();
}

let rowsOfDay: { day: string; law: Law } | undefined;

/** The facts that do not come from the person: date, law in force, switches of the authority, and whether somebody helps. */
export function settingOf(
  { app }: RequestContext,
  authority: Authority,
  language: string,
  { helped }: Pick<DraftContent, "helped"> = {},
): Setting {
  const day = app.today();
  if (rowsOfDay?.day !== day) rowsOfDay = { day, law: lawInForce(app.lawRows, day) };
  const settings = settingsOf(authority, language);
  return {
    today: day,
    law: rowsOfDay.law,
    settings: helped === undefined ? settings : { ...settings, helped: true },
  };
}

function hoursOf(phoneHours: Authority["contact"]["phoneHours"], language: Language): string {
  const lines = phoneHours.map((hours) => hoursInWords(hours, language));
  return lines.map(({ days, from, to }) => `${days} ${from}–${to}`).join("; ");
}

/** How to end the sitting of somebody else in this browser; none where nobody sits, or on their own device. */
function helpedBar(context: RequestContext, page: Pick<Page, "language">): { helped?: HelpedBarProps } {
  const { session } = context;
  if (session.state === "none" || !isBorrowed(context)) return {};
  const handOver = helpedOf(session) === undefined ? {} : { handOverHref: handOverPath(page) };
  return { helped: { ...handOver, forgetHref: `/${page.language}/forget` } };
}

/** The frame of a page, with the authority's identity and help where there is one. */
export function frameOf(context: RequestContext, page: Page, authority?: Authority): Frame {
  const { app } = context;
  const { language, rest } = page;
  const base = {
    demo: app.env.mode === "demo",
    homeHref: `/${language}`,
    languageLinks: languageLinks(rest),
    footer: footerLinks(language),
    ...helpedBar(context, page),
  };
  const { name, phone, phoneHours, help } = app.config.operator;
  const advice = (authority?.counselling[0] ?? help.counselling[0])?.url;
  const adviceHref = advice === undefined ? {} : { adviceHref: advice };
  if (!authority)
    return { ...base, help: { contact: { name, phone, hours: hoursOf(phoneHours, language) }, ...adviceHref } };
  const { contact } = authority;
  return {
    ...base,
    authority: {
      id: authority.id,
      name: authority.name,
      letter: authority.brand.crestLetter,
      href: `/${language}/${authority.id}`,
    },
    official: authority.officialStrip && app.env.mode !== "demo",
    help: {
      contact: {
        name: `${authority.office} ${authority.shortName}`,
        phone: contact.phone,
        hours: hoursOf(contact.phoneHours, language),
      },
      ...adviceHref,
    },
    footer: { ...base.footer, privacy: `/${language}/${authority.id}/privacy` },
  };
}
