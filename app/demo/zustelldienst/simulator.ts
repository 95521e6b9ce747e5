import { setTimeout as pause } from "node:timers/promises";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Hono, MiddlewareHandler } from "hono";
import { jsonBody, refused, type AppContext, type AppEnv } from "./access.ts";
import { faultSchema, pauseSeconds } from "./faults.ts";
import { PAGE_HEADERS, startPage } from "./pages.ts";
import { problemResponse } from "./problems.ts";
import type { Service } from "./service.ts";

const DEFAULT_DELAY_MS = 2000;

/** What only a simulator has: start page, statistics, switch for faults, health. */
export function addSimulatorRoutes(app: Hono<AppEnv>, service: Service): void {
  app.get("/", (c) => c.html(startPage(service.store.statistics(), service.faults.current()), 200, PAGE_HEADERS));
  app.get("/health", (c) => c.json({ status: "ok" }));
  app.get("/simulator/statistics", (c) => c.json(service.store.statistics()));
  app.get("/simulator/faults", (c) => c.json(service.faults.current()));
  app.post("/simulator/faults", async (c) => {
    if (!fromThisMachine(c)) return problemResponse({ slug: "foreign-client", detail: "this machine only" });
    const body = await jsonBody(c);
    if (!body.ok) return refused(body);
    const fault = faultSchema.safeParse(body.value);
    if (!fault.success) return problemResponse({ slug: "malformed-request", detail: "unknown fault" });
    service.faults.set(fault.data);
    return c.json(fault.data);
  });
}

/** Lets the faults of the whole service strike before anything else is done. */
export function strikeFaults(service: Service): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const down = service.faults.take("down");
    if (down) return problemResponse({ slug: "service-unavailable" }, { "Retry-After": String(pauseSeconds(down)) });
    const limited = service.faults.take("rate-limit");
    if (limited) {
      const seconds = String(pauseSeconds(limited));
      return problemResponse(
        { slug: "rate-limit-exceeded" },
        {
          "RateLimit-Limit": String(service.rateLimitPerMinute),
          "RateLimit-Remaining": "0",
          "RateLimit-Reset": seconds,
          "Retry-After": seconds,
        },
      );
    }
    if (service.faults.take("nonsense")) return c.html("<html><body><h1>It works!</h1><p>�{]</p></body></html>");
    const slow = service.faults.take("slow");
    if (slow)
      await pause(slow.delayMs ?? DEFAULT_DELAY_MS, undefined, { signal: service.stopping }).catch(() => undefined);
    return next();
  };
}

function fromThisMachine(c: AppContext): boolean {
  const address = getConnInfo(c).remote.address ?? "";
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}
