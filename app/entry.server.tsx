import { Writable } from "node:stream";
import type { AppLoadContext, EntryContext } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { renderToPipeableStream } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import { NonceContext } from "#app/components/NonceContext.ts";
import { SaveDataContext } from "#app/components/SaveDataContext.ts";
import { chooseLanguage } from "#app/i18n/chooseLanguage.ts";
import { serverI18n } from "#app/i18n/i18n.server.ts";
import { isStaffPath } from "#app/staff/paths.ts";
import { withoutZeroBytes } from "#app/zeroBytes.server.ts";
import { isLanguage, leadingLanguage, type Language } from "#locales/languages.ts";

export { demoDestinations } from "#app/demo-destinations.server.ts";
export { demoMailboxes } from "#app/demo-mailboxes.server.ts";
export { startDelivery, startService } from "#app/service.server.ts";

function languageOf(request: Request): Language {
  const { pathname } = new URL(request.url);
  // The language of the office is German (§ 23 VwVfG), whatever the browser of a clerk prefers.
  if (isStaffPath(pathname)) return leadingLanguage;
  const first = pathname.split("/")[1];
  return isLanguage(first) ? first : chooseLanguage(request.headers.get("accept-language"));
}

/** True if the browser asks for as little data as possible (Save-Data, a list of tokens). */
function savesData(request: Request): boolean {
  const tokens = (request.headers.get("save-data") ?? "").toLowerCase().split(/[;,]/);
  return tokens.some((token) => token.trim() === "on");
}

/** Takes what is written to it and hands it over in one piece at the end. */
function collecting(done: (bytes: Buffer) => void): Writable {
  const chunks: Buffer[] = [];
  return new Writable({
    write: (chunk: Buffer, _encoding, next) => {
      chunks.push(chunk);
      next();
    },
    final: (next) => {
      done(Buffer.concat(chunks));
      next();
    },
  });
}

/** Renders a page whole and answers with one buffer: no chunks, and an error while rendering is still a clean 500. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
  { nonce }: AppLoadContext,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { pipe } = renderToPipeableStream(
      <NonceContext.Provider value={nonce}>
        <SaveDataContext.Provider value={savesData(request)}>
          <I18nextProvider i18n={serverI18n(languageOf(request))}>
            <RemixServer context={context} url={request.url} nonce={nonce} />
          </I18nextProvider>
        </SaveDataContext.Provider>
      </NonceContext.Provider>,
      {
        nonce,
        onAllReady: () => {
          pipe(
            collecting((bytes) => {
              headers.set("content-type", "text/html; charset=utf-8");
              headers.append("vary", "save-data");
              resolve(new Response(new Uint8Array(withoutZeroBytes(bytes)), { status, headers }));
            }),
          );
        },
        onShellError: reject,
        onError: reject,
      },
    );
  });
}

/** Loader errors are logged by name only: messages may quote what a person typed. */
export function handleError(error: unknown, { request, context }: { request: Request; context: AppLoadContext }): void {
  if (request.signal.aborted) return;
  const name = error instanceof Error ? error.name : "unknown";
  const frames =
    error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => line.startsWith("    at ")) : [];
  context.app.log.error({ code: name, at: frames.slice(0, 3).map((line) => line.trim()) }, "page");
}
