import { randomBytes, randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { getRequestListener } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import { Hono } from "hono";
import type { App } from "#app/context.server.ts";
import { brandCss } from "#app/config/brand.server.ts";
import { health } from "#app/health.server.ts";
import {
  formToken,
  isSessionCookie,
  parseCookies,
  readSession,
  readVisit,
  sessionCookie,
  type Session,
} from "#app/session.server.ts";

/** What Remix hands to every loader and action. */
export type RequestContext = {
  app: App;
  session: Session;
  /** Binds the form token to this browser. */
  visit: string;
  formToken: string;
  nonce: string;
};

declare module "@remix-run/server-runtime" {
  interface Future {
    v3_singleFetch: true;
  }
  interface AppLoadContext extends RequestContext {}
}

const MAX_BODY_BYTES = 60 * 1024 * 1024;
const YEAR = "public, max-age=31536000, immutable";
const HOUR = "public, max-age=3600";

function securityHeaders(app: App, nonce: string): [string, string][] {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "manifest-src 'self'",
  ];
  return [
    ["content-security-policy", policy.join("; ")],
    ["x-content-type-options", "nosniff"],
    ["referrer-policy", "same-origin"],
    ["x-frame-options", "DENY"],
    ["cross-origin-opener-policy", "same-origin"],
    ["cross-origin-resource-policy", "same-origin"],
    ["permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"],
    ...(app.env.publicUrl.startsWith("https:")
      ? [["strict-transport-security", "max-age=31536000; includeSubDomains"] as [string, string]]
      : []),
  ];
}

/** True if a post comes from a page of this service; browsers without these headers are judged by the form token. */
function isOwnPost(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site && site !== "same-origin" && site !== "none") return false;
  const origin = request.headers.get("origin");
  return origin === null || origin.replace(/^https?:\/\//, "") === request.headers.get("host");
}

const compress = promisify(brotliCompress);
const COMPRESS_FROM_BYTES = 1024;

/** Compresses a page. Quality 5 costs a fifth of a millisecond; Node's default of 11 would cost more than the page itself. */
async function compressed(request: Request, response: Response): Promise<Response> {
  const type = response.headers.get("content-type") ?? "";
  const takesBrotli = /\bbr\b/.test(request.headers.get("accept-encoding") ?? "");
  if (!takesBrotli || !/^text\/(html|x-script)/.test(type) || response.body === null) return response;
  const plain = Buffer.from(await response.arrayBuffer());
  const { headers, status } = response;
  headers.append("vary", "accept-encoding");
  if (plain.length < COMPRESS_FROM_BYTES) return new Response(plain, { status, headers });
  const bytes = await compress(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  headers.set("content-encoding", "br");
  headers.delete("content-length");
  return new Response(new Uint8Array(bytes), { status, headers });
}

/** Files of the build, compressed beforehand. */
function built(cache: string) {
  return serveStatic({
    root: "build/client",
    precompressed: true,
    onFound: (_path, c) => c.header("cache-control", cache),
  });
}

/** The service over HTTP: health, static files and brand in front, everything else by Remix. */
export function createHttp(app: App, build: ServerBuild, isDraining: () => boolean): Server {
  const remix = createRequestHandler(build, "production");
  const http = new Hono();

  http.get("/health/live", (c) => c.json({ status: "ok" }));
  http.get("/health", async (c) => {
    const report = await health(app, isDraining());
    return c.json(report, report.status === "down" ? 503 : 200);
  });
  http.get("/.well-known/receipt-keys.json", (c) => c.json({ keys: app.keys.receiptJwks }));
  http.get("/brand/:file{.+\\.css}", (c) => {
    const authority = app.config.byId.get(c.req.param("file").replace(/\.css$/, ""));
    if (!authority) return c.notFound();
    return c.body(brandCss(authority.brand), 200, { "content-type": "text/css; charset=utf-8", "cache-control": HOUR });
  });
  http.use("/assets/*", built(YEAR));
  for (const path of ["/fonts/*", "/schemas/*", "/favicon.ico", "/favicon.svg", "/robots.txt"])
    http.use(path, built(HOUR));

  http.all("*", async (c) => {
    const started = performance.now();
    const nonce = randomBytes(16).toString("base64");
    const request = c.req.raw;
    const response = await compressed(request, await answer(app, remix, request, nonce));
    for (const [name, value] of securityHeaders(app, nonce)) response.headers.set(name, value);
    if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
    const ms = Math.round(performance.now() - started);
    app.log.info({ request: randomUUID(), method: request.method, status: response.status, ms }, "http");
    return response;
  });

  // The real Request class stays: Remix checks instances of it.
  const listener = getRequestListener(http.fetch, { overrideGlobalObjects: false });
  return createServer((request, response) => {
    // Behind no proxy that sets it, this header would let a caller choose the origin that Remix compares with.
    delete request.headers["x-forwarded-host"];
    if (Number(request.headers["content-length"] ?? 0) > MAX_BODY_BYTES) {
      response.writeHead(413, { connection: "close", "content-type": "text/plain; charset=utf-8" }).end("413");
      return;
    }
    void listener(request, response);
  });
}

async function answer(
  app: App,
  remix: ReturnType<typeof createRequestHandler>,
  request: Request,
  nonce: string,
): Promise<Response> {
  if (request.method === "POST" && !isOwnPost(request)) {
    return new Response(null, { status: 303, headers: { location: "/forbidden" } });
  }
  const cookies = parseCookies(request.headers.get("cookie"));
  const session = readSession(app, cookies);
  const visit = readVisit(app, cookies);
  const context: RequestContext = { app, session, visit: visit.id, formToken: formToken(app, visit.id), nonce };
  const response = await remix(request, context);
  if (visit.cookie) response.headers.append("set-cookie", visit.cookie);
  const setsSession = response.headers.getSetCookie().some((value) => isSessionCookie(app, value));
  if (session.state === "open" && !setsSession)
    response.headers.append("set-cookie", sessionCookie(app, session.secret));
  return response;
}
