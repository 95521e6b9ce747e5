import type { IncomingMessage } from "node:http";
import { isGenuine } from "#app/connector/fit-connect/callback.server.ts";
import type { App } from "#app/context.server.ts";
import type { Env } from "#app/env.server.ts";
import type { Keys } from "#app/keys.server.ts";
import { WINDOW_SECONDS } from "#app/limits.server.ts";
import { askSoon } from "#app/outbox/askSoon.server.ts";
import { derive } from "#app/store/seal.server.ts";

const PATH = "/api/fit-connect/callbacks";
const MAX_BODY_BYTES = 64 * 1024;

/** Where the Zustelldienst calls about a message, and the secret with which it proves that it is the one who calls. */
type CallbackTarget = { url: string; secret: string };

/**
 * Makes addresses and secrets for callbacks. Secrets are derived (HKDF), not stored: every process of the service comes to
 * the same. Undefined where calls would come in without TLS, except in the demo, which serves this machine only.
 */
export function callbackTargets(
  { mode, publicUrl }: Pick<Env, "mode" | "publicUrl">,
  keys: Pick<Keys, "session">,
): ((messageId: string) => CallbackTarget) | undefined {
  if (mode !== "demo" && !publicUrl.startsWith("https:")) return undefined;
  return (messageId) => ({ url: `${publicUrl}${PATH}/${messageId}`, secret: secretOf(keys, messageId) });
}

/**
 * Answers a call about a message. The body says nothing that would be believed: a genuine call only lets the receiver be
 * asked soon. Whoever cannot prove to be the Zustelldienst learns nothing, not even whether there is such a message.
 */
export async function answerCallback(app: App, messageId: string, request: Request, incoming: IncomingMessage) {
  if (!app.limits.take("callback", app.limits.callerOf(incoming))) {
    return new Response(null, { status: 429, headers: { "retry-after": String(WINDOW_SECONDS) } });
  }
  const body = await readBody(request);
  if (!body) return new Response(null, { status: 413 });
  const { headers } = request;
  const call = {
    timestamp: headers.get("callback-timestamp") ?? undefined,
    authentication: headers.get("callback-authentication") ?? undefined,
    body,
  };
  if (!isGenuine(call, secretOf(app.keys, messageId), app.now().getTime())) return new Response(null, { status: 401 });
  // What is signed has an id of ours: secrets are made for nothing else.
  const hurried = await askSoon(app.database, messageId, app.now());
  app.log.info({ message: messageId, hurried }, "callback");
  return new Response(null, { status: 204 });
}

function secretOf({ session }: Pick<Keys, "session">, messageId: string): string {
  return Buffer.from(derive(session.bytes, `fit-connect|callback|${messageId}`)).toString("base64url");
}

async function readBody({ body }: Request): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = body?.getReader();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > MAX_BODY_BYTES) {
      await reader?.cancel();
      return undefined;
    }
    parts.push(part.value);
  }
  return Buffer.concat(parts);
}
