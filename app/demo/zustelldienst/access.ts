import type { HttpBindings } from "@hono/node-server";
import type { Context, Handler, MiddlewareHandler } from "hono";
import type { Client } from "./config.ts";
import type { Destination } from "./model.ts";
import { pass, problemResponse, refuse, type Outcome, type Refusal } from "./problems.ts";
import type { Service } from "./service.ts";
import type { Caller } from "./tokens.ts";

/** Types behind the routes: the bare Node connection and who calls. */
export interface AppEnv {
  Bindings: HttpBindings;
  Variables: { caller: Caller | undefined };
}

/** One request on its way through the routes. */
export type AppContext = Context<AppEnv>;

const WINDOW_MS = 60_000;

/** What every call of the interface must pass: a User-Agent, a good token if there is one, and the rate limit. */
export function guardApi(service: Service): MiddlewareHandler<AppEnv> {
  const windows = new Map<string, { startedAt: number; used: number }>();

  const countCall = (who: string) => {
    const now = service.now().getTime();
    const known = windows.get(who);
    const window = known && now - known.startedAt < WINDOW_MS ? known : { startedAt: now, used: 0 };
    window.used += 1;
    windows.set(who, window);
    const limit = service.rateLimitPerMinute;
    const headers = {
      "RateLimit-Limit": String(limit),
      "RateLimit-Remaining": String(Math.max(0, limit - window.used)),
      "RateLimit-Reset": String(Math.ceil((window.startedAt + WINDOW_MS - now) / 1000)),
    };
    return { headers, exceeded: window.used > limit };
  };

  return async (c, next) => {
    if (!c.req.header("user-agent")?.trim()) return problemResponse({ slug: "user-agent-missing" });
    const authorization = c.req.header("authorization");
    const caller = authorization === undefined ? undefined : await service.tokens.caller(authorization);
    if (authorization !== undefined && !caller) return problemResponse({ slug: "unauthorized" });
    if (caller && service.faults.take("expired-token")) return problemResponse({ slug: "unauthorized" });
    const { headers, exceeded } = countCall(caller?.clientId ?? "without token");
    if (exceeded) {
      const retry = { "Retry-After": headers["RateLimit-Reset"] };
      return problemResponse({ slug: "rate-limit-exceeded" }, { ...headers, ...retry });
    }
    c.set("caller", caller);
    await next();
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    return undefined;
  };
}

/** A handler for clients of one role: no token is 401, the other role 403. */
export function only(
  role: Client["role"] | "any",
  handle: (c: AppContext, caller: Caller) => Promise<Response> | Response,
): Handler<AppEnv> {
  return (c) => {
    const caller = c.get("caller");
    if (!caller) return problemResponse({ slug: "unauthorized" });
    if (role !== "any" && caller.role !== role) return problemResponse({ slug: "wrong-role", detail: `${role} only` });
    return handle(c, caller);
  };
}

/** The answer to a refusal, in a form that reads well at the end of a check. */
export function refused(outcome: { refusal: Refusal }): Response {
  return problemResponse(outcome.refusal);
}

/** The destination, if it exists and the client is attached to it. */
export function attachedDestination(service: Service, caller: Caller, id: string): Outcome<Destination> {
  const destination = service.store.destination(id);
  if (!destination) return refuse("destination-not-found");
  return destination.clients.includes(caller.clientId) ? pass(destination) : refuse("client-not-attached");
}

/** A JSON body of the right content type; what it means is for the caller to parse. */
export async function jsonBody(c: AppContext): Promise<Outcome<unknown>> {
  if (mediaType(c) !== "application/json") return refuse("unsupported-media-type", "application/json required");
  try {
    return pass(await c.req.json());
  } catch {
    return refuse("malformed-request", "body is no JSON");
  }
}

/** Media type of the request without parameters, in lower case. */
export function mediaType(c: AppContext): string {
  return (c.req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

/** `offset` and `limit` of a list call; at most 500 entries at a time. */
export function paging(c: AppContext): Outcome<{ offset: number; limit: number }> {
  const offset = wholeNumber(c.req.query("offset") ?? "0");
  const limit = wholeNumber(c.req.query("limit") ?? "100");
  if (offset === undefined || limit === undefined || limit < 1 || limit > 500) return refuse("invalid-paging");
  return pass({ offset, limit });
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
