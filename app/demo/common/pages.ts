import { html } from "hono/html";

/** A piece of a page. */
export type Html = ReturnType<typeof html>;

/** How a simulator calls itself in its pages: name in titles, product in the header, one sentence in the footer. */
export type Names = { name: string; product: string; about: string };

/** The pages of a simulator; each says SIMULATOR in title, header and footer. */
export function pagesOf({ name, product, about }: Names) {
  /** Frame of every page. */
  const layout = (title: string, content: Html): Html =>
    html`<!doctype html>
      <html lang="de">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${title} – ${name} (SIMULATOR)</title>
          <link rel="stylesheet" href="/style.css" />
        </head>
        <body>
          <a class="skip" href="#inhalt">Zum Inhalt springen</a>
          <header>
            <div class="page">
              <p class="banner"><strong>SIMULATOR</strong> Keine echte Behörde. Nur Testdaten.</p>
              <p class="product"><a href="/">${product}</a></p>
            </div>
          </header>
          <main id="inhalt" tabindex="-1"><div class="page">${content}</div></main>
          <footer>
            <div class="page"><p>SIMULATOR ${about}</p></div>
          </footer>
        </body>
      </html>`;
  /** A page with one sentence and the way back. */
  const messagePage = (title: string, sentence: string): Html =>
    layout(
      title,
      html`<h1>${title}</h1>
        <p>${sentence}</p>
        <p><a href="/">Zum Eingang</a></p>`,
    );
  return { layout, messagePage };
}
