import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type Provider from "oidc-provider";
import { isLoopback } from "../common/settings.ts";
import type { Config } from "./config.ts";
import { choicePage, messagePage, STYLE } from "./pages.ts";
import { people } from "./people.ts";
import { createProvider } from "./provider.ts";

const MAX_FORM_BYTES = 4 * 1024;
const INTERACTION = /^\/interaction\/[\w-]{1,64}$/;
const HTML = "text/html; charset=utf-8";

/** A running login service. */
export type Identity = { url: string; close: () => Promise<void> };

/** Forms lead back to the service, which is another origin: browsers check the whole way of a post. */
function headersFor({ redirectUris, logoutUris }: Pick<Config, "redirectUris" | "logoutUris">) {
  const origins = new Set([...redirectUris, ...logoutUris].map((uri) => new URL(uri).origin));
  const actions = ["'self'", ...origins].join(" ");
  return {
    "content-security-policy": `default-src 'none'; style-src 'self'; form-action ${actions}; base-uri 'none'; frame-ancestors 'none'`,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
  };
}

const hostOf = (request: IncomingMessage): string => request.headers.host ?? "";

/** Only names of this computer: a foreign name that resolves to loopback (DNS rebinding) must get nothing. */
function isOwnHost(request: IncomingMessage): boolean {
  const url = `http://${hostOf(request)}`;
  return URL.canParse(url) && isLoopback(new URL(url).hostname);
}

function isOwnOrigin(request: IncomingMessage): boolean {
  const { origin } = request.headers;
  return origin === undefined
    ? request.headers["sec-fetch-site"] === "same-origin"
    : origin === `http://${hostOf(request)}`;
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MAX_FORM_BYTES) throw new Error("too large");
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "content-type": type }).end(body);
}

/** Shows whom one can log in as, and takes the choice. */
async function choose(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Fails without the cookie of the browser that began the login.
  await provider.interactionDetails(request, response);
  if (request.method !== "POST") return send(response, 200, HTML, choicePage(request.url ?? "", people));
  if (!isOwnOrigin(request)) {
    return send(response, 403, HTML, messagePage("Nicht erlaubt", "Das Formular kam nicht von dieser Seite."));
  }
  const chosen = (await formOf(request)).get("person");
  const person = people.find(({ id }) => id === chosen);
  if (!person) return send(response, 422, HTML, choicePage(request.url ?? "", people));
  await provider.interactionFinished(request, response, { login: { accountId: person.id } });
}

/** Starts the login service of the demo; resolves once it listens. */
export async function startIdentity(config: Config): Promise<Identity> {
  const headers = headersFor(config);
  let provider: Provider | undefined;
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (!isOwnHost(request))
      return send(response, 403, "text/plain; charset=utf-8", "Unbekannter Name dieses Rechners");
    const path = (request.url ?? "").split("?")[0] ?? "";
    if (path === "/health") return send(response, 200, "application/json", JSON.stringify({ status: "ok" }));
    if (path === "/style.css") return send(response, 200, "text/css; charset=utf-8", STYLE);
    if (path === "/") return send(response, 200, HTML, messagePage("Anmeldedienst", "Beginnen Sie im Online-Dienst."));
    if (!provider) return send(response, 503, HTML, messagePage("Startet", "Der Anmeldedienst startet gerade."));
    if (!INTERACTION.test(path)) return void provider.callback()(request, response);
    choose(provider, request, response).catch(() => {
      const sentence = "Diese Anmeldung ist abgelaufen. Beginnen Sie im Online-Dienst noch einmal.";
      if (!response.headersSent) send(response, 400, HTML, messagePage("Abgelaufen", sentence));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.port, config.host, () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://${config.host.includes(":") ? `[${config.host.replace(/[[\]]/g, "")}]` : config.host}:${port}`;
  provider = createProvider(url, config);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, close };
}
