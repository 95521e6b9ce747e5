import { z } from "zod";
import { DeliveryError } from "../errors.ts";
import { SET_PROBLEM_INSTANCE, setProblems } from "../fit-connect/unverified.ts";
import type { Receipt } from "../transport.ts";
import { ACKS } from "./layout.ts";
import type { Place } from "./place.ts";

const MOST_BYTES = 256 * 1024;
const MOST_PROBLEMS = 300;

const ack = z.strictObject({
  messageId: z.guid().toLowerCase(),
  status: z.enum(["pickedUp", "accepted", "rejected"]),
  at: z.iso.datetime({ offset: true }),
  problems: z.array(z.string()).max(MOST_PROBLEMS).default([]),
});
const file = z.union([ack.transform((one) => [one]), z.array(ack).min(1).max(100)]);

type Ack = z.infer<typeof ack>;

/** What a gateway says became of a message, oldest first; nothing if it says nothing yet. @throws DeliveryError invalidStatement */
export async function readAcks(place: Place, mailbox: string, messageId: string): Promise<readonly Receipt[]> {
  const bytes = await place.read(`${mailbox}/${ACKS}/${messageId}.json`, MOST_BYTES).catch((error: unknown) => {
    throw error instanceof DeliveryError && error.code === "tooLarge" ? invalid("too large") : error;
  });
  if (bytes === undefined) return [];
  const parsed = file.safeParse(parseJson(bytes));
  if (!parsed.success) throw invalid("another shape");
  const acks = parsed.data.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  if (acks.some((one) => one.messageId !== messageId.toLowerCase())) throw invalid("another message");
  if (["accepted", "rejected"].every((end) => acks.some(({ status }) => status === end))) {
    throw invalid("accepted and rejected");
  }
  return acks.map(receiptOf);
}

// What a gateway is still writing is read again. It speaks of this message only: others are not kept waiting for it.
function invalid(reason: string): DeliveryError {
  return new DeliveryError("invalidStatement", true, { cause: new Error(`Acknowledgement: ${reason}`) });
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}

function receiptOf({ status, at, problems }: Ack): Receipt {
  const moment = new Date(at).toISOString();
  const words = [...new Set(problems.map(wordOf))];
  if (status === "pickedUp") return { kind: status, at: moment };
  return status === "accepted"
    ? { kind: status, at: moment, remarks: words }
    : { kind: status, at: moment, reasons: words };
}

/** A word of the list, with the part that is meant; free text of gateways may name people and is never kept. */
function wordOf(problem: string): string {
  const [slug = "", part = ""] = problem.split("@");
  const word = setProblems.has(slug) ? slug : "other";
  return SET_PROBLEM_INSTANCE.test(part.toLowerCase()) ? `${word}@${part.toLowerCase()}` : word;
}
