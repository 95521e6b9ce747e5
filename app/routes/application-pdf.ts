import type { LoaderFunctionArgs } from "@remix-run/node";
import { formOf } from "#app/form.server.ts";
import { requireCase } from "#app/routes/shared/case.server.ts";
import { refuseFile } from "#app/routes/shared/helped.server.ts";
import { notFound, requireAuthority, requirePage } from "#app/routes/shared/request.server.ts";
import { sentAt } from "#app/routes/shared/sentPayloads.server.ts";
import { recordDocument } from "#app/store/documents.server.ts";

/**
 * A message of the filed application as PDF, for the person who filed it: the same that the authority receives. `message`
 * in the address is its number; without it the last one.
 */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  refuseFile(context, page);
  const { found } = await requireCase(context, page, requireAuthority(context, params));
  const sent = sentAt(found, new URL(request.url).searchParams.get("message"));
  if (!sent) notFound();
  const bytes = await formOf(context.app, sent);
  await recordDocument(context.app.database.db, found.id, bytes, new Date(sent.filedAt));
  const name = sent.kind === "supplement" ? "Nachreichung" : "Antrag";
  const headers = {
    "content-type": "application/pdf",
    "content-disposition": `attachment; filename="${name}-${found.reference}.pdf"`,
  };
  return new Response(new Uint8Array(bytes), { headers });
}
