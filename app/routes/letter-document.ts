import type { LoaderFunctionArgs } from "@remix-run/node";
import { refuseFile } from "#app/routes/shared/helped.server.ts";
import { requireOwnCase } from "#app/routes/shared/reply.server.ts";
import { notFound, requirePage } from "#app/routes/shared/request.server.ts";
import { collect } from "#app/store/blobs.server.ts";
import { lettersOf } from "#app/store/letters.server.ts";

const types = { pdf: "application/pdf", jpg: "image/jpeg" } as const;

/** A document that the authority sent, for the holder of the case alone: to save, never shown inside the service. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const page = requirePage(request, params);
  refuseFile(context, page);
  const { found } = await requireOwnCase(context, page);
  const letters = await lettersOf(context.app.database.db, found.id, found.copy.letterKey);
  const place = Number(params["document"]);
  const document = letters.find(({ id }) => id === params["letter"])?.contents?.documents[place];
  if (!document?.file) notFound();
  const { format, file } = document;
  // Whole before it is sent: what is damaged must not arrive as half a file.
  const bytes = await collect(context.app.blobs.read(file.id, Buffer.from(file.key, "base64url"))).catch(() =>
    notFound(),
  );
  const headers = {
    "content-type": types[format],
    "content-disposition": `attachment; filename="Behoerde-${found.reference}-${place + 1}.${format}"`,
    "x-content-type-options": "nosniff",
  };
  return new Response(new Uint8Array(bytes), { headers });
}
