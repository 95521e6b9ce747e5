import type { Random } from "./random.ts";

/** Parts that can be struck, by name; `service` is web and worker in one process. */
export type Target =
  "web1" | "web2" | "worker1" | "worker2" | "service" | "zustelldienst" | "fachverfahren" | "gateway";

/** A way of the Zustelldienst to misbehave, as its switch takes it. */
export type Fault = { mode: string; count?: number; probability?: number; delayMs?: number };

/** One blow. Times are milliseconds. */
export type Strike =
  /** `kill -9`, and started again after a while. */
  | { kind: "kill"; target: Target; downMs: number }
  /** Ended in order and started again, as for an update. */
  | { kind: "restart"; target: Target }
  /** Stands still and goes on as if nothing had happened. */
  | { kind: "freeze"; target: Target; forMs: number }
  /** `server` is the whole of PostgreSQL at once, `backend` the process of one connection. */
  | { kind: "database"; how: "kill server" | "restart server" | "kill backend" | "end connections" }
  | { kind: "fault"; fault: Fault }
  /** The Fachverfahren takes a new key. */
  | { kind: "rotateKey" };

/** A strike and when it falls, in milliseconds after the storm began. */
export type Planned = { atMs: number; strike: Strike };

/** What strikes next: all cards of a pack in any order, then the pack is shuffled again. */
function* deal<T>(random: Random, pack: readonly T[]): Generator<T> {
  for (;;) yield* random.shuffled(pack);
}

const ON_POSTGRES: readonly Target[] = ["web1", "web2", "worker1", "worker2"];

const blow = (how: Extract<Strike, { kind: "database" }>["how"]) => () => ({ kind: "database" as const, how });

function cards(database: "postgres" | "pglite"): ((random: Random) => Strike)[] {
  const kill = (target: Target) => (random: Random) => ({
    kind: "kill" as const,
    target,
    downMs: random.between(0, 2_500),
  });
  const restart = (targets: readonly Target[]) => (random: Random) => ({
    kind: "restart" as const,
    target: random.pick(targets),
  });
  const freeze = (targets: readonly Target[]) => (random: Random) => ({
    kind: "freeze" as const,
    target: random.pick(targets),
    forMs: random.between(1_000, 6_000),
  });
  const simulators: readonly Target[] = ["zustelldienst", "fachverfahren", "gateway"];
  const always = [...simulators.map(kill), freeze(simulators)];
  if (database === "pglite")
    return [
      ...always,
      kill("service"),
      kill("service"),
      kill("service"),
      kill("service"),
      restart(["service"]),
      freeze(["service"]),
    ];
  return [
    ...always,
    ...ON_POSTGRES.map(kill),
    ...ON_POSTGRES.slice(2).map(kill),
    restart(ON_POSTGRES),
    freeze(ON_POSTGRES.slice(2)),
    freeze(ON_POSTGRES),
    blow("kill server"),
    blow("restart server"),
    blow("kill backend"),
    blow("end connections"),
  ];
}

/** Faults that pass; each strikes a few times and is over. */
const PASSING: readonly ((random: Random) => Fault)[] = [
  (random) => ({ mode: "down", count: random.between(2, 8), delayMs: 1_000 }),
  (random) => ({ mode: "rate-limit", count: random.between(2, 8), delayMs: 1_000 }),
  (random) => ({ mode: "slow", count: random.between(2, 8), delayMs: random.between(300, 4_000) }),
  ...["nonsense", "cut-request", "lose-upload", "lose-announce", "lose-answer", "expired-token", "inactive"].map(
    (mode) => (random: Random) => ({ mode, count: random.between(1, 4) }),
  ),
  ...["wrong-tags", "wrong-signature", "missing-statement"].map((mode) => (random: Random) => ({
    mode,
    count: random.between(1, 3),
  })),
  ...["forged-callback", "stale-callback", "lost-callback", "duplicate-callback"].map((mode) => (random: Random) => ({
    mode,
    count: random.between(1, 4),
  })),
  ...["late-callback", "late-notify"].map((mode) => (random: Random) => ({
    mode,
    count: random.between(1, 4),
    delayMs: random.between(500, 5_000),
  })),
];

/** They falsify what the Zustelldienst keeps: such a message is stuck for good, so each strikes once. */
export const FALSIFYING: readonly string[] = ["lying", "foreign-key"];

const BETWEEN_BLOWS: readonly [number, number] = [1_500, 4_500];
const BETWEEN_FAULTS: readonly [number, number] = [1_000, 3_500];
/** Longer than any lease, so that a worker wakes up whose work another one has taken over. */
const LONG_FREEZE_MS = 100_000;

function* times(random: Random, endMs: number, [least, most]: readonly [number, number]): Generator<number> {
  for (let at = random.between(least, most); at < endMs; at += random.between(least, most)) yield at;
}

/** Everything that will strike in a storm, in order of time. */
export function planOf(
  random: Random,
  { seconds, database }: { seconds: number; database: "postgres" | "pglite" },
): Planned[] {
  const endMs = seconds * 1_000;
  const planned: Planned[] = [];
  const blows = deal(random, cards(database));
  for (const atMs of times(random, endMs, BETWEEN_BLOWS)) {
    const { value } = blows.next();
    planned.push({ atMs, strike: value(random) });
  }
  const faults = deal(random, PASSING);
  for (const atMs of times(random, endMs, BETWEEN_FAULTS)) {
    const { value } = faults.next();
    planned.push({ atMs, strike: { kind: "fault", fault: value(random) } });
  }
  for (const mode of FALSIFYING)
    planned.push({ atMs: random.between(5_000, endMs - 1_000), strike: { kind: "fault", fault: { mode, count: 1 } } });
  for (const atMs of times(random, endMs, [15_000, 60_000])) planned.push({ atMs, strike: { kind: "rotateKey" } });
  if (database === "postgres" && endMs >= 2 * LONG_FREEZE_MS)
    planned.push({
      atMs: random.between(10_000, endMs - LONG_FREEZE_MS),
      strike: { kind: "freeze", target: random.pick(["worker1", "worker2"] as const), forMs: LONG_FREEZE_MS },
    });
  return planned.toSorted((one, other) => one.atMs - other.atMs);
}
