import { html, raw } from "hono/html";
import { decodedHeader } from "./mime.ts";
import type { Mail } from "./store.ts";

/** The style of all pages. */
export const STYLE = `
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5; }
body { margin: 0 auto; max-width: 60rem; padding: 0 1rem 3rem; }
header { border-block-end: 3px solid #c2410c; margin-block-end: 1.5rem; padding-block: 1rem; }
h1 { font-size: 1.5rem; margin: 0; }
table { border-collapse: collapse; inline-size: 100%; }
th, td { border-block-end: 1px solid #8888; padding: .5rem .75rem .5rem 0; text-align: start; vertical-align: top; }
dl { display: grid; gap: .25rem 1rem; grid-template-columns: max-content 1fr; }
dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
pre { background: #8882; overflow-x: auto; padding: 1rem; unicode-bidi: plaintext; white-space: pre-wrap; }
iframe { background: #fff; block-size: 40rem; border: 1px solid #8888; inline-size: 100%; }
@media (max-width: 40rem) {
  thead { clip-path: inset(50%); position: absolute; }
  tr, td { display: block; }
  td { border: 0; overflow-wrap: anywhere; padding-block: .125rem; }
  tr { border-block-end: 1px solid #8888; padding-block: .5rem; }
  dl { grid-template-columns: 1fr; }
  dd { margin-block-end: .5rem; }
}
`;

const layout = (title: string, content: unknown) =>
  html`<!doctype html>
    <html lang="de">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title} – Postfach (SIMULATOR)</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <header>
          <h1>Postfach (SIMULATOR)</h1>
          <p>Hier kommen alle E-Mails der Demo an. Niemand sonst bekommt sie.</p>
        </header>
        <main>${content}</main>
      </body>
    </html>`;

const berlin = new Intl.DateTimeFormat("de-DE", {
  dateStyle: "medium",
  timeStyle: "medium",
  timeZone: "Europe/Berlin",
});
const moment = (iso: string) => berlin.format(new Date(iso));

/** All mails, newest first. */
export function listPage(mails: readonly Mail[]) {
  if (mails.length === 0) return layout("Postfach", html`<p>Noch ist keine E-Mail gekommen.</p>`);
  const rows = mails.map(
    ({ id, subject, to, receivedAt }) =>
      html`<tr>
        <td>${moment(receivedAt)}</td>
        <td>${to.join(", ")}</td>
        <td><a href="/mails/${id}">${subject || "(ohne Betreff)"}</a></td>
      </tr>`,
  );
  return layout(
    "Postfach",
    html`<table>
      <thead>
        <tr>
          <th scope="col">Empfangen</th>
          <th scope="col">An</th>
          <th scope="col">Betreff</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`,
  );
}

const SHOWN = ["from", "to", "date", "message-id", "auto-submitted", "content-language", "content-type"];

/** One mail: headers, plain text, HTML in a frame that may do nothing, and its source. */
export function mailPage({ id, subject, headers, text, html: markup, to, receivedAt }: Mail) {
  const lines = SHOWN.flatMap((name) => {
    const value = headers[name];
    return value === undefined
      ? []
      : [
          html`<dt>${name}</dt>
            <dd>${decodedHeader(value)}</dd>`,
        ];
  });
  return layout(
    subject,
    html`<p><a href="/">Alle E-Mails</a></p>
      <h2>${subject}</h2>
      <dl>
        <dt>Empfangen</dt>
        <dd>${moment(receivedAt)}</dd>
        <dt>Zugestellt an</dt>
        <dd>${to.join(", ")}</dd>
        ${lines}
      </dl>
      <h3>Text</h3>
      <pre>${text}</pre>
      <h3>HTML</h3>
      <iframe sandbox="" src="/mails/${id}/html" title="HTML der E-Mail"></iframe>
      <h3>Quelltext des HTML</h3>
      <pre>${markup}</pre>`,
  );
}

/** A page with one sentence. */
export function messagePage(title: string, text: string) {
  return layout(
    title,
    html`<h2>${title}</h2>
      <p>${text}</p>
      <p><a href="/">Alle E-Mails</a></p>`,
  );
}

/** HTML of a mail as it came; its answer forbids it to do anything. */
export const foreign = (markup: string) => raw(markup);
