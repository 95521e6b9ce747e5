import { isFalsified, type Sent } from "./books.ts";
import type { Filing } from "./person.ts";

/** Figures of a run; see docs of `npm run chaos`. */
export type Figures = {
  /** Presses of "submit". */
  filed: number;
  /** Receipts that applicants saw. */
  acknowledged: number;
  /** Messages that the receiver accepted. */
  accepted: number;
  /** Filed with a receipt and at the end neither accepted nor known as stuck or refused. */
  lost: number;
  /** Messages that reached the Zustelldienst whole more than once. */
  doubled: number;
  /** Submissions that the receiver took for repetitions. */
  deduplicated: number;
  /** Messages that are stuck at the end, or wait for people because their log is falsified; all of them are alarmed. */
  stuck: number;
};

/** What became of a message. A falsified one may also be with the receiver, who does not believe the log either. */
export function fateOf(
  { id, reference, kind, state, lastError }: Sent,
  messages: readonly Sent[],
  received: ReadonlyMap<string, string>,
): "accepted" | "explained" | "unexplained" | "underWay" {
  if (received.get(id) === "accepted") return "accepted";
  if (isFalsified(lastError)) return "explained";
  // What is added to an application waits until that one is with the receiver.
  const application = messages.find((other) => other.reference === reference && other.kind === "application");
  if (kind === "supplement" && application && fateOf(application, messages, received) === "explained")
    return "explained";
  return state === "stuck" || state === "rejected" ? "unexplained" : "underWay";
}

function isKeptBack(message: Sent, messages: readonly Sent[], received: ReadonlyMap<string, string>): boolean {
  const fate = fateOf(message, messages, received);
  return fate === "explained" || (fate !== "accepted" && message.state === "stuck");
}

/** Compares what people hold in their hands with what the service and the receiver have. @returns also complaints */
export function judge(
  filings: readonly Filing[],
  messages: readonly Sent[],
  received: ReadonlyMap<string, string>,
): { figures: Pick<Figures, "filed" | "acknowledged" | "accepted" | "lost" | "stuck">; complaints: string[] } {
  const acknowledged = filings.filter(({ reference }) => reference !== undefined);
  const complaints: string[] = [];
  let lost = 0;
  for (const { reference, kind } of acknowledged) {
    const own = messages.find((message) => message.reference === reference && message.kind === kind);
    const fate = own ? fateOf(own, messages, received) : "underWay";
    if (fate === "underWay") lost += 1;
    if (!own) complaints.push(`${reference}: the ${kind} is not in the outbox`);
    else if (fate === "underWay" || fate === "unexplained")
      complaints.push(`${own.id}: the ${kind} is ${own.state} (${own.lastError})`);
  }
  const unanswered = filings.length - acknowledged.length;
  if (unanswered > 0) complaints.push(`${unanswered} pressed "submit" and never saw a receipt`);
  if (messages.length > filings.length)
    complaints.push(`${messages.length} messages came of ${filings.length} presses of "submit"`);
  return {
    figures: {
      filed: filings.length,
      acknowledged: acknowledged.length,
      accepted: messages.filter((message) => fateOf(message, messages, received) === "accepted").length,
      lost,
      stuck: messages.filter((message) => isKeptBack(message, messages, received)).length,
    },
    complaints,
  };
}
