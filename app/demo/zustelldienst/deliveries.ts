import type { Submission } from "./model.ts";

/** What arrived here, counted by message and not by submission. */
export interface Deliveries {
  /** Messages that were ever sent completely. */
  delivered: number;
  /** Those of them that were sent completely more than once. */
  repeated: number;
  messages: { attachments: string[]; submissions: number }[];
}

/**
 * Counts messages. Nothing of the contents can be read here, so the first announced attachment tells messages apart:
 * a sender keeps its id when it sends the same message again. Without attachments every submission counts by itself.
 */
export function deliveries(submissions: Iterable<Submission>): Deliveries {
  const messages = new Map<string, { attachments: string[]; submissions: number }>();
  for (const { submissionId, announced, submittedAt } of submissions) {
    if (submittedAt === undefined) continue;
    const identity = announced[0]?.toLowerCase() ?? submissionId;
    const known = messages.get(identity);
    if (known) known.submissions += 1;
    else messages.set(identity, { attachments: announced, submissions: 1 });
  }
  const list = [...messages.values()];
  return {
    delivered: list.length,
    repeated: list.filter((message) => message.submissions > 1).length,
    messages: list,
  };
}
