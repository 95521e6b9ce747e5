import { html } from "hono/html";
import type { Payload } from "../payload.ts";
import type { SubmissionRecord } from "../record.ts";
import { formatTime, type Html } from "./values.ts";
import { CHECK_NAMES, stateBadge } from "./words.ts";

const DECIDERS = {
  checks: "automatische Prüfung",
  rule: "automatisch (Einstellung des Simulators)",
  clerk: "Sachbearbeitung",
};
const MARKS = { ok: "✓ In Ordnung:", failed: "✕ Fehler:", note: "! Hinweis:", notRun: "– Nicht geprüft:" };

/** The decision, or the two forms to take it. */
export function decisionForms(record: SubmissionRecord, error: string | undefined): Html {
  const { application, decision } = record;
  if (!application) return html``;
  if (decision) {
    return html`<section class="sheet">
      <h2>Entscheidung</h2>
      <p>${stateBadge(record)}</p>
      <p>${formatTime(decision.at)}, ${DECIDERS[decision.by]}</p>
      ${decision.problems.map(({ detail }) => html`<p>Grund: <bdi>${detail}</bdi></p>`)}
    </section>`;
  }
  const action = `/applications/${application.messageId}`;
  return html`<section class="sheet">
    <h2>Bearbeiten</h2>
    <form method="post" action="${action}/accept"><button class="primary">Annehmen</button></form>
    <form method="post" action="${action}/reject">
      <label for="reason">Grund der Zurückweisung</label>
      <p class="muted" id="reason-hint">
        Der Grund steht unverschlüsselt im Ereignisprotokoll. Schreiben Sie keine persönlichen Daten hinein.
      </p>
      <textarea
        id="reason"
        name="reason"
        rows="3"
        maxlength="500"
        aria-describedby="reason-hint${error ? " reason-error" : ""}"
        ${error ? html`aria-invalid="true"` : ""}
      ></textarea>
      ${error ? html`<p class="error" id="reason-error">${error}</p>` : ""}
      <button>Zurückweisen</button>
    </form>
  </section>`;
}

/** What was checked on receipt. */
export function checkReport({ checks }: SubmissionRecord): Html {
  return html`<section class="sheet">
    <h2>Prüfbericht</h2>
    <ul class="checks">
      ${checks.map(
        ({ id, state, details }) =>
          html`<li class="check-${state}">
            <b>${MARKS[state]}</b> ${CHECK_NAMES[id]}${
              details.length > 0 ? html` <small>${details.join("; ")}</small>` : ""
            }
          </li>`,
      )}
    </ul>
  </section>`;
}

/** Ids and signed events, for whoever looks for a fault. */
export function technicalPart(
  record: SubmissionRecord,
  payload: Payload,
  repetitions: readonly SubmissionRecord[],
): Html {
  const ids: [string, string | undefined][] = [
    ["messageId", payload.messageId],
    ["submissionId", record.submissionId],
    ["caseId", record.caseId],
    ["destinationId", record.destinationId],
    ["Leistung", payload.service.id],
    ["Schema", record.application?.schemaUri],
    ["SHA-512 der Fachdaten", record.dataHash],
    ["abgeholt", formatTime(record.receivedAt)],
    ["Entscheidung übermittelt", record.decision?.deliveredAt && formatTime(record.decision.deliveredAt)],
  ];
  const isXml = record.application?.mimeType === "application/xml";
  const sets = [...record.events, ...(record.decision ? [record.decision.jws] : [])];
  return html`<details>
    <summary>Technische Angaben</summary>
    <dl class="pairs technical">
      ${ids.map(([name, value]) =>
        value
          ? html`<div class="pair">
              <dt>${name}</dt>
              <dd class="code">${value}</dd>
            </div>`
          : "",
      )}
    </dl>
    <p><a href="/api/applications/${payload.messageId}">Fachdaten (${isXml ? "XML" : "JSON"})</a></p>
    ${
      repetitions.length > 0
        ? html`<p>Dieselbe Nachricht kam erneut:</p>
            <ul class="plain">
              ${repetitions.map(
                (other) =>
                  html`<li class="code">
                    ${other.submissionId}: ${other.dataHash === record.dataHash ? "gleicher" : "abweichender"} Inhalt
                  </li>`,
              )}
            </ul>`
        : ""
    }
    <h3>Ereignisse (SET)</h3>
    ${sets.map((set) => html`<pre tabindex="0">${set}</pre>`)}
  </details>`;
}
