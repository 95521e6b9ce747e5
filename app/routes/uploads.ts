import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { refuseBeyondLimit } from "#app/limits.server.ts";
import { askedCodes } from "#app/routes/shared/askedEvidence.server.ts";
import { beginUpload } from "#app/routes/shared/pendingUpload.server.ts";
import { answer, readJson, requireScriptDraft } from "#app/routes/shared/script.server.ts";
import { forUploads, refusedUpload } from "#app/routes/shared/uploadAnswers.server.ts";
import { PART_BYTES } from "#app/store/blobs.server.ts";
import { evidenceCodes } from "#flows/engine/evidence.ts";

const announced = z.object({
  code: z.enum(evidenceCodes),
  name: z.string().max(1000),
  size: z.number().int().nonnegative(),
});

/** There is nothing to read here. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  await requireScriptDraft(request, params, context);
  return answer(405);
}

/** Begins an upload that comes in part by part. 201 with its id, 422 with the reason why the file is not taken, or 429. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  if (request.method !== "POST") return answer(405);
  const { page, authority, open } = await requireScriptDraft(request, params, context);
  refuseBeyondLimit(context, "upload");
  const file = announced.safeParse(await readJson(request));
  if (!file.success) return answer(400);
  if (!askedCodes(context, page, authority, open).includes(file.data.code)) return refusedUpload(page, "notAsked");
  return forUploads(page, async () => {
    const begun = await beginUpload(context, open, file.data);
    return Response.json({ ...begun, partBytes: PART_BYTES }, { status: 201 });
  });
}
