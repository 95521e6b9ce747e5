import { z } from "zod";
import type { Progress, Receipt } from "../transport.ts";
import { readEventLog, type EventLogs } from "./eventLog.server.ts";
import { parseProgress } from "./progress.server.ts";
import type { Statement } from "./statement.server.ts";
import { SET_PROBLEM_INSTANCE, SET_PROBLEM_PREFIX, setProblems } from "./unverified.ts";

const called = z.object({ notifyType: z.literal("callback") });
// `title` and `detail` are left out on purpose: receivers write free text there, which may name people.
const problem = z.object({
  type: z.string().optional().catch(undefined),
  instance: z.string().toLowerCase().regex(SET_PROBLEM_INSTANCE).optional().catch(undefined),
});
// More than one for each part of a submission are a mistake.
const MOST_PROBLEMS = 300;
const problemsPayload = z.object({ problems: z.array(problem).catch([]).default([]) });

/** What the receiving side said about a sent message; empty before it was sent or when its case is gone. */
export async function poll(logs: EventLogs, progress: Progress): Promise<readonly Receipt[]> {
  const state = parseProgress(progress);
  if (state?.stage !== "sent") return [];
  const history = await readEventLog(logs, state);
  return (history?.statements ?? []).flatMap(receiptOf);
}

/** What a statement tells us. A receiver that was called has fetched nothing yet: only one that asked has. */
export function receiptOf({ event, at, raw: proof, payload }: Statement): Receipt[] {
  switch (event) {
    case "notify-submission":
      return called.safeParse(payload).success ? [] : [{ kind: "pickedUp", at, proof }];
    case "accept-submission":
      return [{ kind: "accepted", at, proof, remarks: wordsOf(payload) }];
    case "reject-submission":
      return [{ kind: "rejected", at, proof, reasons: wordsOf(payload) }];
    case "create-submission":
    case "submit-submission":
    case "forward-submission":
    case "delete-submission":
      return [];
  }
}

/** One word per problem: its slug if that is in the catalogue, and the part of the submission that is meant. */
function wordsOf(payload: unknown): string[] {
  const { problems } = problemsPayload.safeParse(payload).data ?? { problems: [] };
  const words = problems.slice(0, MOST_PROBLEMS).map(({ type, instance }) => {
    const slug = type?.startsWith(SET_PROBLEM_PREFIX) ? type.slice(SET_PROBLEM_PREFIX.length) : "";
    const word = setProblems.has(slug) ? slug : "other";
    return instance === undefined ? word : `${word}@${instance}`;
  });
  return [...new Set(words)];
}
