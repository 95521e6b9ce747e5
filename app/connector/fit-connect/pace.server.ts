import { setTimeout as sleep } from "node:timers/promises";
import { DeliveryError } from "../errors.ts";
import { retryAfterOf } from "./answers.server.ts";
import type { Http } from "./http.server.ts";

// A delivery holds its message while it waits: longer pauses are waited out in the outbox.
const LONGEST_SLEEP_MS = 3_000;

/**
 * Keeps the pauses that a service asks for (429 or 503 with `Retry-After` or `RateLimit-Reset`), for all calls that go
 * through: short ones are waited, during longer ones nothing is sent. @throws DeliveryError rateLimited with the rest
 */
export function paced(http: Http, now: () => number): Http {
  let pause = { from: 0, until: 0 };
  // After the clock was set back a pause would last as long as the clock was wrong.
  const end = () => (now() < pause.from ? 0 : pause.until);
  return async (request) => {
    const rest = end() - now();
    if (rest > LONGEST_SLEEP_MS) {
      const cause = new Error("The service asked for a pause");
      throw new DeliveryError("rateLimited", true, { cause, retryAfterMs: rest });
    }
    if (rest > 0) await sleep(rest);
    const answer = await http(request);
    const asksForPause = answer.status === 429 || answer.status === 503;
    const wish = asksForPause ? retryAfterOf(answer.headers, now()) : undefined;
    if (wish !== undefined) pause = { from: now(), until: Math.max(end(), now() + wish) };
    return answer;
  };
}
