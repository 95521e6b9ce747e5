import { Readable } from "node:stream";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { data } from "@remix-run/node";
import busboy from "busboy";
import type { RequestContext } from "#app/http.server.ts";
import { isFormToken } from "#app/session.server.ts";
import type { FormValues } from "#flows/engine/forms.ts";

const MAX_FIELDS = 300;
const MAX_FIELD_BYTES = 20_000;
const MAX_FORM_BYTES = 500_000;

/** A file of a multipart form; the handler must read the stream to its end. */
export type PostedFile = { control: string; name: string; stream: AsyncIterable<Uint8Array> };

/** Reads a file to its end without keeping it; the form behind it can only then be read on. */
export async function drain({ stream }: PostedFile): Promise<void> {
  for await (const chunk of stream) void chunk;
}

/** Refuses a form without the token of this browser (CSRF). */
function requireToken({ app, visit }: RequestContext, form: FormValues): void {
  if (!isFormToken(app, visit, form["csrf"]?.[0] ?? "")) throw data(null, { status: 403 });
}

/** Reads a posted form with its limits while it streams in, and checks its token. @throws a 403 or 413 response */
export async function readForm(request: Request, context: RequestContext): Promise<FormValues> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (!request.body) throw data(null, { status: 403 });
  for await (const chunk of Readable.fromWeb(request.body as NodeStream) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MAX_FORM_BYTES) throw data(null, { status: 413 });
    chunks.push(chunk);
  }
  const form: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(Buffer.concat(chunks).toString())) (form[name] ??= []).push(value);
  requireToken(context, form);
  return form;
}

/**
 * Reads a multipart form. Fields that stand before the files are checked first; each file is handed to `take` as a stream,
 * one after the other, so that no file is ever whole in memory here.
 * @throws a 403 or 413 response
 */
export async function readUpload<T>(
  request: Request,
  context: RequestContext,
  take: (file: PostedFile, form: FormValues) => Promise<T>,
): Promise<{ form: FormValues; taken: T[] }> {
  const form: Record<string, string[]> = {};
  const taken: T[] = [];
  const contentType = request.headers.get("content-type") ?? "";
  if (!request.body || !contentType.startsWith("multipart/form-data")) throw data(null, { status: 403 });
  const parser = busboy({
    headers: { "content-type": contentType },
    defParamCharset: "utf8",
    limits: { fields: MAX_FIELDS, fieldSize: MAX_FIELD_BYTES, files: 60 },
  });
  let work: Promise<unknown> = Promise.resolve();
  const finished = new Promise<void>((resolve, reject) => {
    parser.on("field", (name, value) => void (form[name] ??= []).push(value));
    parser.on("file", (control, stream, info) => {
      work = work
        .then(async () => {
          requireToken(context, form);
          if (info.filename) taken.push(await take({ control, name: info.filename, stream }, form));
          else stream.resume();
        })
        .catch((error: unknown) => {
          stream.resume();
          reject(error);
        });
    });
    parser.on("close", () => work.then(() => resolve(), reject));
    parser.on("error", reject);
  });
  Readable.fromWeb(request.body as NodeStream).pipe(parser);
  await finished;
  requireToken(context, form);
  return { form, taken };
}
