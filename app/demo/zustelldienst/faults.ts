import { z } from "zod";

/** Ways in which the simulator can be told to misbehave, by `POST /simulator/faults`. */
export const faultSchema = z.object({
  mode: z.enum([
    "none",
    "down",
    "slow",
    "nonsense",
    "lying",
    "lose-answer",
    "rate-limit",
    "foreign-key",
    "forged-callback",
    "stale-callback",
    "late-callback",
  ]),
  /** Delay of `slow` and `late-callback`, and the pause that `down` and `rate-limit` ask for, in milliseconds. */
  delayMs: z.int().min(0).max(600_000).optional(),
  /** How often the fault strikes before it ends by itself; absent = until changed. */
  count: z.int().min(1).optional(),
});

/** See {@link faultSchema}. */
export type Fault = z.infer<typeof faultSchema>;

/** The one fault in force. It lives in memory only: a restart heals. */
export interface Faults {
  current(): Fault;
  set(fault: Fault): void;
  /** Uses the fault up by one when it is the one in force. */
  take(mode: Fault["mode"]): Fault | undefined;
}

/** No fault at first. */
export function createFaults(): Faults {
  let current: Fault = { mode: "none" };
  return {
    current: () => current,
    set: (fault) => {
      current = fault;
    },
    take: (mode) => {
      const struck = current;
      if (struck.mode !== mode || mode === "none") return undefined;
      if (struck.count !== undefined) {
        current = struck.count > 1 ? { ...struck, count: struck.count - 1 } : { mode: "none" };
      }
      return struck;
    },
  };
}

/** Pause a refused client is asked for, in whole seconds; one second when nothing was said. */
export function pauseSeconds(fault: Fault): number {
  return Math.ceil((fault.delayMs ?? 1000) / 1000);
}
