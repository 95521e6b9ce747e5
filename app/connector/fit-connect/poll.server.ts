import { z } from "zod";
import type { Progress, Receipt } from "../transport.ts";
import { readEventLog, type EventLogs } from "./eventLog.server.ts";
import { parseProgress } from "./progress.server.ts";
import type { Statement } from "./statement.server.ts";
import { SET_PROBLEM_PREFIX, setProblems } from "./unverified.ts";

const MAX_TITLE = 200;

// `detail` is left out on purpose: receivers write free text there, which may name people.
const problem = z.object({
  type: z.string().optional().catch(undefined),
  title: z.string().optional().catch(undefined),
});
const problemsPayload = z.object({ problems: z.array(problem).catch([]).default([]) });

/** What the receiving side said about a sent message; empty before it was sent or when its case is gone. */
export async function poll(logs: EventLogs, progress: Progress): Promise<readonly Receipt[]> {
  const state = parseProgress(progress);
  if (state?.stage !== "sent") return [];
  const history = await readEventLog(logs, state);
  return (history?.statements ?? []).flatMap(receiptOf);
}

function receiptOf({ event, at, raw: proof, payload }: Statement): Receipt[] {
  switch (event) {
    case "notify-submission":
      return [{ kind: "pickedUp", at, proof }];
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

/** One word per problem: the slug if it is in the catalogue, else the title the receiver gave. */
function wordsOf(payload: unknown): string[] {
  const { problems } = problemsPayload.safeParse(payload).data ?? { problems: [] };
  return problems.map(({ type, title }) => {
    const slug = type?.startsWith(SET_PROBLEM_PREFIX) ? type.slice(SET_PROBLEM_PREFIX.length) : "";
    return setProblems.has(slug) ? slug : title?.trim().slice(0, MAX_TITLE) || "unknown";
  });
}
