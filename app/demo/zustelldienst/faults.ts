import { z } from "zod";
import { isFaultMode, type FaultMode } from "./faultModes.ts";

/** One way in which the simulator is told to misbehave. */
export const faultSchema = z.object({
  mode: z.custom<FaultMode>(isFaultMode, "unknown fault"),
  /** Delay of the slow and late faults, and the pause that `down` and `rate-limit` ask for, in milliseconds. */
  delayMs: z.int().min(0).max(600_000).optional(),
  /** How often the fault strikes before it ends by itself; absent = until changed. */
  count: z.int().min(1).optional(),
  /** How likely the fault strikes where it could, from 0 to 1; absent = always. */
  probability: z.number().min(0).max(1).optional(),
});

/** See {@link faultSchema}. */
export type Fault = z.infer<typeof faultSchema>;

/** Body of the switch: one fault or a list; what it names replaces everything in force before. */
export const faultSwitch = z.union([
  z.object({ faults: z.array(faultSchema).max(100) }).transform(({ faults }) => faults),
  faultSchema.transform((fault) => [fault]),
]);

/** The faults in force. They live in memory only: a restart heals. */
export interface Faults {
  inForce(): readonly Fault[];
  set(faults: readonly Fault[]): void;
  /** Whether the fault strikes now; when it does, it is used up by one. */
  take(mode: FaultMode): Fault | undefined;
}

/** No fault at first; `random` draws from 0 up to 1. */
export function createFaults(random: () => number = Math.random): Faults {
  let faults: readonly Fault[] = [];
  return {
    inForce: () => faults,
    set: (wanted) => {
      faults = wanted.filter(({ mode }) => mode !== "none");
    },
    take: (mode) => {
      const struck = faults.find((fault) => fault.mode === mode && random() < (fault.probability ?? 1));
      if (struck?.count !== undefined) faults = faults.flatMap((fault) => (fault === struck ? usedUp(fault) : [fault]));
      return struck;
    },
  };
}

function usedUp(fault: Fault): Fault[] {
  return fault.count !== undefined && fault.count > 1 ? [{ ...fault, count: fault.count - 1 }] : [];
}

/** Answer of the switch: the first fault in the members of old, and all of them. */
export function describeFaults(faults: readonly Fault[]): Fault & { faults: Fault[] } {
  return { ...(faults[0] ?? { mode: "none" }), faults: [...faults] };
}

/** How long a fault holds something back, in milliseconds; `otherwise` when nothing was said. */
export function delayOf(fault: Fault, otherwise = 1000): number {
  return fault.delayMs ?? otherwise;
}

/** Pause a refused client is asked for, in whole seconds; one second when nothing was said. */
export function pauseSeconds(fault: Fault): number {
  return Math.ceil(delayOf(fault) / 1000);
}
