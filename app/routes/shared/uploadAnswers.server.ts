import type { Page } from "#app/routes/shared/request.server.ts";
import { answer } from "#app/routes/shared/script.server.ts";
import { DraftGone } from "#app/routes/shared/upload.server.ts";
import { UploadRefused, type UploadReason } from "#app/store/upload.server.ts";

/** 422: the file is not taken, with the reason as code and in the words of the page. */
export function refusedUpload(page: Page, reason: UploadReason): Response {
  return Response.json({ reason, message: page.say(`pages:uploadReason.${reason}`) }, { status: 422 });
}

/** Answers what uploads may end in: a refusal, no time now (503), or a draft that was filed or deleted meanwhile (403). */
export async function forUploads(page: Page, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UploadRefused)
      return error.reason === "busy" ? answer(503) : refusedUpload(page, error.reason);
    if (error instanceof DraftGone) return answer(403);
    throw error;
  }
}
