import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { DeliveryError } from "./errors.ts";
import type { OutboundMessage, Progress, Receipt, Transport } from "./transport.ts";

const seconds = z.number().min(0).max(3_600);
const options = z.object({
  deliverSeconds: seconds.describe("Seconds that one delivery takes, spread over its files (kind slow)."),
  answerSeconds: seconds.describe("Seconds until the receiver answers (kind slow)."),
  answer: z.enum(["accept", "reject"]).describe("accept or reject: what the receiver answers (kind slow)."),
});

/** How slow the slow transport is, and what its receiver says. */
export type SlowOptions = z.infer<typeof options>;

const stored = z.discriminatedUnion("stage", [
  z.object({ stage: z.literal("begun"), messageId: z.string() }),
  z.object({ stage: z.literal("sent"), messageId: z.string(), sentAt: z.iso.datetime() }),
]);

/** Where messages of the slow transport arrive; one that comes twice must count once there. */
type SlowReceiver = { take: (message: OutboundMessage) => Promise<void> };

/** What the slow transport is made of; `now` in milliseconds since 1970. */
export type SlowSettings = { receiver: SlowReceiver; now: () => number };

function misconfigured(cause: unknown): DeliveryError {
  return new DeliveryError("misconfigured", false, { cause });
}

function readProgress(progress: Progress): z.infer<typeof stored> | undefined {
  if (Object.keys(progress).length === 0) return undefined;
  const parsed = stored.safeParse(progress);
  if (parsed.success) return parsed.data;
  throw new DeliveryError("unreadable", false, { cause: new Error("Stored progress has another shape") });
}

/** Reads every file of a message in its turn, each a part of the whole time. */
async function readSlowly({ attachments }: OutboundMessage, totalMs: number): Promise<void> {
  for (const { read } of attachments) {
    await pause(totalMs / (attachments.length + 1));
    await read().catch((cause: unknown) => {
      throw cause instanceof DeliveryError ? cause : new DeliveryError("unreadable", true, { cause });
    });
  }
  await pause(totalMs / (attachments.length + 1));
}

/** A transport that takes its time and reaches no authority, to try out what people and operators see meanwhile. */
export function slow({ receiver, now }: SlowSettings): Transport<SlowOptions> {
  return {
    id: "slow",
    parseOptions: (value) => {
      const parsed = options.safeParse(value);
      if (!parsed.success) throw misconfigured(parsed.error);
      return parsed.data;
    },
    selfTest: () => Promise.resolve({ ok: true, findings: [] }),
    deliver: async (message, { deliverSeconds }, progress, save) => {
      const before = readProgress(progress);
      if (before?.stage === "sent") return before;
      if (!before) await save({ stage: "begun", messageId: message.id });
      await readSlowly(message, deliverSeconds * 1_000);
      await receiver.take(message);
      const sent = { stage: "sent", messageId: message.id, sentAt: new Date(now()).toISOString() } as const;
      await save(sent);
      return sent;
    },
    poll: (_messageId, { answer, answerSeconds }, progress) => {
      const state = readProgress(progress);
      if (state?.stage !== "sent") return Promise.resolve([]);
      const answeredAt = Date.parse(state.sentAt) + answerSeconds * 1_000;
      const picked: Receipt = { kind: "pickedUp", at: state.sentAt };
      if (now() < answeredAt) return Promise.resolve([picked]);
      const at = new Date(answeredAt).toISOString();
      const settled: Receipt =
        answer === "accept"
          ? { kind: "accepted", at, remarks: [] }
          : { kind: "rejected", at, reasons: ["technical-error@other"] };
      return Promise.resolve([picked, settled]);
    },
  };
}
