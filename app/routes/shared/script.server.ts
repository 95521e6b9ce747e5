import { Readable } from "node:stream";
import type { ReadableStream as NodeStream } from "node:stream/web";
import type { Authority } from "#app/config/authority.ts";
import { currentDraft, type OpenDraft } from "#app/routes/shared/draft.server.ts";
import { requireAuthority, requirePage, type Page } from "#app/routes/shared/request.server.ts";
import type { RequestContext } from "#app/http.server.ts";
import { isFormToken } from "#app/session.server.ts";

type Params = { lng?: string | undefined; authority?: string | undefined };

/** An answer without content to a script of ours; to throw where there is nothing more to do. */
export function answer(status: number): Response {
  return new Response(null, { status });
}

/**
 * The draft that a script of ours works on: scripts are not led elsewhere, they are told no. What changes something needs
 * the form token of this browser in the header `x-form-token`.
 * @throws a 403 or 404 response
 */
export async function requireScriptDraft(
  request: Request,
  params: Params,
  context: RequestContext,
): Promise<{ page: Page; authority: Authority; open: OpenDraft }> {
  const page = requirePage(request, params);
  const authority = requireAuthority(context, params);
  const isRead = request.method === "GET";
  if (!isRead && !isFormToken(context, request.headers.get("x-form-token") ?? "")) throw answer(403);
  const open = await currentDraft(context);
  if (open?.draft.authority !== authority.id) throw answer(403);
  return { page, authority, open };
}

/** Nobody reads the rest of the body: the connection is of no use any more, and the browser is told so. */
const tooLong = () => new Response(null, { status: 413, headers: { connection: "close" } });

/** Reads a body whole, if it is no longer than `mostBytes`. @throws a 400 or 413 response */
export async function readBody(request: Request, mostBytes: number): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > mostBytes) throw tooLong();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    if (!request.body) return new Uint8Array(0);
    for await (const chunk of Readable.fromWeb(request.body as NodeStream) as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > mostBytes) throw tooLong();
      chunks.push(chunk);
    }
  } catch (error) {
    // The connection broke in the middle.
    throw error instanceof Response ? error : answer(400);
  }
  return Buffer.concat(chunks);
}

/** Reads a small body as JSON. @throws a 400 or 413 response */
export async function readJson(request: Request, mostBytes = 10_000): Promise<unknown> {
  const text = Buffer.from(await readBody(request, mostBytes)).toString();
  try {
    return text === "" ? {} : (JSON.parse(text) as unknown);
  } catch {
    throw answer(400);
  }
}
