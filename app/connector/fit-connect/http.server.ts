import { DeliveryError } from "../errors.ts";
import type { Fetch } from "./leanFetch.server.ts";
import { MAX_ANSWER_BYTES } from "./limits.ts";

/** One HTTP request; `body` is sent as it stands. */
export type HttpRequest = {
  method: "GET" | "POST" | "PUT";
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
};

/** A complete answer of any status. */
export type HttpAnswer = { status: number; headers: Headers; text: string };

/** Sends one request. @throws DeliveryError unreachable, timeout, unexpectedAnswer (redirect or too long) */
export type Http = (request: HttpRequest) => Promise<HttpAnswer>;

// A slow line must not turn a large file into a timeout that never ends.
const SLOWEST_UPLOAD_BYTES_PER_SECOND = 128 * 1024;

/** A client that names itself, gives up in time, follows no redirect and reads no endless answer. */
export function createHttp(settings: { fetch: Fetch; userAgent: string; timeoutMs: number }): Http {
  return async ({ method, url, headers, body }) => {
    const uploadMs = Math.ceil(((body?.length ?? 0) / SLOWEST_UPLOAD_BYTES_PER_SECOND) * 1000);
    try {
      const response = await settings.fetch(url, {
        method,
        headers: { Accept: "application/json", "User-Agent": settings.userAgent, ...headers },
        ...(body === undefined ? {} : { body }),
        signal: AbortSignal.timeout(settings.timeoutMs + uploadMs),
      });
      if (response.status >= 300 && response.status < 400) {
        await response.body?.cancel();
        throw new DeliveryError("unexpectedAnswer", true, {
          cause: new Error(`Redirect ${response.status} not followed`),
        });
      }
      return { status: response.status, headers: response.headers, text: await readText(response) };
    } catch (error) {
      throw asDeliveryError(error);
    }
  };
}

async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > MAX_ANSWER_BYTES) {
      await reader?.cancel();
      throw new DeliveryError("unexpectedAnswer", true, { cause: new Error("Answer too long") });
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

function asDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  const isTimeout = error instanceof Error && error.name === "TimeoutError";
  return new DeliveryError(isTimeout ? "timeout" : "unreachable", true, { cause: error });
}
