import type { LoaderFunctionArgs } from "@remix-run/node";
import { germanPdfWords } from "#app/i18n/words.ts";
import { applicationPdf } from "#app/pdf/application.server.ts";
import { renderPdf } from "#app/pdf/render.server.ts";
import { requireCase } from "#app/routes/shared/case.server.ts";
import { requireAuthority, requirePage } from "#app/routes/shared/request.server.ts";
import { recordDocument } from "#app/store/documents.server.ts";
import type { Payload } from "#flows/delivery/payload.ts";

/** The filed application as PDF, for the person who filed it: the same that the authority receives. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  const { found } = await requireCase(context, page, requireAuthority(context, params));
  const bytes = await renderPdf(applicationPdf(JSON.parse(found.copy.payload) as Payload, germanPdfWords));
  await recordDocument(context.app.database.db, found.id, bytes, context.app.now());
  const headers = {
    "content-type": "application/pdf",
    "content-disposition": `attachment; filename="Antrag-${found.reference}.pdf"`,
  };
  return new Response(new Uint8Array(bytes), { headers });
}
