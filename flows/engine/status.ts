/** Everything that can happen to a case; the same words in payload, API, figures and pages (architecture 7). */
export const eventKinds = [
  "filed",
  "sent",
  "pickedUp",
  "accepted",
  "rejected",
  "question",
  "answered",
  "appointment",
  "notCompetent",
  "forwarded",
  "intendedRefusal",
  "decisionReady",
  "withdrawalRequested",
  "withdrawn",
  "stuck",
] as const;
export type EventKind = (typeof eventKinds)[number];

/** One thing that happened, oldest first; `supplement` is the message id of the supplement that it is about. */
export type CaseEvent = { kind: EventKind; at: string; codes: readonly string[]; supplement?: string };

/** Technical steps never take back what the authority said; otherwise the latest event counts. */
const technical: readonly EventKind[] = ["filed", "sent", "pickedUp", "stuck"];

/** What becomes of a message on its way; of a supplement it says nothing on the application. */
const delivery: readonly EventKind[] = [...technical, "accepted", "rejected"];

/** The events of a case that count for its status: whatever happens to a supplement is told apart from the application. */
export function caseEvents(events: readonly CaseEvent[]): CaseEvent[] {
  return events.filter(({ kind, supplement }) => supplement === undefined || !delivery.includes(kind));
}

/** After these nothing can be added to a case: what was refused is filed anew, what was withdrawn is over. */
const closed: readonly EventKind[] = ["rejected", "withdrawn"];

/** True if a case with this status still takes supplements. */
export function takesSupplements(status: EventKind): boolean {
  return !closed.includes(status);
}

/** The status of one supplement, folded like that of a case. */
export function supplementStatus(events: readonly CaseEvent[], messageId: string): EventKind {
  const own = events.filter(({ kind, supplement }) => supplement === messageId && delivery.includes(kind));
  return statusOf(own.map(({ supplement: _message, ...event }) => event));
}

/** Folds the events of a case, oldest first, to its status. */
export function statusOf(events: readonly CaseEvent[]): EventKind {
  return caseEvents(events).reduce<EventKind>(
    (status, event) => (technical.includes(event.kind) && !technical.includes(status) ? status : event.kind),
    "filed",
  );
}
