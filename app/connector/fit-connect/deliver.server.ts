import { DeliveryError } from "../errors.ts";
import type { OutboundMessage, Progress } from "../transport.ts";
import type { FitConnectOptions } from "./config.server.ts";
import { readEventLog, type EventLogs } from "./eventLog.server.ts";
import type { History } from "./history.server.ts";
import { parseProgress, type OpenProgress as Open, type SentProgress } from "./progress.server.ts";
import { announce, encryptContent, submit, type Target, type WriteOutcome } from "./submission.server.ts";
import { checkMessage, loadTarget, type Routed } from "./target.server.ts";
import { ANNOUNCEMENT_USABLE_MS } from "./unverified.ts";
import { uploadAttachments, withoutUploads } from "./uploads.server.ts";

// The statement of completion normally stands there at once; if not, the next attempt finds it.
const STATEMENT_PENDING_MS = 5_000;

type Save = (progress: Progress) => Promise<void>;

/** Everything that a delivery needs beside the message. */
type Deliveries = EventLogs & Routed;

/**
 * Brings a message to the Zustelldienst exactly once. It counts as sent only when the event log says so with the tags of
 * what we encrypted; whenever an earlier attempt left that open, the log is read before anything is written again.
 */
export async function deliver(
  logs: Deliveries,
  message: OutboundMessage,
  options: FitConnectOptions,
  progress: Progress,
  save: Save,
): Promise<SentProgress> {
  const before = parseProgress(progress);
  if (before?.stage === "sent") return before;
  checkMessage(message);
  const history = before && (await readEventLog(logs, before));
  if (before && history) {
    const sent = await keepIfSent(before, history, save);
    if (sent) return sent;
  }
  const target = await loadTarget(logs, message, options);
  const isDeleted = history?.statements.some(({ event }) => event === "delete-submission");
  const canResume = before && !isDeleted && isUsable(before, target, message, logs.client.now());
  const resumed = canResume && (await send(logs, target, message, before, save));
  if (resumed) return resumed;
  const announced = await begin(logs, target, message, save);
  const sent = await send(logs, target, message, announced, save);
  if (sent) return sent;
  throw new DeliveryError("refused", false, {
    cause: new Error("The submission is unknown right after announcing"),
  });
}

function isUsable(open: Open, target: Target, message: OutboundMessage, now: number): boolean {
  const announced = new Set(open.attachmentIds);
  return (
    open.destinationId === target.destinationId &&
    now - Date.parse(open.announcedAt) < ANNOUNCEMENT_USABLE_MS &&
    announced.size === message.attachments.length &&
    message.attachments.every(({ id }) => announced.has(id))
  );
}

async function begin(logs: EventLogs, target: Target, message: OutboundMessage, save: Save): Promise<Open> {
  const { submissionId, caseId } = await announce(logs, target, message);
  const open = {
    stage: "announced",
    destinationId: target.destinationId,
    submissionId,
    caseId,
    announcedAt: new Date(logs.client.now()).toISOString(),
    attachmentIds: message.attachments.map(({ id }) => id),
    uploaded: {},
    triedTags: {},
  } as const satisfies Open;
  await save(open);
  return open;
}

/** Uploads everything and submits; undefined if the Zustelldienst no longer knows the submission. */
async function send(
  logs: EventLogs,
  target: Target,
  message: OutboundMessage,
  open: Open,
  save: Save,
): Promise<SentProgress | undefined> {
  const uploaded = await uploadAttachments(logs, target, open, message.attachments, save);
  if (uploaded.outcome === "gone") return undefined;
  if (uploaded.outcome === "closed") return requireSent(logs, uploaded.open, save);

  const content = encryptContent(target, message, uploaded.hashed, logs.config.author);
  const parts = Object.entries(uploaded.open.uploaded).map(([id, { tag }]) => [id, tag] as const);
  const tags = { metadata: content.metadata.tag, data: content.data.tag, attachments: Object.fromEntries(parts) };
  const tried = open.stage === "sending" ? open.tags : [];
  const sending = { ...uploaded.open, stage: "sending", tags: [...tried, tags] } as const satisfies Open;
  await save(sending);
  const outcome = await tolerant(submit(logs, open.submissionId, content), uploaded.reused, () =>
    save(withoutUploads(sending)),
  );
  return outcome === "gone" ? undefined : requireSent(logs, sending, save);
}

/** What was uploaded earlier may be the reason for a refusal; the next attempt then uploads everything again. */
async function tolerant(
  outcome: Promise<WriteOutcome>,
  reused: boolean,
  forget: () => Promise<void>,
): Promise<WriteOutcome> {
  try {
    return await outcome;
  } catch (error) {
    if (!reused || !(error instanceof DeliveryError) || error.code !== "refused") throw error;
    await forget();
    throw new DeliveryError("refused", true, { cause: error });
  }
}

async function keepIfSent(open: Open, { submitted }: History, save: Save): Promise<SentProgress | undefined> {
  // A log with this statement was compared with our tags, so some must have been stored.
  if (!submitted || open.stage === "announced") return undefined;
  // The tags of what was submitted are among those tried.
  const sent: SentProgress = { ...open, uploaded: {}, stage: "sent", proof: submitted.raw };
  await save(sent);
  return sent;
}

async function requireSent(logs: EventLogs, open: Open, save: Save): Promise<SentProgress> {
  const history = await readEventLog(logs, open);
  const sent = history && (await keepIfSent(open, history, save));
  if (sent) return sent;
  const cause = new Error("The Zustelldienst took the submission but does not say so yet");
  throw new DeliveryError("unexpectedAnswer", true, { cause, retryAfterMs: STATEMENT_PENDING_MS });
}
