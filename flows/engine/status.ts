/** Everything that can happen to a case; the same words in payload, API, figures and pages (architecture 7). */
export const eventKinds = [
  "filed",
  "sent",
  "pickedUp",
  "accepted",
  "rejected",
  "progress",
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

/** What a message of a case is besides its application. */
export type BesideKind = "supplement" | "answer" | "withdrawal";

/**
 * One thing that happened, oldest first. `beside`: the message that it is about, if that is not the application itself;
 * `letter`: the authority's message that says it, or that is answered.
 */
export type CaseEvent = {
  kind: EventKind;
  at: string;
  codes: readonly string[];
  beside?: { kind: BesideKind; id: string };
  letter?: string;
};

/** Technical steps never take back what the authority said; otherwise the latest event counts. */
const technical: readonly EventKind[] = ["filed", "sent", "pickedUp", "stuck"];

/** What becomes of a message on its way; of one beside the application it says nothing on the application. */
const delivery: readonly EventKind[] = [...technical, "accepted", "rejected"];

/** True for what becomes of a message on its way, in contrast to what is said about the case. */
export function isDelivery(kind: EventKind): boolean {
  return delivery.includes(kind);
}

/** What the applicant says about the case; it counts only as long as the authority can take over the message that says it. */
const said: readonly EventKind[] = ["answered", "withdrawalRequested"];

/** The events of a case that count for its status: the way of what is sent beside the application is told apart. */
export function caseEvents(events: readonly CaseEvent[]): CaseEvent[] {
  return events.filter(({ kind, beside }) => {
    if (beside === undefined) return true;
    return !isDelivery(kind) && !(said.includes(kind) && messageStatus(events, beside.id) === "rejected");
  });
}

/** After these nothing can be added to a case: what was refused is filed anew, what was withdrawn is over. */
const closed: readonly EventKind[] = ["rejected", "withdrawn"];

/** True if a case with this status still takes messages, from the applicant as from the authority. */
export function isOpen(status: EventKind): boolean {
  return !closed.includes(status);
}

/** The status of one message beside the application, folded like that of a case. */
export function messageStatus(events: readonly CaseEvent[], messageId: string): EventKind {
  const own = events.filter(({ kind, beside }) => beside?.id === messageId && isDelivery(kind));
  return statusOf(own.map(({ beside: _message, ...event }) => event));
}

/**
 * The message by which the applicant answered a letter, or withdrew; undefined if there is none that stands: what could not be
 * taken over counts for nothing and may be sent again.
 */
export function standingReply(
  events: readonly CaseEvent[],
  reply: { kind: "answered"; letter: string } | { kind: "withdrawalRequested" },
): string | undefined {
  const letter = reply.kind === "answered" ? reply.letter : undefined;
  const own = events.filter((event) => event.kind === reply.kind && event.letter === letter);
  const ids = own.flatMap(({ beside }) => (beside ? [beside.id] : []));
  return ids.find((id) => messageStatus(events, id) !== "rejected");
}

/** True if an application still counts: neither refused nor withdrawn, by a message of the applicant that stands. */
export function isStanding(events: readonly CaseEvent[]): boolean {
  return isOpen(statusOf(events)) && standingReply(events, { kind: "withdrawalRequested" }) === undefined;
}

/** The questions that no message answers which stands, oldest first; only of those that came as letters is that known. */
export function openQuestions(events: readonly CaseEvent[]): CaseEvent[] {
  return events.filter(
    ({ kind, letter }) =>
      kind === "question" && letter !== undefined && standingReply(events, { kind: "answered", letter }) === undefined,
  );
}

/** With these nothing is left to do for the applicant, so none of them is the status while a question is open. */
const restful: readonly EventKind[] = ["answered", "progress"];

/**
 * Folds the events of a case, oldest first, to its status. Being taken over comes before everything that an authority writes:
 * told late, it takes none of that back.
 */
export function statusOf(events: readonly CaseEvent[]): EventKind {
  const latest = caseEvents(events).reduce<EventKind>((status, { kind }) => {
    const isLate = technical.includes(kind) ? !technical.includes(status) : kind === "accepted" && !isDelivery(status);
    return isLate ? status : kind;
  }, "filed");
  return restful.includes(latest) && openQuestions(events).length > 0 ? "question" : latest;
}
