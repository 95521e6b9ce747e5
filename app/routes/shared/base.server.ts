import type { Authority } from "#app/config/authority.ts";
import type { RequestContext } from "#app/http.server.ts";
import type { Frame } from "#app/components/frame.ts";
import { frameOf, type Page } from "#app/routes/shared/request.server.ts";
import { directionOf } from "#locales/languages.ts";

/** What every loader of a page returns: the frame, the title of the document and the heading. */
export type PageBase = { frame: Frame; title: string; heading: string };

/** Frame and titles of a page with the heading `heading`. */
export function pageBase(context: RequestContext, page: Page, heading: string, authority?: Authority): PageBase {
  return {
    frame: frameOf(context, page, authority),
    title: page.say("common:pageTitle", { title: heading }),
    heading,
  };
}

/**
 * A phone number, name or address to stand inside a sentence. In a text from right to left its parts would change places,
 * so it gets Unicode isolates there (UAX 9, 2.4).
 */
export function isolated(text: string, { language }: Page): string {
  return directionOf(language) === "rtl" ? `\u2068${text}\u2069` : text;
}
