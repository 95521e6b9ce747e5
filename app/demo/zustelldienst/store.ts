import { z } from "zod";
import { openJournal } from "./journal.ts";
import { change, type CaseEvent, type Change, type Destination, type Submission } from "./model.ts";

/** A case: its sender, its destination and its event log, oldest first. */
export interface Case {
  readonly clientId: string;
  readonly destinationId: string;
  readonly events: readonly CaseEvent[];
}

/** Counts shown on the start page. `submitted` includes forwarded submissions; expired drafts are not counted. */
export interface Statistics {
  submissions: { incomplete: number; submitted: number; accepted: number; rejected: number };
  destinations: number;
}

/** State of the simulator: read from memory, written to the journal first. */
export interface Store {
  destination(id: string): Destination | undefined;
  submission(id: string): Submission | undefined;
  caseOf(id: string): Case | undefined;
  destinations(): Iterable<Destination>;
  /** Every submission ever announced, oldest first. */
  submissions(): Iterable<Submission>;
  /** Submissions that are neither settled nor expired, in the order they were announced. */
  unfinished(): Submission[];
  statistics(): Statistics;
  /** Makes all changes durable together, then visible. */
  commit(...changes: Change[]): Promise<void>;
  close(): Promise<void>;
}

const entry = z.array(change);

/** Opens the store and rebuilds its state from the journal file. */
export async function openStore(journalPath: string): Promise<Store> {
  const destinations = new Map<string, Destination>();
  const submissions = new Map<string, Submission>();
  const cases = new Map<string, { clientId: string; destinationId: string; events: CaseEvent[] }>();
  const unfinished = new Set<string>();

  const applySubmission = (value: Submission) => {
    submissions.set(value.submissionId, value);
    if (!cases.has(value.caseId)) {
      cases.set(value.caseId, { clientId: value.clientId, destinationId: value.destinationId, events: [] });
    }
    if (["incomplete", "submitted", "forwarded"].includes(value.state)) unfinished.add(value.submissionId);
    else unfinished.delete(value.submissionId);
  };

  const apply = (step: Change) => {
    if (step.type === "destination") destinations.set(step.value.destinationId, step.value);
    else if (step.type === "submission") applySubmission(step.value);
    else cases.get(step.value.caseId)?.events.push(step.value);
  };

  const journal = await openJournal(journalPath, (line) => entry.parse(line).forEach(apply));

  return {
    destination: (id) => destinations.get(id),
    submission: (id) => submissions.get(id),
    caseOf: (id) => cases.get(id),
    destinations: () => destinations.values(),
    submissions: () => submissions.values(),
    unfinished: () =>
      [...unfinished].flatMap((id) => {
        const found = submissions.get(id);
        return found ? [found] : [];
      }),
    statistics: () => {
      const counts = { incomplete: 0, submitted: 0, accepted: 0, rejected: 0 };
      for (const { state } of submissions.values()) {
        if (state === "forwarded") counts.submitted += 1;
        else if (state !== "dropped") counts[state] += 1;
      }
      return { submissions: counts, destinations: destinations.size };
    },
    commit: async (...changes) => {
      await journal.append(changes);
      changes.forEach(apply);
    },
    close: () => journal.close(),
  };
}
