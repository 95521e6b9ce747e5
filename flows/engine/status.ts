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

/** One thing that happened, oldest first. */
export type CaseEvent = { kind: EventKind; at: string; codes: readonly string[] };

/** Technical steps never take back what the authority said; otherwise the latest event counts. */
const technical: readonly EventKind[] = ["filed", "sent", "pickedUp", "stuck"];

/** Folds the events of a case, oldest first, to its status. */
export function statusOf(events: readonly CaseEvent[]): EventKind {
  return events.reduce<EventKind>(
    (status, event) => (technical.includes(event.kind) && !technical.includes(status) ? status : event.kind),
    "filed",
  );
}
