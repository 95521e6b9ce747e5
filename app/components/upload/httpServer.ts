import type { Attempt, Sending, Upload, UploadServer } from "#app/components/upload/server.ts";

/** Where the uploads of a page go, and the form token that lets them. */
export type UploadAddress = { href: string; token: string };

/** A request without an answer ends after this time, in milliseconds: a part of 1 MiB at 70 kbit/s takes two minutes. */
const LONGEST_MS = 150_000;

type Answer = { status: number; body: string };

/** An answer as JSON of a form that this service gives; `undefined` if a proxy said something of its own. */
function read<T>(text: string, isRight: (value: Partial<T>) => boolean): T | undefined {
  try {
    const value = JSON.parse(text) as Partial<T>;
    return isRight(value) ? (value as T) : undefined;
  } catch {
    return undefined;
  }
}

/** What an answer means that is no success. */
function problemOf({ status, body }: Answer): Exclude<Attempt<never>, { kind: "ok" }> {
  switch (status) {
    case 400:
    case 413:
      return { kind: "unreadable" };
    case 403:
      return { kind: "closed" };
    case 404:
      return { kind: "gone" };
    case 409: {
      const missing = read<{ missing: number[] }>(body, (value) => Array.isArray(value.missing))?.missing;
      return missing ? { kind: "missing", parts: missing } : { kind: "unreachable" };
    }
    case 422: {
      const refused = read<{ message: string }>(body, (value) => typeof value.message === "string");
      return refused ? { kind: "refused", message: refused.message } : { kind: "unreachable" };
    }
    default:
      return { kind: "unreachable" };
  }
}

const isUpload = (value: Partial<Upload>) =>
  typeof value.id === "string" &&
  typeof value.parts === "number" &&
  typeof value.partBytes === "number" &&
  Array.isArray(value.received);

function uploadIn(answer: Answer | undefined): Attempt<Upload> {
  if (!answer) return { kind: "unreachable" };
  const upload = answer.status < 300 ? read<Upload>(answer.body, isUpload) : undefined;
  return upload ? { kind: "ok", value: upload } : problemOf(answer);
}

type Request = { href: string; method: string; token: string; json?: unknown; bytes?: ArrayBuffer };

/** Asks the server. `fetch` cannot tell how many bytes have left. `undefined` when there was no answer. */
function ask(
  { href, method, token, json, bytes }: Request,
  signal?: AbortSignal,
  onProgress?: Sending["onProgress"],
): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open(method, href);
    request.timeout = LONGEST_MS;
    request.setRequestHeader("x-form-token", token);
    if (json !== undefined) request.setRequestHeader("content-type", "application/json");
    if (bytes !== undefined) request.setRequestHeader("content-type", "application/octet-stream");
    if (onProgress) request.upload.addEventListener("progress", ({ loaded }) => onProgress(loaded));
    request.addEventListener("loadend", () =>
      resolve(request.status === 0 ? undefined : { status: request.status, body: request.responseText }),
    );
    signal?.addEventListener("abort", () => request.abort());
    request.send(json === undefined ? bytes : JSON.stringify(json));
  });
}

async function bytesOf(blob: Blob): Promise<ArrayBuffer | undefined> {
  return blob.arrayBuffer().catch(() => undefined);
}

/** SHA-512 in hex, where the browser has it: on pages over https, and on this machine. */
async function hashOf(bytes: ArrayBuffer): Promise<string | undefined> {
  const { subtle } = globalThis.crypto as Partial<Crypto>;
  if (!subtle) return undefined;
  const hash = new Uint8Array(await subtle.digest("SHA-512", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The server's side of uploads over HTTP. */
export function httpServer({ href, token }: UploadAddress): UploadServer {
  return {
    create: async (file, signal) => uploadIn(await ask({ href, method: "POST", token, json: file }, signal)),
    look: async (id, signal) => uploadIn(await ask({ href: `${href}/${id}`, method: "GET", token }, signal)),
    send: async (file, { upload, part, onProgress, signal }) => {
      const from = part * upload.partBytes;
      const bytes = await bytesOf(file.slice(from, from + upload.partBytes));
      if (!bytes) return { kind: "unreadable" };
      const place = `${href}/${upload.id}/${part}`;
      const answer = await ask({ href: place, method: "PUT", token, bytes }, signal, onProgress);
      if (!answer) return { kind: "unreachable" };
      return answer.status === 204 ? { kind: "ok", value: undefined } : problemOf(answer);
    },
    complete: async (id, file, signal) => {
      const bytes = await bytesOf(file);
      if (!bytes) return { kind: "unreadable" };
      const json = { sha512: await hashOf(bytes) };
      const answer = await ask({ href: `${href}/${id}/complete`, method: "POST", token, json }, signal);
      if (!answer) return { kind: "unreachable" };
      if (answer.status !== 200) return problemOf(answer);
      const done = read<{ file: { id: string } }>(answer.body, (value) => typeof value.file?.id === "string");
      return done ? { kind: "ok", value: done.file.id } : { kind: "unreachable" };
    },
    remove: async (id) => void (await ask({ href: `${href}/${id}`, method: "DELETE", token })),
  };
}
