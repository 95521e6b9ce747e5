import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { messagesOf, pressAllButtons, receivedBy, repetitionsOf } from "./books.ts";
import { readLogs, type LogFindings } from "./logs.ts";
import type { ChaosOptions } from "./options.ts";
import { peopleOf, type Ledger } from "./people.ts";
import { planOf } from "./plan.ts";
import { randomFrom } from "./random.ts";
import { endFaults, storm, type Struck } from "./storm.ts";
import { fateOf, judge, type Figures } from "./verdict.ts";
import { startWorld, type World } from "./world.ts";

/** People who have filled in everything before the storm, so that many press in the middle of it. */
const SECONDS_A_PRESS = 3;
const MOST_PREPARED = 60;
const LOOK_MS = 1_000;
/** In calm weather the operator presses the buttons this often until everything has arrived. */
const OPERATOR_MS = 20_000;

/** The outcome of a run: figures, and everything that must not be, in words. */
export type Outcome = { figures: Figures; complaints: string[]; findings: LogFindings; logs: string };

/** What is known while it runs, for progress. */
export type Progress = {
  phase: "start" | "storm" | "calm";
  filed: number;
  acknowledged: number;
  /** As last looked at, in calm weather only. */
  accepted: number | undefined;
  struck: Struck;
};

/** Everything is up, nothing is disturbed: waits until what was filed has arrived, as long as `deadline` allows. */
async function drain(
  world: World,
  ledger: Ledger,
  deadline: number,
  stopped: AbortSignal,
  tell: (accepted: number) => void,
): Promise<void> {
  let presses = 0;
  let nextPress = Date.now() + OPERATOR_MS / 2;
  while (Date.now() < deadline) {
    await pause(LOOK_MS, undefined, { signal: stopped });
    const received = await receivedBy(world);
    const accepted = [...received.values()].filter((state) => state === "accepted").length;
    tell(accepted);
    if (accepted >= ledger.filings.length) return;
    if (Date.now() < nextPress) continue;
    const messages = await pressAllButtons(world, presses === 0);
    const fates = messages.map((message) => fateOf(message, messages, received));
    nextPress = Date.now() + OPERATOR_MS;
    presses += 1;
    // What stands there the first time may come from the storm.
    if (presses > 1 && !fates.includes("underWay")) return;
  }
}

/**
 * Runs people, storm and calm, then counts. Ends everything it started, also when `stopped` ends it early.
 * @throws when the world does not start, or with the reason of `stopped`
 */
export async function chaos(
  options: ChaosOptions,
  stopped: AbortSignal,
  tell: (progress: Progress) => void,
): Promise<Outcome> {
  const random = randomFrom(options.seed);
  const struck: Struck = new Map();
  const ledger: Ledger = { filings: [], names: [], complaints: [] };
  let phase: Progress["phase"] = "start";
  let arrived: number | undefined;
  let overAt = Number.POSITIVE_INFINITY;
  const report = () => {
    const acknowledged = ledger.filings.filter(({ reference }) => reference !== undefined).length;
    tell({ phase, filed: ledger.filings.length, acknowledged, accepted: arrived, struck });
  };
  const ticker = setInterval(report, 10_000);
  const world = await startWorld(options.database, random.branch(1)).catch((error: unknown) => {
    clearInterval(ticker);
    throw error;
  });
  let outcome: Omit<Outcome, "findings"> | undefined;
  try {
    const state = {
      isCalm: () => phase === "calm" || stopped.aborted,
      isOver: () => stopped.aborted || Date.now() > overAt,
    };
    const people = peopleOf(world.url, options.seed, ledger, state);
    await people.prepare(Math.min(Math.floor(options.seconds / SECONDS_A_PRESS), MOST_PREPARED));
    phase = "storm";
    const filing = people.file(options.seconds * 1_000);
    filing.catch(() => undefined);
    await storm(world, planOf(random.branch(2), options), struck, stopped);
    phase = "calm";
    overAt = Date.now() + options.drainSeconds * 1_000;
    await endFaults(world);
    await filing;
    await drain(world, ledger, overAt, stopped, (accepted) => {
      arrived = accepted;
    });
    const { figures, complaints } = judge(ledger.filings, await messagesOf(world), await receivedBy(world));
    ledger.complaints.push(...complaints);
    outcome = {
      figures: { ...figures, ...(await repetitionsOf(world)) },
      complaints: ledger.complaints,
      logs: world.logs,
    };
  } finally {
    clearInterval(ticker);
    const left = await world.stop();
    if (stopped.aborted) rmSync(dirname(world.logs), { recursive: true, force: true });
    if (left.length > 0) ledger.complaints.push(`${left.length} processes outlived their parents`);
  }
  const findings = readLogs(world.logs, ledger.names);
  return { ...outcome, findings };
}
