import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { expectedBytes, putPart } from "#app/routes/shared/pendingUpload.server.ts";
import { answer, readBody, requireScriptDraft } from "#app/routes/shared/script.server.ts";
import { PART_BYTES } from "#app/store/blobs.server.ts";

/** Parts are written, never read. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  await requireScriptDraft(request, params, context);
  return answer(405);
}

/**
 * PUT takes one part as raw bytes, in any order and as often as it comes. 204 once it is stored for good; 400 if it is
 * shorter than the part must be, 413 if it is longer; 404 if there is no such upload or part.
 */
export async function action({ request, params, context }: ActionFunctionArgs) {
  if (request.method !== "PUT") return answer(405);
  const { open } = await requireScriptDraft(request, params, context);
  const id = params["id"] ?? "";
  const index = /^\d{1,4}$/.test(params["part"] ?? "") ? Number(params["part"]) : -1;
  // Read even if nobody wants it: an answer before the end of the body would close the connection under what comes next.
  const bytes = await readBody(request, PART_BYTES);
  const length = expectedBytes(open, id, index);
  if (length === undefined) return answer(404);
  if (bytes.length !== length) return answer(bytes.length > length ? 413 : 400);
  return answer((await putPart(context, open, id, index, bytes)) ? 204 : 404);
}
