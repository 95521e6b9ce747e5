import { z } from "zod";
import type { Problem } from "./problems.ts";

/** Checks in the order in which they are run and shown. */
export const CHECK_IDS = [
  "eventLog",
  "tags",
  "decryption",
  "metadata",
  "attachments",
  "hashes",
  "service",
  "schema",
  "references",
] as const;

/** One of the receiver's checks. */
export type CheckId = (typeof CHECK_IDS)[number];

/** Result of one check; a note does not stop the submission. */
export const checkItemSchema = z.object({
  id: z.enum(CHECK_IDS),
  state: z.enum(["ok", "failed", "note", "notRun"]),
  details: z.array(z.string()),
});

/** Result of one check as stored and shown. */
export type CheckItem = z.infer<typeof checkItemSchema>;

/** Collects what the checks find. */
export type Report = {
  /** Says that a check was carried out. */
  ran: (id: CheckId) => void;
  /** Records a problem that leads to refusal. */
  fail: (id: CheckId, problem: Problem) => void;
  /** Records something a clerk should know but that is no reason for refusal. */
  note: (id: CheckId, detail: string) => void;
  problems: Problem[];
  items: () => CheckItem[];
};

/** An empty report. */
export function createReport(): Report {
  const ran = new Set<CheckId>();
  const failures: { id: CheckId; problem: Problem }[] = [];
  const notes: { id: CheckId; detail: string }[] = [];
  const problems: Problem[] = [];

  function item(id: CheckId): CheckItem {
    const failed = failures.filter((failure) => failure.id === id).map(({ problem }) => problem.detail);
    if (failed.length > 0) return { id, state: "failed", details: failed };
    const noted = notes.filter((note) => note.id === id).map(({ detail }) => detail);
    if (noted.length > 0) return { id, state: "note", details: noted };
    return { id, state: ran.has(id) ? "ok" : "notRun", details: [] };
  }

  return {
    ran: (id) => void ran.add(id),
    fail: (id, problem) => {
      ran.add(id);
      failures.push({ id, problem });
      problems.push(problem);
    },
    note: (id, detail) => void notes.push({ id, detail }),
    problems,
    items: () => CHECK_IDS.map(item),
  };
}
