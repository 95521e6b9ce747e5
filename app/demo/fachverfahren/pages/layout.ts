import { html } from "hono/html";
import type { Html } from "./values.ts";

/** Frame of every page; it says SIMULATOR in title, header and footer. */
export function layout(title: string, content: Html): Html {
  return html`<!doctype html>
    <html lang="de">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – Fachverfahren (SIMULATOR)</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <a class="skip" href="#inhalt">Zum Inhalt springen</a>
        <header>
          <div class="page">
            <p class="banner"><strong>SIMULATOR</strong> Keine echte Behörde. Nur Testdaten.</p>
            <p class="product"><a href="/">Fachverfahren Ausländerwesen</a></p>
          </div>
        </header>
        <main id="inhalt" tabindex="-1"><div class="page">${content}</div></main>
        <footer>
          <div class="page">
            <p>SIMULATOR eines Fachverfahrens. Empfängt Anträge über einen simulierten FIT-Connect-Zustelldienst.</p>
          </div>
        </footer>
      </body>
    </html>`;
}

/** A page with one sentence and the way back. */
export function messagePage(title: string, sentence: string): Html {
  return layout(
    title,
    html`<h1>${title}</h1>
      <p>${sentence}</p>
      <p><a href="/">Zum Eingang</a></p>`,
  );
}
