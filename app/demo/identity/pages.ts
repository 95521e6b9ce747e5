import { html } from "hono/html";
import type { Person } from "./people.ts";

type Html = ReturnType<typeof html>;

/** The one style sheet: own, small; dark mode follows the system. */
export const STYLE = `
:root { color-scheme: light dark; --text: #131525; --muted: #51577a; --ground: #fff; --line: #ddd7ca; --action: #2044aa;
  --warn: #925400; --warn-ground: #fff3dc; }
@media screen and (prefers-color-scheme: dark) { :root { --text: #f3f4f7; --muted: #b9bccd; --ground: #14161e; --line: #3b3f4e;
  --action: #a2b8e4; --warn: #f69a00; --warn-ground: #38220a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 1.0625rem/1.6 system-ui, sans-serif; }
main, header { max-width: 44rem; margin-inline: auto; padding: 1rem; }
h1 { font-size: 1.75rem; line-height: 1.25; }
.banner { background: var(--warn-ground); color: var(--warn); padding: 0.5rem 1rem; border-radius: 0.375rem; margin: 0; }
ul { list-style: none; padding: 0; }
button { display: block; width: 100%; min-height: 2.75rem; padding: 0.75rem 1rem; margin-block: 0.5rem; font: inherit;
  text-align: start; color: var(--action); background: transparent; border: 2px solid var(--line); border-radius: 0.5rem;
  cursor: pointer; }
button small { display: block; color: var(--muted); }
button:hover { border-color: var(--action); }
a { color: var(--action); }
:focus-visible { outline: 3px solid var(--action); outline-offset: 2px; }
`;

function layout(title: string, content: Html): string {
  return String(
    html`<!doctype html>
      <html lang="de">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${title} – Anmeldedienst (DEMO)</title>
          <link rel="stylesheet" href="/style.css" />
        </head>
        <body>
          <header>
            <p class="banner"><strong>DEMO</strong> Anmeldedienst mit erfundenen Personen, ohne Passwörter.</p>
          </header>
          <main>
            <h1>${title}</h1>
            ${content}
          </main>
        </body>
      </html>`,
  );
}

/** The list of people to log in as; each is a button that posts to `action`. */
export function choicePage(action: string, people: readonly Person[]): string {
  const buttons = people.map(
    ({ id, name, does }) =>
      html`<li>
        <button type="submit" name="person" value="${id}">${name}<small>${does}</small></button>
      </li>`,
  );
  return layout(
    "Als wen anmelden?",
    html`<form method="post" action="${action}">
      <ul>
        ${buttons}
      </ul>
    </form>`,
  );
}

/** What the login service wants posted back when somebody logs out. */
type Confirmation = { action: string; secret: string };

/** Asks whether to end the login here too. */
export function logoutPage({ action, secret }: Confirmation): string {
  return layout(
    "Auch hier abmelden?",
    html`<p>Danach fragt der Anmeldedienst wieder, wer Sie sind.</p>
      <form method="post" action="${action}">
        <input type="hidden" name="xsrf" value="${secret}" />
        <button type="submit" name="logout" value="yes">Ja, abmelden</button>
        <button type="submit">Nein, angemeldet bleiben</button>
      </form>`,
  );
}

/** Leads back when nobody is logged in any more. */
export function loggedOutPage({ action, secret }: Confirmation): string {
  return layout(
    "Hier ist niemand angemeldet",
    html`<form method="post" action="${action}">
      <input type="hidden" name="xsrf" value="${secret}" />
      <button type="submit" name="logout" value="yes">Zurück zum Online-Dienst</button>
    </form>`,
  );
}

/** A page with one sentence. */
export function messagePage(title: string, sentence: string): string {
  return layout(title, html`<p>${sentence}</p>`);
}
