import { createHash } from "node:crypto";
import { serverI18n } from "#app/i18n/i18n.server.ts";
import { knownWords } from "#app/i18n/known.ts";
import { languages, type Language } from "#locales/languages.ts";

/** So long until the page asks again by itself, in seconds; a little different for each, so that they do not come at once. */
const LEAST_SECONDS = 15;
const MOST_SECONDS = 25;

const style =
  ":root{color-scheme:light dark}body{font:1.125rem/1.6 system-ui,sans-serif;margin:0 auto;max-width:36rem;padding:2rem 1rem}" +
  "h1{font-size:1.5rem;line-height:1.3}a{color:LinkText;display:inline-block;padding:.75rem 0}";
const styleHash = createHash("sha256").update(style).digest("base64");

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function htmlFor(language: Language, direction: "ltr" | "rtl"): Buffer {
  const { say } = knownWords(serverI18n(language));
  const text = (key: Parameters<typeof say>[0]) => escaped(say(key));
  return Buffer.from(
    `<!doctype html><html lang="${language}" dir="${direction}"><head><meta charset="utf-8">` +
      `<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">` +
      `<title>${text("pages:waiting.title")}</title><style>${style}</style></head><body><main>` +
      `<h1>${text("pages:waiting.title")}</h1><p>${text("pages:waiting.text")}</p><p>${text("pages:waiting.place")}</p>` +
      `<p><a href="/${language}/resume">${text("pages:waiting.resume")}</a></p></main></body></html>`,
  );
}

const pages = new Map<string, Buffer>(languages.map(({ code, dir }) => [code, htmlFor(code, dir)]));

/** The page of the line at the door: made once, the same bytes for everybody, asks again by itself and without script. */
export function waitingPage(language: Language, random: number): Response {
  const seconds = LEAST_SECONDS + Math.floor(random * (MOST_SECONDS - LEAST_SECONDS));
  return new Response(new Uint8Array(pages.get(language) ?? []), {
    status: 503,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "retry-after": String(seconds),
      refresh: String(seconds),
      "content-security-policy": `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    },
  });
}
