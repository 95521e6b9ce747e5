import { html } from "hono/html";
import type { SubmissionRecord } from "../record.ts";
import type { Statistics } from "../store.ts";
import { layout } from "./layout.ts";
import { daysUntil, formatDate, formatTime, type Html } from "./values.ts";
import { daysLeft, kindName, stateBadge, urgency } from "./words.ts";

const ROWS_PER_PAGE = 50;
const REFUSED_SHOWN = 20;

type Input = {
  records: readonly SubmissionRecord[];
  statistics: Statistics;
  page: number;
  authorityName: (destinationId: string) => string;
  now: Date;
};

function deadlineCell(deadline: string | undefined, now: Date): Html {
  if (!deadline) return html`<span class="muted">keine</span>`;
  const days = daysUntil(deadline, now);
  return html`<span class="due due-${urgency(days)}">${formatDate(deadline)}</span> <small>${daysLeft(days)}</small>`;
}

function missingWords(missing: number): string {
  if (missing === 0) return "vollständig";
  return missing === 1 ? "1 wird nachgereicht" : `${missing} werden nachgereicht`;
}

function row(record: SubmissionRecord, { authorityName, now }: Input): Html {
  const { application } = record;
  if (!application) return html``;
  return html`<tr>
    <td><a class="code" href="/applications/${application.messageId}">${application.reference}</a></td>
    <td>
      <b><bdi>${application.applicant || "ohne Namen"}</bdi></b>
    </td>
    <td>
      ${application.serviceTitle} <small>${kindName(application.kind)}, ${authorityName(record.destinationId)}</small>
    </td>
    <td>${formatTime(application.filedAt)}</td>
    <td>${deadlineCell(application.deadline, now)}</td>
    <td>${stateBadge(record)}</td>
    <td>${missingWords(application.missing)}</td>
  </tr>`;
}

function table(rows: readonly SubmissionRecord[], input: Input): Html {
  return html`<div class="scroll" role="region" aria-label="Liste der Anträge" tabindex="0">
    <table>
      <caption class="hidden">
        Eingegangene Anträge, offene zuerst
      </caption>
      <thead>
        <tr>
          <th scope="col">Vorgang</th>
          <th scope="col">Person</th>
          <th scope="col">Leistung</th>
          <th scope="col">Gestellt am</th>
          <th scope="col">Frist</th>
          <th scope="col">Status</th>
          <th scope="col">Nachweise</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((record) => row(record, input))}
      </tbody>
    </table>
  </div>`;
}

function pager(page: number, pages: number): Html {
  if (pages < 2) return html``;
  return html`<nav class="pager" aria-label="Seiten">
    ${page > 1 ? html`<a href="/?seite=${page - 1}">Vorige Seite</a>` : ""}
    <span>Seite ${page} von ${pages}</span>
    ${page < pages ? html`<a href="/?seite=${page + 1}">Nächste Seite</a>` : ""}
  </nav>`;
}

function refused(records: readonly SubmissionRecord[]): Html {
  const shown = records.filter(({ state, application }) => state === "rejected" && !application).toReversed();
  if (shown.length === 0) return html``;
  return html`<section aria-labelledby="refused">
    <h2 id="refused">Technisch zurückgewiesen (${shown.length})</h2>
    <p class="muted">Diese Sendungen haben die Prüfung nicht bestanden. Ihr Inhalt wurde nicht übernommen.</p>
    <ul class="list">
      ${shown.slice(0, REFUSED_SHOWN).map(
        (record) =>
          html`<li>
            <span class="code">${record.submissionId}</span> ${formatTime(record.receivedAt)} ${stateBadge(record)}
            <ul class="plain">
              ${record.decision?.problems.map(
                ({ title, detail, instance }) => html`<li>${title} (${instance}): ${detail}</li>`,
              )}
            </ul>
          </li>`,
      )}
    </ul>
  </section>`;
}

/** The inbox: open applications first, oldest on top; decided ones after them, newest on top. */
export function inboxPage(input: Input): Html {
  const { records, statistics, now } = input;
  const applications = records.filter(({ application, duplicateOf }) => application && !duplicateOf);
  const open = applications.filter(({ state }) => state === "open");
  const decided = applications.filter(({ state }) => state !== "open").toReversed();
  const pages = Math.max(1, Math.ceil(applications.length / ROWS_PER_PAGE));
  const page = Number.isInteger(input.page) ? Math.min(Math.max(input.page, 1), pages) : 1;
  const rows = [...open, ...decided].slice((page - 1) * ROWS_PER_PAGE, page * ROWS_PER_PAGE);
  const figures: [string, number][] = [
    ["Eingegangen", statistics.received],
    ["Offen", open.length],
    ["Angenommen", statistics.accepted],
    ["Zurückgewiesen", statistics.rejected],
    ["Wiederholungen", statistics.duplicates],
  ];
  return layout(
    "Eingang",
    html`<h1>Eingang</h1>
      <p class="muted">Stand ${formatTime(now.toISOString())}</p>
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
        rows.length > 0
          ? html`${table(rows, input)}${pager(page, pages)}`
          : html`<p class="empty">Hier erscheinen Anträge, sobald der Online-Dienst sie geschickt hat.</p>`
      }
      ${refused(records)}`,
  );
}
