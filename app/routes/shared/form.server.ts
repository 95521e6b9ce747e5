import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { data } from "@remix-run/node";
import busboy from "busboy";
import type { RequestContext } from "#app/http.server.ts";
import { isFormToken } from "#app/session.server.ts";
import { streamSafe } from "#app/streamSafe.ts";
import type { FormValues } from "#flows/engine/forms.ts";

const MAX_FIELDS = 300;
const MAX_FIELD_BYTES = 20_000;
const MAX_FORM_BYTES = 500_000;
const MAX_FILES = 60;

/** A file of a multipart form; the handler must read the stream to its end. */
export type PostedFile = { control: string; name: string; stream: AsyncIterable<Uint8Array> };

/** Reads a file to its end without keeping it; the form behind it can only then be read on. */
export async function drain({ stream }: PostedFile): Promise<void> {
  for await (const chunk of stream) void chunk;
}

/** A form without prototype: control names come from outside, `__proto__` must be a name like any other. */
function emptyForm(): Record<string, string[]> {
  return Object.create(null) as Record<string, string[]>;
}

function bodyOf(request: Request): Readable {
  if (!request.body) throw data(null, { status: 400 });
  return Readable.fromWeb(request.body as NodeStream);
}

/** Refuses a form without the token of this browser (CSRF), and one of another person's page. */
function requireToken(context: RequestContext, form: FormValues): void {
  if (!isFormToken(context, form["csrf"]?.[0] ?? "")) throw data(null, { status: 403 });
}

/** Reads a posted form with its limits while it streams in, and checks its token. @throws a 400, 403 or 413 response */
export async function readForm(request: Request, context: RequestContext): Promise<FormValues> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bodyOf(request) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MAX_FORM_BYTES) throw data(null, { status: 413 });
    chunks.push(chunk);
  }
  const form = emptyForm();
  for (const [name, value] of new URLSearchParams(Buffer.concat(chunks).toString()))
    (form[name] ??= []).push(streamSafe(value));
  requireToken(context, form);
  return form;
}

function parserFor(contentType: string): busboy.Busboy {
  const limits = { fields: MAX_FIELDS, fieldSize: MAX_FIELD_BYTES, files: MAX_FILES };
  try {
    return busboy({ headers: { "content-type": contentType }, defParamCharset: "utf8", limits });
  } catch {
    throw data(null, { status: 400 });
  }
}

/**
 * Reads a multipart form. Fields that stand before the files are checked first; each file is handed to `take` as a stream,
 * one after the other, so that no file is ever whole in memory here. A connection that breaks or a form without end is
 * refused like any other bad form; what was taken before stays taken.
 * @throws a 400, 403 or 413 response, or what `take` throws
 */
export async function readUpload<T>(
  request: Request,
  context: RequestContext,
  take: (file: PostedFile, form: FormValues) => Promise<T>,
): Promise<{ form: FormValues; taken: T[] }> {
  const form = emptyForm();
  const taken: T[] = [];
  const parser = parserFor(request.headers.get("content-type") ?? "");
  let work: Promise<void> = Promise.resolve();
  let failure: { error: unknown } | undefined;
  let tooMany = false;
  parser.on("filesLimit", () => (tooMany = true));
  parser.on("field", (name, value) => void (form[name] ??= []).push(streamSafe(value)));
  parser.on("file", (control, stream, info) => {
    // A file that is cut off while it waits for its turn must not end the process.
    stream.on("error", () => undefined);
    work = work.then(async () => {
      try {
        if (failure) throw failure.error;
        requireToken(context, form);
        // Whoever stops reading in the middle must not destroy the stream: the parser would wait for it for ever.
        const bytes = stream.iterator({ destroyOnReturn: false });
        if (info.filename) taken.push(await take({ control, name: info.filename, stream: bytes }, form));
      } catch (error) {
        failure ??= { error };
      }
      stream.resume();
    });
  });
  const isWhole = await pipeline(bodyOf(request), parser).then(
    () => true,
    () => false,
  );
  await work;
  if (!isWhole) throw data(null, { status: 400 });
  if (failure) throw failure.error;
  if (tooMany) throw data(null, { status: 413 });
  requireToken(context, form);
  return { form, taken };
}
