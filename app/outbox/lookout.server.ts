import type { App } from "#app/context.server.ts";
import { sendDue } from "#app/mail/send.server.ts";
import { checkReceivers } from "#app/outbox/check.server.ts";
import { queueDigest } from "#app/outbox/digest.server.ts";
import { onlyOne } from "#app/outbox/onlyOne.server.ts";
import { repeat } from "#app/outbox/repeat.server.ts";
import { watch } from "#app/outbox/watchdog.server.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What looks after the service; `stop` waits for what is under way, at most so many milliseconds. */
export type Lookout = { stop: (patienceMs: number) => Promise<void> };

/**
 * Starts what looks after the service and tells people: watchdog every minute, daily report, self-tests every six hours, mail.
 * Every process does, whether it delivers or not: that no worker is at work can only be told by somebody else. Of several at
 * the same time one is at it.
 */
export function startLookout(app: App): Lookout {
  const { database } = app;
  const alone = (name: string, task: () => Promise<void>) => async () => void (await onlyOne(database, name, task));
  const onError = (name: string) => (error: unknown) =>
    app.log.error({ code: error instanceof Error ? error.name : "unknown" }, name);
  const tasks = [
    repeat(
      MINUTE,
      alone("watchdog", () => watch(app)),
      onError("watchdog"),
      5 * SECOND,
    ),
    repeat(
      MINUTE,
      alone("digest", () => queueDigest(app)),
      onError("digest"),
      10 * SECOND,
    ),
    // After a start the receivers may still be starting, too.
    repeat(
      6 * HOUR,
      alone("selfTest", () => checkReceivers(app)),
      onError("selfTest"),
      MINUTE,
    ),
    repeat(5 * SECOND, async () => void (await sendDue(app)), onError("mail"), SECOND),
  ];
  return {
    stop: async (patienceMs) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, patienceMs);
      await Promise.race([Promise.all(tasks.map((task) => task.stop())), promise]);
      clearTimeout(timer);
    },
  };
}
