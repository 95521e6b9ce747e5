import { setTimeout as pause } from "node:timers/promises";
import type { MiddlewareHandler } from "hono";
import type { AppContext, AppEnv } from "./access.ts";
import { delayOf, pauseSeconds } from "./faults.ts";
import type { FaultMode } from "./faultModes.ts";
import { problemResponse } from "./problems.ts";
import type { Service } from "./service.ts";

const DEFAULT_DELAY_MS = 2000;

/** Lets the faults of the whole service strike before anything else is done. */
export function strikeFaults(service: Service): MiddlewareHandler<AppEnv> {
  const { faults } = service;
  return async (c, next) => {
    if (cutOff(c, service, "cut-request")) return problemResponse({ slug: "service-unavailable" });
    const slow = faults.take("slow");
    if (slow) {
      const held = pause(delayOf(slow, DEFAULT_DELAY_MS), undefined, { signal: service.stopping });
      await held.catch(() => undefined);
    }
    const down = faults.take("down");
    if (down) return problemResponse({ slug: "service-unavailable" }, { "Retry-After": String(pauseSeconds(down)) });
    const limited = faults.take("rate-limit");
    if (limited) {
      const seconds = String(pauseSeconds(limited));
      const headers = {
        "RateLimit-Limit": String(service.rateLimitPerMinute),
        "RateLimit-Remaining": "0",
        "RateLimit-Reset": seconds,
        "Retry-After": seconds,
      };
      return problemResponse({ slug: "rate-limit-exceeded" }, headers);
    }
    if (faults.take("nonsense")) return c.html("<html><body><h1>It works!</h1><p>�{]</p></body></html>");
    return next();
  };
}

/** Breaks the connection when the fault strikes, so that the client learns nothing of what was done. */
export function cutOff(c: AppContext, service: Service, mode: FaultMode): boolean {
  if (!service.faults.take(mode)) return false;
  c.env.incoming.socket.destroy();
  return true;
}
