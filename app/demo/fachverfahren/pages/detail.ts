import { html } from "hono/html";
import type { Payload } from "../payload.ts";
import type { SubmissionRecord } from "../record.ts";
import { pair, renderAnswers } from "./answers.ts";
import { evidenceSection } from "./evidence.ts";
import type { SchemaNode } from "./labels.ts";
import { layout } from "./layout.ts";
import { checkReport, decisionForms, technicalPart } from "./side.ts";
import { daysUntil, formatCents, formatDeadline, formatTime, isRecord, renderValue, type Html } from "./values.ts";
import { daysLeft, kindName, languageName, relationName, roleName, stateBadge, urgency } from "./words.ts";

type Input = {
  record: SubmissionRecord;
  payload: Payload;
  schema: SchemaNode | undefined;
  authority: string;
  repetitions: readonly SubmissionRecord[];
  /** The application that this message adds to, and what was added to this one. */
  supplemented: SubmissionRecord | undefined;
  supplements: readonly SubmissionRecord[];
  /** Applications of the other people of the household. */
  household: readonly SubmissionRecord[];
  now: Date;
  error: string | undefined;
};

function deadlineBox({ suggestion }: Payload, now: Date): Html {
  const deadline = suggestion?.deadline;
  if (!deadline) return html``;
  const days = daysUntil(deadline.date, now);
  return html`<section class="notice notice-${urgency(days)}" aria-labelledby="frist">
    <h2 id="frist">Frist: ${formatDeadline(deadline.date)}</h2>
    <p>
      ${daysLeft(days)}${deadline.codes.length > 0 ? html` <small class="code">${deadline.codes.join(", ")}</small>` : ""}
    </p>
  </section>`;
}

function relatedLink({ application, state }: SubmissionRecord): Html {
  if (!application) return html``;
  const words = { open: "offen", accepted: "angenommen", rejected: "zurückgewiesen" }[state];
  return html`<a href="/applications/${application.messageId}">
      ${kindName(application.kind)} vom ${formatTime(application.filedAt)}</a
    >
    (${words})`;
}

/** The other messages of the same case: what this one adds to, or what was added to it. */
function relatedBox(
  payload: Payload,
  supplemented: SubmissionRecord | undefined,
  supplements: readonly SubmissionRecord[],
): Html {
  if (payload.supplements !== undefined) {
    return html`<section class="notice" aria-labelledby="zu">
      <h2 id="zu">Ergänzt einen Antrag</h2>
      <p>
        ${supplemented ? relatedLink(supplemented) : html`Der Antrag liegt hier nicht vor: <span class="code">${payload.supplements}</span>`}
      </p>
    </section>`;
  }
  if (supplements.length === 0) return html``;
  return html`<section class="notice" aria-labelledby="dazu">
    <h2 id="dazu">Nachgereicht</h2>
    <ul>
      ${supplements.map((record) => html`<li>${relatedLink(record)}</li>`)}
    </ul>
  </section>`;
}

/** The applications of one household: what each person is to this one, where this message says so. */
function householdBox({ links }: Payload, household: readonly SubmissionRecord[]): Html {
  if (household.length === 0) return html``;
  const relationOf = (messageId: string) => relationName(links.find((link) => link.messageId === messageId)?.relation);
  return html`<section class="notice" aria-labelledby="haushalt">
    <h2 id="haushalt">Gehört zusammen mit</h2>
    <ul>
      ${household.map((record) => {
        const { messageId = "", applicant = "", reference = "" } = record.application ?? {};
        const relation = relationOf(messageId);
        return html`<li>
          <bdi>${applicant}</bdi>, <span class="code">${reference}</span>${relation ? `, ${relation}` : ""}:
          ${relatedLink(record)}
        </li>`;
      })}
    </ul>
  </section>`;
}

const markWords: Readonly<Record<string, string>> = { document: "Ausweis", person: "Name und Geburtsdatum" };

/** Earlier applications that may be of the same person: somebody should look. */
function duplicatesBox({ possibleDuplicate }: Payload): Html {
  if (possibleDuplicate.length === 0) return html``;
  return html`<section class="notice notice-soon" aria-labelledby="doppelt">
    <h2 id="doppelt">Möglicherweise schon gestellt</h2>
    <ul>
      ${possibleDuplicate.map(
        ({ by, authority, reference, service }) =>
          html`<li>
            <span class="code">${reference}</span>, ${service}, ${authority}:
            ${by.map((kind) => markWords[kind] ?? kind).join(" und ")}
          </li>`,
      )}
    </ul>
  </section>`;
}

