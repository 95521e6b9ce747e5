import { randomBytes, randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import { brotliCompressSync, constants } from "node:zlib";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import type { RequestHandler, ServerBuild } from "@remix-run/node";
import { Hono, type MiddlewareHandler } from "hono";
import { answerCallback } from "#app/callbacks.server.ts";
import type { App } from "#app/context.server.ts";
import { beginningOf, openDoor, type Door } from "#app/door/door.server.ts";
import { waitingPage } from "#app/door/waitingPage.server.ts";
import { asksForData, wholePage } from "#app/door/wholePage.server.ts";
import { brandCss } from "#app/config/brand.server.ts";
import { pagePolicy, securityHeaders } from "#app/headers.server.ts";
import { createHealth } from "#app/health.server.ts";
import { WINDOW_SECONDS } from "#app/limits.server.ts";
import { createPageHandler } from "#app/pageHandler.server.ts";
import { tokenOf } from "#app/postToken.server.ts";
import { isHelperBrowser, staffVisit, type StaffVisit } from "#app/staff/require.server.ts";
import { prolongedStaffCookie } from "#app/staff/session.server.ts";
import {
  formToken,
  helpedOf,
  isSessionCookie,
  isWorthRenewing,
  parseCookies,
  readSession,
  readVisit,
  sessionCookie,
  sessionOfPost,
  type Session,
} from "#app/session.server.ts";

/** What Remix hands to every loader and action. */
export type RequestContext = {
  app: App;
  session: Session;
  /** The login of staff, which has nothing to do with the session of an applicant. */
  staff: StaffVisit;
  /** A helper logged in in this browser, now or before: it is nobody's own device. */
  isHelperBrowser: boolean;
  /** Binds the form token to this browser. */
  visit: string;
  formToken: string;
  nonce: string;
  /** False for a newcomer while the service is too full: nothing new is begun then. */
  isAdmitted: boolean;
  /**
   * Who is counted where acts are: stands for the caller's address, and nobody can turn it back. A helped sitting counts for itself,
   * because a whole centre has one address.
   */
  caller: string;
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

const POLICY = "content-security-policy";

const SECOND_MS = 1_000;
/** When to try again, in seconds: too much of something, and a form that came back unsaved because it is too full. */
const AGAIN: Readonly<Record<number, number>> = { 429: WINDOW_SECONDS, 503: 20 };
// A body of 50 MB at 0.5 Mbit/s; readers of forms limit what it may hold while it comes in.
const REQUEST_MS = 900 * SECOND_MS;
const HEADERS_MS = 30 * SECOND_MS;
// Longer than proxies keep their connections (60 s), so that none is closed under a request that just sets out.
const KEEP_ALIVE_MS = 65 * SECOND_MS;

/** Methods that change nothing. */
const READS: readonly string[] = ["GET", "HEAD"];

/** True if a post comes from a page of this service; browsers without these headers are judged by the form token. */
function isOwnPost(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site && site !== "same-origin" && site !== "none") return false;
  const origin = request.headers.get("origin");
  return origin === null || origin.replace(/^https?:\/\//, "") === request.headers.get("host");
}

const COMPRESS_FROM_BYTES = 1024;
// Node's default of 11 would cost more than the page itself.
const COMPRESS_QUALITY = 4;

/**
 * Compresses a page at once: it takes a fifth of a millisecond, half of what handing it to another thread and back takes.
 */
async function compressed(request: Request, response: Response): Promise<Response> {
  const type = response.headers.get("content-type") ?? "";
  const takesBrotli = /\bbr\b/.test(request.headers.get("accept-encoding") ?? "");
  if (!takesBrotli || !/^text\/(html|x-script)/.test(type) || response.body === null) return response;
  const plain = Buffer.from(await response.arrayBuffer());
  const { headers, status } = response;
  headers.append("vary", "accept-encoding");
  if (plain.length < COMPRESS_FROM_BYTES) return new Response(plain, { status, headers });
  const bytes = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: COMPRESS_QUALITY } });
  headers.set("content-encoding", "br");
  headers.delete("content-length");
  return new Response(new Uint8Array(bytes), { status, headers });
}

/** Lets browsers keep what is found. Set afterwards, because the response of a file takes no headers before it is there. */
function kept(cache: string): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (c.res.ok && !c.res.headers.has("cache-control")) c.header("cache-control", cache);
  };
}

/**
 * The service over HTTP: health, static files and brand in front, everything else by Remix. `files` is the folder with the
 * browser's part of the build, compressed beforehand.
 */
