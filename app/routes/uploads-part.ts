import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { expectedBytes, putPart } from "#app/routes/shared/pendingUpload.server.ts";
import { answer, readBody, requireScriptDraft } from "#app/routes/shared/script.server.ts";

/** Parts are written, never read. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  await requireScriptDraft(request, params, context);
  return answer(405);
}

/**
 * PUT takes one part as raw bytes, in any order and as often as it comes. 204 once it is stored for good; 400 with another
 * length than the part must have, 413 as soon as it is longer; 404 if there is no such upload or part.
 */
export async function action({ request, params, context }: ActionFunctionArgs) {
  if (request.method !== "PUT") return answer(405);
  const { open } = await requireScriptDraft(request, params, context);
  const id = params["id"] ?? "";
  const index = /^\d{1,4}$/.test(params["part"] ?? "") ? Number(params["part"]) : -1;
  const length = expectedBytes(open, id, index);
  if (length === undefined) return answer(404);
  const bytes = await readBody(request, length);
  if (bytes.length !== length) return answer(400);
  return answer((await putPart(context, open, id, index, bytes)) ? 204 : 404);
}
