import type { RequestContext } from "#app/http.server.ts";
import { serverI18n } from "#app/i18n/i18n.server.ts";
import { knownWords } from "#app/i18n/known.ts";
import { renderLabels } from "#app/pdf/labels.server.ts";
import { leadingLanguage } from "#locales/languages.ts";

/** Answers with labels as PDF, shown in the browser to be printed. */
export async function labelsResponse(
  { app }: RequestContext,
  references: readonly string[],
  isSheet: boolean,
): Promise<Response> {
  const title = knownWords(serverI18n(leadingLanguage)).say("pages:pdf.labels");
  const bytes = await renderLabels(references, { isSheet, title, createdAt: app.now().toISOString() });
  const headers = { "content-type": "application/pdf", "content-disposition": 'inline; filename="Etiketten.pdf"' };
  return new Response(new Uint8Array(bytes), { headers });
}