function missingBox({ evidence, completeness }: Payload): Html {
  const missing = evidence.filter(({ later }) => later);
  if (missing.length === 0 && completeness !== "minimal") return html``;
  return html`<section class="notice notice-soon" aria-labelledby="fehlt">
    <h2 id="fehlt">Wird nachgereicht</h2>
    ${completeness === "minimal" ? html`<p>Kurzantrag zur Wahrung der Frist: weitere Angaben folgen.</p>` : ""}
    <ul>
      ${missing.map(
        ({ title, code, later }) =>
          html`<li><b>${title || code}</b>${later?.reason ? html`: <bdi>${later.reason}</bdi>` : ""}</li>`,
      )}
    </ul>
  </section>`;
}

function feeText(fee: unknown): Html {
  if (!isRecord(fee)) return renderValue(fee);
  if (typeof fee.cents === "number") return html`${formatCents(fee.cents)}`;
  if (typeof fee.from === "number" && typeof fee.to === "number") {
    return html`${formatCents(fee.from)} bis ${formatCents(fee.to)}`;
  }
  return fee.unknown ? html`nicht bekannt, die Behörde nennt den Betrag` : renderValue(fee);
}

function suggestionSection({ suggestion }: Payload): Html {
  if (!suggestion || (!suggestion.legalBasis && suggestion.fee === undefined)) return html``;
  return html`<section>
    <h2>Vorschlag des Online-Dienstes</h2>
    <dl class="pairs">
      ${suggestion.legalBasis ? pair("Rechtsgrundlage", renderValue(suggestion.legalBasis)) : ""}
      ${suggestion.fee === undefined ? "" : pair("Gebühr", feeText(suggestion.fee))}
    </dl>
    <p class="muted">Ein Vorschlag bindet nicht. Die Behörde entscheidet.</p>
  </section>`;
}

function filerSection({ filer, subjects }: Payload): Html {
  if (!filer) return html``;
  const { role, ...rest } = filer;
  return html`<section>
    <h2>Wer den Antrag stellt</h2>
    <dl class="pairs">
      ${typeof role === "string" ? pair("Antrag", html`${roleName(role)}`) : ""}
      ${Object.entries(rest).map(([key, value]) => pair(key, renderValue(value)))}
      ${subjects.length > 1 ? pair("Personen", html`${subjects.length}`) : ""}
    </dl>
  </section>`;
}

function declarationsSection({ declarations }: Payload): Html {
  if (declarations.length === 0) return html``;
  return html`<section>
    <h2>Erklärungen</h2>
    <ul class="checks">
      ${declarations.map(({ text, given }) => html`<li><b>${given ? "✓ Abgegeben:" : "✕ Nicht abgegeben:"}</b> ${text}</li>`)}
    </ul>
  </section>`;
}

/** One application as a clerk reads it. */
export function detailPage({
  record,
  payload,
  schema,
  authority,
  repetitions,
  supplemented,
  supplements,
  household,
  now,
  error,
}: Input): Html {
  const name = record.application?.applicant || "Antrag ohne Namen";
  return layout(
    `${error ? "Fehler: " : ""}Vorgang ${payload.reference}`,
    html`<p><a href="/">← Zurück zum Eingang</a></p>
      ${error ? html`<p class="error" role="alert"><a href="#reason">${error}</a></p>` : ""}
      <p class="muted">
        ${kindName(payload.kind)} <span class="code">${payload.reference}</span> · gestellt am
        ${formatTime(payload.filedAt)}${payload.language ? ` · Sprache: ${languageName(payload.language)}` : ""}
      </p>
      <h1><bdi>${name}</bdi></h1>
      <p>${payload.service.title} · ${authority} ${stateBadge(record)}</p>
      ${payload.demo ? html`<p class="demo">${payload.demo}</p>` : ""} ${deadlineBox(payload, now)}
      ${relatedBox(payload, supplemented, supplements)} ${householdBox(payload, household)} ${duplicatesBox(payload)}
      ${missingBox(payload)}
      <div class="split">
        <div>
          ${filerSection(payload)} ${renderAnswers(payload.data, schema, payload.provenance)}
          ${evidenceSection(record, payload)} ${declarationsSection(payload)} ${suggestionSection(payload)}
        </div>
        <div>${decisionForms(record, error)} ${checkReport(record)} ${technicalPart(record, payload, repetitions)}</div>
      </div>`,
  );
}
