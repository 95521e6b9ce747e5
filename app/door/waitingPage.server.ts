import { createHash } from "node:crypto";
import type { Beginning } from "#app/door/door.server.ts";
import { ASK_AGAIN_MS } from "#app/door/line.server.ts";
import { serverI18n } from "#app/i18n/i18n.server.ts";
import { knownWords } from "#app/i18n/known.ts";
import { directionOf, languages, type Language } from "#locales/languages.ts";

/** So long until the page asks again by itself, in seconds; a little different for each, so that they do not come at once. */
const LEAST_SECONDS = 15;
const MOST_SECONDS = ASK_AGAIN_MS / 1_000;

const style =
  ":root{color-scheme:light dark}body{font:1.125rem/1.6 system-ui,sans-serif;margin:0}" +
  "body>*{padding:.75rem max(1rem,50vw - 18rem)}.demo{background:#fff3dc;color:#171a2b;font-size:1rem;font-weight:600;margin:0}" +
  "header{border-bottom:3px solid #1f4d5c;font-weight:700}main{padding-top:2rem}" +
  "h1{font-size:1.5rem;line-height:1.3}a{color:LinkText;display:inline-block;padding:.75rem 0}" +
  "ul{display:flex;flex-wrap:wrap;gap:0 1.5rem;list-style:none;margin:0;padding:0}";
const styleHash = createHash("sha256").update(style).digest("base64");

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** What does not change of a page: its head, the mark of the demo, what it says, and its end behind the links. */
type Parts = { head: string; demo: string; body: string; end: string };

function partsOf(language: Language): Parts {
  const { say } = knownWords(serverI18n(language));
  const text = (...given: Parameters<typeof say>) => escaped(say(...given));
  const title = say("pages:waiting.title");
  return {
    head:
      `<!doctype html><html lang="${language}" dir="${directionOf(language)}"><head><meta charset="utf-8">` +
      `<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">` +
      `<title>${text("common:pageTitle", { title })}</title><style>${style}</style></head><body>`,
    demo: `<p class="demo">${text("common:demo")}</p>`,
    body:
      `<header>${text("common:product")}</header><main><h1>${escaped(title)}</h1><p>${text("pages:waiting.text")}</p><p>${text("pages:waiting.place")}</p>` +
      `<p><a href="/${language}/resume">${text("pages:waiting.resume")}</a></p></main>` +
      `<nav aria-label="${text("common:header.chooseLanguage")}"><ul>`,
    end: "</ul></nav></body></html>",
  };
}

const pages = new Map<Language, Parts>(languages.map(({ code }) => [code, partsOf(code)]));

/** The other languages, for whoever came by a link in one that they cannot read; their place stays the same. */
function linksOf({ language, path }: Beginning): string {
  const others = languages.filter(({ code }) => code !== language);
  return others
    .map(({ code, name, dir }) => {
      const href = escaped(`/${code}${path}`);
      return `<li><a href="${href}" lang="${code}" hreflang="${code}" dir="${dir}">${name}</a></li>`;
    })
    .join("");
}

/** The page of the line at the door: the same for everybody who asks for a page, asks again by itself and without script. */
export function waitingPage(at: Beginning, { isDemo, random }: { isDemo: boolean; random: number }): Response {
  const seconds = LEAST_SECONDS + Math.floor(random * (MOST_SECONDS - LEAST_SECONDS));
  const { head, demo, body, end } = pages.get(at.language) ?? partsOf(at.language);
  return new Response(head + (isDemo ? demo : "") + body + linksOf(at) + end, {
    status: 503,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "retry-after": String(seconds),
      refresh: String(seconds),
      "content-security-policy": `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    },
  });
}
