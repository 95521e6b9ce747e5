import { randomUUID } from "node:crypto";
import type { OutboundMessage, Progress } from "../transport.ts";
import { leika, schemaUri } from "./authority.testing.ts";

const file = (purpose: "form" | "attachment", filename: string, text: string) => ({
  id: randomUUID(),
  purpose,
  mimeType: "application/pdf",
  filename,
  description: filename,
  read: () => Promise.resolve(new TextEncoder().encode(text)),
});

/** A message with umlauts and two files, as the outbox hands it over; `change` replaces parts of it. */
export function makeMessage(change: Partial<OutboundMessage> = {}): OutboundMessage {
  const id = change.id ?? randomUUID();
  return {
    id,
    reference: "AO-2026-0001",
    filedOn: "2026-11-21",
    service: { leika, name: "Aufenthaltserlaubnis" },
    ars: "091890124124",
    data: {
      bytes: new TextEncoder().encode(JSON.stringify({ id, name: "Żółć Müßig", ort: "Übersee" })),
      schemaUri,
      mimeType: "application/json",
    },
    attachments: [file("form", "Antrag.pdf", "%PDF Antrag ä"), file("attachment", "Pass.pdf", "%PDF Pass ß")],
    ...change,
  };
}

/** An outbox row: keeps the progress that was saved last, and all that were. */
export function makeRow(first: Progress = {}) {
  const row = { progress: first, stages: [] as unknown[] };
  const save = (progress: Progress) => {
    // What is stored goes through JSON, as in a database.
    row.progress = JSON.parse(JSON.stringify(progress)) as Progress;
    row.stages.push(progress.stage);
    return Promise.resolve();
  };
  return { row, save };
}
