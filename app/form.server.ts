import type { App } from "#app/context.server.ts";
import { germanPdfWords, germanRelation } from "#app/i18n/words.ts";
import { applicationPdf } from "#app/pdf/application.server.ts";
import { familyPdf } from "#app/pdf/family.server.ts";
import { renderPdf } from "#app/pdf/render.server.ts";
import { collect } from "#app/store/blobs.server.ts";
import { registerBlob } from "#app/store/files.server.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import type { FamilyEntry } from "#flows/household/overview.ts";

/** Where the PDF of a message is kept, and its key in base64url. */
export type FormPlace = { id: string; key: string };
/** A message whose PDF is wanted: its payload as JSON, and where the PDF is kept if it was. */
type Sent = { payload: string; form?: FormPlace | undefined };

const drawn = ({ payload }: Sent) => renderPdf(applicationPdf(JSON.parse(payload) as Payload, germanPdfWords));

function note(app: App, error: unknown): void {
  app.log.error({ code: error instanceof Error ? error.name : "unknown" }, "pdf");
}

/**
 * Draws the PDF of a message that was just filed and keeps it sealed with the case's files: applicant and authority get
 * the same bytes, and neither waits for them. One that cannot be drawn or kept never touches the filing.
 */
export async function keepForm(
  app: App,
  sent: Sent & { form: FormPlace },
  owner: { caseId: string; authority: string; expiresAt: Date },
): Promise<void> {
  try {
    const bytes = await drawn(sent);
    const { caseId, authority, expiresAt } = owner;
    await registerBlob(app.database.db, { id: sent.form.id, authority, owner: caseId, size: bytes.length, expiresAt });
    await app.blobs.write(sent.form.id, Buffer.from(sent.form.key, "base64url"), once(bytes));
  } catch (error) {
    note(app, error);
  }
}

/** The PDF of a message: as it was kept, or drawn now. @throws if it cannot be drawn */
export async function formOf(app: App, sent: Sent): Promise<Uint8Array> {
  const { form } = sent;
  const kept =
    form && (await collect(app.blobs.read(form.id, Buffer.from(form.key, "base64url"))).catch(() => undefined));
  return kept ?? drawn(sent);
}

/** The German title of the overview of a family. */
export const familyTitle = germanPdfWords.text("familyTitle");

/** The overview of a family as PDF, as of the time of the message that it belongs to. @throws if it cannot be drawn */
export function familyForm(
  { authority, filedAt, demo }: Pick<Payload, "authority" | "filedAt" | "demo">,
  entries: readonly FamilyEntry[],
): Promise<Uint8Array> {
  const words = { text: germanPdfWords.text, relation: germanRelation };
  return renderPdf(familyPdf(entries, { authority, at: filedAt, demo }, words));
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
