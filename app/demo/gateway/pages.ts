import { html } from "hono/html";
import { pagesOf, type Html } from "../common/pages.ts";
import { answerKinds } from "./answers.ts";
import type { MessageRecord } from "./record.ts";
import type { Statistics } from "./store.ts";
import { answerWords, elementName, kindName, sizeOf, stateWords, timeOf } from "./words.ts";
import type { Part } from "./xml.ts";

const ROWS = 200;

const frame = pagesOf({
  name: "Gateway",
  product: "Gateway eines Rechenzentrums",
  about: "eines Gateways mit Ordnern über SFTP und der Ausländerbehörde dahinter.",
});
const { layout } = frame;

/** A page with one sentence and the way back. */
export const { messagePage } = frame;

function badge(record: MessageRecord): Html {
  const { text, tone } = stateWords(record);
  return html`<span class="badge badge-${tone}">${text}</span>`;
}

type Names = (mailbox: string) => string;

function row(record: MessageRecord, nameOf: Names): Html {
  return html`<tr>
    <td><a class="code" href="/messages/${record.messageId}">${record.reference || record.messageId}</a></td>
    <td>
      <b><bdi>${record.applicant || "ohne Namen"}</bdi></b>
    </td>
    <td>${kindName(record.kind)} <small>${record.title}</small></td>
    <td>${nameOf(record.mailbox)} <small>${record.format}</small></td>
    <td>${timeOf(record.receivedAt)}</td>
    <td>${badge(record)}</td>
  </tr>`;
}

/** The messages that came in, newest on top. */
export function inboxPage(records: readonly MessageRecord[], statistics: Statistics, nameOf: Names): Html {
  const figures: [string, number][] = [
    ["Eingegangen", statistics.received],
    ["Angenommen", statistics.accepted],
    ["Zurückgewiesen", statistics.rejected],
    ["Wiederholungen", statistics.duplicates],
  ];
  const rows = records.toReversed().slice(0, ROWS);
  return layout(
    "Eingang",
    html`<h1>Eingang</h1>
      <dl class="stats">
        ${figures.map(
          ([name, count]) =>
            html`<div>
              <dt>${name}</dt>
              <dd>${count}</dd>
            </div>`,
        )}
      </dl>
      ${
        rows.length === 0
          ? html`<p class="empty">Hier erscheinen Nachrichten, sobald der Online-Dienst sie abgelegt hat.</p>`
          : html`<div class="scroll" role="region" aria-label="Liste der Nachrichten" tabindex="0">
              <table>
                <caption class="hidden">
                  Eingegangene Nachrichten, neue zuerst
                </caption>
                <thead>
                  <tr>
                    <th scope="col">Vorgang</th>
                    <th scope="col">Person</th>
                    <th scope="col">Nachricht</th>
                    <th scope="col">Postfach</th>
                    <th scope="col">Eingegangen</th>
                    <th scope="col">Status</th>
                  </tr>
                </thead>
                <tbody>
                  ${rows.map((record) => row(record, nameOf))}
                </tbody>
              </table>
            </div>`
      }`,
  );
}

function partList(parts: readonly Part[]): Html {
  return html`<dl class="pairs">
    ${parts.map(({ name, value, parts: inner }) =>
      inner.length > 0
        ? html`<div class="item">
            <dt class="item-title">${elementName(name)}</dt>
            <dd>${partList(inner)}</dd>
          </div>`
        : html`<div class="pair">
            <dt>${elementName(name)}</dt>
            <dd><bdi>${value ?? ""}</bdi></dd>
          </div>`,
    )}
  </dl>`;
}

function answerForms({ messageId, head, answers }: MessageRecord): Html {
  if (!head) return html``;
  return html`<section class="sheet" aria-labelledby="schreiben">
    <h2 id="schreiben">An die Person schreiben</h2>
    <form method="post" action="/messages/${messageId}/answer">
      <p>
        <label for="text">Text (ohne Eingabe steht ein Beispiel)</label>
        <textarea id="text" name="text" rows="4" maxlength="2000"></textarea>
      </p>
      ${answerKinds.map((kind) => html`<button name="kind" value="${kind}">${answerWords[kind].name}</button> `)}
    </form>
    ${
      answers.length === 0
        ? ""
        : html`<h3>Geschrieben</h3>
            <ul class="list">
              ${answers.map(({ kind, at, id }) => {
                const known = answerKinds.find((name) => name === kind);
                return html`<li>
                  <a href="/messages/${messageId}/answers/${id}">${known ? answerWords[known].name : kind}</a>
                  <small>${timeOf(at)}</small>
                </li>`;
              })}
            </ul>`
    }
  </section>`;
}

function decisionForms({ messageId, state }: MessageRecord): Html {
  if (state !== "open") return html``;
  return html`<section class="sheet" aria-labelledby="entscheiden">
    <h2 id="entscheiden">Technisch annehmen</h2>
    <form method="post" action="/messages/${messageId}/accept"><button class="primary">Annehmen</button></form>
    <form method="post" action="/messages/${messageId}/reject"><button>Zurückweisen</button></form>
  </section>`;
}

/** One message with what it says, its files, and what the authority can write. */
export function detailPage(record: MessageRecord, parts: readonly Part[], nameOf: Names): Html {
  const { messageId, reference, kind, receivedAt, title, files, problem, repetitions } = record;
  return layout(
    `Vorgang ${reference}`,
    html`<p><a href="/">← Zurück zum Eingang</a></p>
      <p class="muted">${kindName(kind)} <span class="code">${reference}</span> · ${timeOf(receivedAt)}</p>
      <h1><bdi>${record.applicant || "Nachricht ohne Namen"}</bdi></h1>
      <p>${title} · ${nameOf(record.mailbox)} ${badge(record)}</p>
      ${problem === undefined ? "" : html`<p class="error">Ungelesen zurückgewiesen: ${problem}</p>`}
      ${repetitions.length === 0 ? "" : html`<p class="muted">Kam noch ${repetitions.length}-mal und zählt einmal.</p>`}
      <div class="split">
        <div>
          ${
            parts.length === 0
              ? ""
              : html`<section>
                  <h2>Inhalt</h2>
                  ${partList(parts)}
                </section>`
          }
          <section>
            <h2>Dateien (${files.length})</h2>
            <ul class="list">
              ${files.map(
                ({ name, mimeType, size }) =>
                  html`<li>
                    <a href="/messages/${messageId}/files/${name}" download>${name}</a>
                    <small>${mimeType}, ${sizeOf(size)}</small>
                  </li>`,
              )}
            </ul>
          </section>
        </div>
        <div>${decisionForms(record)} ${answerForms(record)}</div>
      </div>`,
  );
}