export function createHttp(
  app: App,
  build: ServerBuild,
  isDraining: () => boolean,
  { files = "build/client", door = openDoor(app) }: { files?: string; door?: Door } = {},
): Server {
  const pages = { remix: createPageHandler(build), whole: wholePage(build) };
  const http = new Hono<{ Bindings: HttpBindings }>();
  const { [POLICY]: strictest = "", ...everywhere } = securityHeaders(app.env);
  const health = createHealth(app);
  const built = serveStatic({ root: files, precompressed: true });

  http.use(async (c, next) => {
    await next();
    // Set on the response itself: `c.header` would make a new response for each of them.
    const { headers } = c.res;
    for (const [name, value] of Object.entries(everywhere)) headers.set(name, value);
    if (!headers.has(POLICY)) headers.set(POLICY, strictest);
    if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  });
  http.onError((error, c) => {
    app.log.error({ code: error.name }, "http");
    return c.text("500", 500);
  });

  http.get("/health/live", (c) => c.json({ status: "ok" }));
  http.get("/health", async (c) => {
    const report = await health(isDraining());
    return c.json(report, report.status === "down" ? 503 : 200);
  });
  http.get("/.well-known/receipt-keys.json", kept(HOUR), (c) => c.json({ keys: app.keys.receiptJwks }));
  http.get("/brand/:file{.+\\.css}", kept(HOUR), (c) => {
    const authority = app.config.byId.get(c.req.param("file").replace(/\.css$/, ""));
    if (!authority) return c.notFound();
    return c.body(brandCss(authority.brand), 200, { "content-type": "text/css; charset=utf-8" });
  });
  // Before the pages and their rule that posts come from pages of ours: who calls here proves it.
  http.post("/api/fit-connect/callbacks/:message", (c) =>
    answerCallback(app, c.req.param("message"), c.req.raw, c.env.incoming),
  );
  // Names of assets carry a hash, those of fonts a version.
  for (const path of ["/assets/*", "/fonts/*"]) http.use(path, kept(YEAR), built);
  for (const path of ["/schemas/*", "/templates/*"]) http.use(path, kept(HOUR), built);
  for (const path of ["/favicon.ico", "/favicon.svg", "/robots.txt"]) http.use(path, kept(HOUR), built);

  http.all("*", async (c) => {
    const started = performance.now();
    const nonce = randomBytes(16).toString("base64");
    const request = c.req.raw;
    const caller = app.limits.callerOf(c.env.incoming);
    const response = await compressed(request, await answer(app, pages, door, request, { nonce, caller }));
    if (!response.headers.has(POLICY)) response.headers.set(POLICY, pagePolicy(nonce));
    const again = AGAIN[response.status];
    if (again !== undefined && !response.headers.has("retry-after")) response.headers.set("retry-after", String(again));
    const ms = Math.round(performance.now() - started);
    app.log.info({ request: randomUUID(), method: request.method, status: response.status, ms }, "http");
    return response;
  });

  // The real Request class stays: Remix checks instances of it.
  const listener = getRequestListener(http.fetch, { overrideGlobalObjects: false });
  const timeouts = { requestTimeout: REQUEST_MS, headersTimeout: HEADERS_MS, keepAliveTimeout: KEEP_ALIVE_MS };
  return createServer(timeouts, (request, response) => {
    // Behind no proxy that sets it, this header would let a caller choose the origin that Remix compares with.
    delete request.headers["x-forwarded-host"];
    if (Number(request.headers["content-length"] ?? 0) > MAX_BODY_BYTES) {
      const headers = { connection: "close", "cache-control": "no-store", "content-type": "text/plain; charset=utf-8" };
      response.writeHead(413, { ...securityHeaders(app.env), ...headers }).end("413");
      return;
    }
    void listener(request, response);
  });
}

async function answer(
  app: App,
  { remix, whole }: { remix: RequestHandler; whole: RequestHandler },
  door: Door,
  request: Request,
  own: Pick<RequestContext, "nonce" | "caller">,
): Promise<Response> {
  if (!READS.includes(request.method) && !isOwnPost(request)) {
    return new Response(null, { status: 303, headers: { location: "/forbidden" } });
  }
  const cookies = parseCookies(request.headers.get("cookie"));
  const atHand = readSession(app, cookies);
  const visit = readVisit(app, cookies);
  const posted = atHand.state === "open" ? await tokenOf(request) : { request };
  const asking = { app, visit: visit.id, session: atHand };
  const session = posted.token === undefined ? atHand : sessionOfPost(asking, posted.token);
  const beginning = session.state === "none" ? beginningOf(app, request) : undefined;
  const { isIn: isAdmitted, cookie: ticket } = beginning === undefined ? { isIn: true } : door.meet(cookies);
  const isRead = READS.includes(request.method);
  if (!isAdmitted && beginning !== undefined && isRead) {
    const isDemo = app.env.mode === "demo";
    const waiting = asksForData(request)
      ? await whole(request)
      : waitingPage(beginning, { isDemo, random: Math.random() });
    if (ticket) waiting.headers.append("set-cookie", ticket);
    return waiting;
  }
  const staff = staffVisit(app, cookies, request);
  const helped = helpedOf(session);
  const context: RequestContext = {
    app,
    session,
    staff,
    isHelperBrowser: isHelperBrowser(app, cookies),
    visit: visit.id,
    formToken: formToken(app, visit.id, session),
    isAdmitted,
    nonce: own.nonce,
    caller: helped === undefined ? own.caller : `helped ${helped}`,
  };
  const started = performance.now();
  const response = await remix(posted.request, context);
  // Pages of the line are quick and many: they say nothing of how long people wait inside.
  if (isRead) door.note(performance.now() - started);
  if (ticket) response.headers.append("set-cookie", ticket);
  if (visit.cookie) response.headers.append("set-cookie", visit.cookie);
  const setsSession = response.headers.getSetCookie().some((value) => isSessionCookie(app, value));
  if (!setsSession) prolong(app, response, atHand, session);
  const staffCookie = prolongedStaffCookie(app, staff.session, response);
  if (staffCookie) response.headers.append("set-cookie", staffCookie);
  return response;
}

/**
 * Prolongs the session, and takes the member at hand to whom the posted page belongs: the page that follows is theirs. What a
 * script of a page asks beside it shows no page and leaves the member as they are.
 */
function prolong(app: App, { headers }: Response, atHand: Session, session: Session): void {
  if (atHand.state !== "open" || session.state !== "open") return;
  const isPage = (headers.get("content-type") ?? "").startsWith("text/") || headers.has("location");
  const member = isPage ? session.member : atHand.member;
  if (member === atHand.member && !isWorthRenewing(app, atHand.until)) return;
  headers.append("set-cookie", sessionCookie(app, atHand.code, member, atHand.helped));
}
