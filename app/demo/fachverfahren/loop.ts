import { setTimeout as wait } from "node:timers/promises";
import type { Registration, SubmissionReference, ZustelldienstClient } from "./client.ts";
import { ZustelldienstError } from "./client.ts";
import type { DecisionMode } from "../common/settings.ts";
import type { Decisions } from "./decisions.ts";
import { createLocks, inParallel } from "./locks.ts";
import { problem } from "./problems.ts";
import type { Intake, ReceivingDestination } from "./receive.ts";
import type { Store } from "./store.ts";

const INTAKES_AT_ONCE = 4;

type Dependencies = {
  client: Pick<ZustelldienstClient, "registerDestination" | "listSubmissions">;
  destinations: readonly { receiver: ReceivingDestination; registration: () => Registration }[];
  intake: Intake;
  decisions: Decisions;
  store: Store;
  decisionMode: () => DecisionMode;
  pollMs: number;
  signal: AbortSignal;
  /** Gets short operator messages: codes and ids, no personal data. */
  log: (line: string) => void;
};

const automaticRefusal = problem("technical-error", "other", "Der Simulator weist zurzeit alle Anträge zurück");

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : "unknown error";
}

/** Makes the loop; one failing destination or submission does not hold up the others. */
export function createLoop(dependencies: Dependencies) {
  const { client, destinations, intake, decisions, store, decisionMode, pollMs, signal, log } = dependencies;
  const registered = new Set<string>();
  const inTurn = createLocks();
  let lastComplaint = "";
  let wake = new AbortController();

  function complain(line: string): void {
    if (signal.aborted || line === lastComplaint) return;
    lastComplaint = line;
    log(line);
  }

  async function decideOpen(): Promise<void> {
    await decisions.decideRepetitions();
    const mode = decisionMode();
    if (mode === "manual") return;
    const wish = mode === "accept" ? { kind: mode } : { kind: mode, problems: [automaticRefusal] };
    for (const { submissionId, state, duplicateOf } of store.all()) {
      if (state === "open" && !duplicateOf) await decisions.decide(submissionId, wish, "rule");
    }
    await decisions.decideRepetitions();
  }

  async function takeIn(reference: SubmissionReference, receiver: ReceivingDestination): Promise<void> {
    try {
      if (await intake.takeIn(reference, receiver)) await decisions.deliver(reference.submissionId);
    } catch (error) {
      complain(`submission ${reference.submissionId}: ${reasonOf(error)}`);
    }
  }

  /** Tells the Zustelldienst of a destination as it is now; one call after the other, so that the newest word stays. */
  function register(registration: () => Registration): Promise<void> {
    const { id } = registration();
    registered.delete(id);
    return inTurn(id, async () => {
      await client.registerDestination(registration());
      registered.add(id);
    });
  }

  async function serve({ receiver, registration }: (typeof destinations)[number]): Promise<void> {
    const { id } = receiver.destination;
    try {
      if (!registered.has(id)) await register(registration);
      const waiting = await client.listSubmissions(id);
      const unknown = waiting.filter(({ submissionId }) => !store.find(submissionId));
      await inParallel(unknown, INTAKES_AT_ONCE, (reference) => takeIn(reference, receiver));
    } catch (error) {
      const isForgotten = error instanceof ZustelldienstError && (error.status === 403 || error.status === 404);
      if (isForgotten) registered.delete(id);
      complain(`destination ${id}: ${reasonOf(error)}`);
    }
  }

  async function round(): Promise<void> {
    for (const destination of destinations) await serve(destination);
    await decideOpen();
    await decisions.deliverOutstanding();
  }

  return {
    /** Ids of the destinations that the Zustelldienst knows. */
    registered: (): string[] => [...registered],

    /** Registers a destination anew; false when that fails now, the next round tries again then. */
    async registerAgain(destinationId: string): Promise<boolean> {
      const found = destinations.find(({ receiver }) => receiver.destination.id === destinationId);
      if (!found) return false;
      try {
        await register(found.registration);
        return true;
      } catch (error) {
        complain(`destination ${destinationId}: ${reasonOf(error)}`);
        return false;
      }
    },

    /** Starts the next round now instead of after the pause. */
    wake(): void {
      wake.abort();
    },

    /** Runs until `signal` is aborted. */
    async run(): Promise<void> {
      while (!signal.aborted) {
        wake = new AbortController();
        try {
          await round();
        } catch (error) {
          complain(reasonOf(error));
        }
        await wait(pollMs, undefined, { signal: AbortSignal.any([signal, wake.signal]) }).catch(() => undefined);
      }
    },
  };
}
