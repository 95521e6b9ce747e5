import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { formatBytes } from "#app/i18n/format.ts";
import { completeUpload } from "#app/routes/shared/pendingUpload.server.ts";
import { answer, readJson, requireScriptDraft } from "#app/routes/shared/script.server.ts";
import { forUploads, refusedUpload } from "#app/routes/shared/uploadAnswers.server.ts";

const whole = z.object({
  sha512: z
    .string()
    .regex(/^[0-9a-f]{128}$/)
    .optional(),
});

/** There is nothing to read here. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  await requireScriptDraft(request, params, context);
  return answer(405);
}

/**
 * Makes a file of the parts. 200 with the file, again and again; 409 with the parts that are missing; 422 with the reason
 * why it is not taken, and the upload is over; 503 if it may be tried again in a while; 404 if there is none.
 */
export async function action({ request, params, context }: ActionFunctionArgs) {
  if (request.method !== "POST") return answer(405);
  const { page, open } = await requireScriptDraft(request, params, context);
  const body = whole.safeParse(await readJson(request));
  if (!body.success) return answer(400);
  return forUploads(page, async () => {
    const completed = await completeUpload(context, open, params["id"] ?? "", body.data.sha512);
    switch (completed.kind) {
      case "done": {
        const { id, name, size } = completed.file;
        return Response.json({ file: { id, name, note: formatBytes(size, page.language) } });
      }
      case "missing":
        return Response.json({ missing: completed.parts }, { status: 409 });
      case "refused":
        return refusedUpload(page, completed.reason);
      case "busy":
        return answer(503);
      case "gone":
        return answer(404);
    }
  });
}
