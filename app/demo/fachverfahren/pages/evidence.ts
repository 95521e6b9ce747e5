import { html } from "hono/html";
import type { Payload } from "../payload.ts";
import type { AttachmentSummary, SubmissionRecord } from "../record.ts";
import { formatSize, type Html } from "./values.ts";

function fileItem(messageId: string, attachment: AttachmentSummary): Html {
  const name = attachment.filename ?? "Anlage ohne Namen";
  return html`<li>
    <a href="/applications/${messageId}/attachments/${attachment.attachmentId}" download><bdi>${name}</bdi></a>
    <small>${attachment.mimeType}, ${formatSize(attachment.size)}</small>
  </li>`;
}

/** Evidence with download links, promised evidence, and the files that belong to no evidence. */
export function evidenceSection({ application }: SubmissionRecord, { evidence }: Payload): Html {
  if (!application) return html``;
  const { messageId } = application;
  const attachments = new Map(application.attachments.map((attachment) => [attachment.attachmentId, attachment]));
  const named = new Set(evidence.flatMap(({ files }) => files.map(({ attachmentId }) => attachmentId)));
  const others = application.attachments.filter(({ attachmentId }) => !named.has(attachmentId));
  return html`<section>
    <h2>Nachweise (${evidence.length})</h2>
    ${evidence.length === 0 ? html`<p class="muted">Dem Antrag liegen keine Nachweise bei.</p>` : ""}
    ${evidence.map(
      ({ code, title, files, later, sentBefore = [] }) =>
        html`<div class="item">
          <p class="item-title">${title || code} <small class="code">${code}</small></p>
          <ul class="plain">
            ${sentBefore.map((name) => html`<li><bdi>${name}</bdi> <small>kam mit einer früheren Nachricht</small></li>`)}
            ${files.map(({ attachmentId, filename }) => {
              const attachment = attachments.get(attachmentId);
              return attachment
                ? fileItem(messageId, { ...attachment, filename: filename || attachment.filename })
                : html`<li><bdi>${filename}</bdi> <small>liegt nicht bei</small></li>`;
            })}
            ${later ? html`<li class="later">Wird nachgereicht${later.reason ? html`: <bdi>${later.reason}</bdi>` : ""}</li>` : ""}
          </ul>
        </div>`,
    )}
    ${
      others.length > 0
        ? html`<h3>Weitere Anlagen</h3>
            <ul class="plain">
              ${others.map((attachment) => fileItem(messageId, attachment))}
            </ul>`
        : ""
    }
  </section>`;
}
