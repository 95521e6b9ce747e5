import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { cancelUpload, lookUpUpload } from "#app/routes/shared/pendingUpload.server.ts";
import { answer, requireScriptDraft } from "#app/routes/shared/script.server.ts";
import { PART_BYTES } from "#app/store/blobs.server.ts";

/** Which parts of an upload have arrived, so that a browser goes on where it was cut off. 404 when there is none. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { open } = await requireScriptDraft(request, params, context);
  const found = await lookUpUpload(context, open, params["id"] ?? "");
  return found ? Response.json({ ...found, partBytes: PART_BYTES }) : answer(404);
}

/** DELETE ends an upload and forgets its bytes. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  if (request.method !== "DELETE") return answer(405);
  const { open } = await requireScriptDraft(request, params, context);
  return answer((await cancelUpload(context, open, params["id"] ?? "")) ? 204 : 404);
}
