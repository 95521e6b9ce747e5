import { checkSubmission, type CheckResult, type Fetched, type Receiver } from "./checks.ts";
import type { SubmissionReference, ZustelldienstClient } from "./client.ts";
import type { Content } from "./contentChecks.ts";
import type { Decisions } from "./decisions.ts";
import { checkEventLog, type CheckedLog, type KeySource } from "./eventLog.ts";
import { createLocks } from "./locks.ts";
import { applicantName } from "./payload.ts";
import { problem } from "./problems.ts";
import type { ApplicationSummary, SubmissionRecord } from "./record.ts";
import { sha512 } from "./hashes.ts";
import type { Store } from "./store.ts";

type Dependencies = {
  client: Pick<ZustelldienstClient, "getSubmission" | "getAttachment" | "getEvents">;
  store: Store;
  decisions: Pick<Decisions, "withDecision">;
  now: () => Date;
};

/** One destination as the receiver serves it. */
export type ReceivingDestination = Receiver & { keys: KeySource };

/** Fetches and judges submissions. */
export type Intake = ReturnType<typeof createIntake>;

function summarise({ payload, metadata, attachments, inline }: Content): ApplicationSummary {
  const sizeOf = (id: string) => attachments.get(id)?.length ?? 0;
  const beside = metadata.contentStructure.attachments.map(({ attachmentId, filename, mimeType, purpose }) => ({
    attachmentId,
    filename,
    mimeType,
    purpose,
    size: sizeOf(attachmentId),
  }));
  const within = inline.map(({ attachmentId, filename, mimeType }) => ({
    attachmentId,
    filename,
    mimeType,
    purpose: "inline",
    size: sizeOf(attachmentId),
  }));
  return {
    messageId: payload.messageId,
    kind: payload.kind,
    supplements: payload.supplements,
    household: payload.household?.id,
    reference: payload.reference,
    serviceTitle: payload.service.title,
    applicant: applicantName(payload),
    filedAt: payload.filedAt,
    deadline: payload.suggestion?.deadline?.date,
    missing: payload.evidence.filter(({ later }) => later).length,
    ...metadata.contentStructure.data.submissionSchema,
    attachments: [...beside, ...within],
  };
}

/** Takes submissions from the Zustelldienst into the store: fetch, check, then file or refuse. */
export function createIntake({ client, store, decisions, now }: Dependencies) {
  const inTurn = createLocks();

  async function fetchAll(reference: SubmissionReference, receiver: ReceivingDestination): Promise<Fetched> {
    const submission = await client.getSubmission(reference.submissionId);
    const log = await checkEventLog(await client.getEvents(submission.caseId), submission, receiver.keys, now());
    const attachments = new Map<string, string | undefined>();
    for (const id of submission.attachments)
      attachments.set(id, await client.getAttachment(submission.submissionId, id));
    return { submission, log, attachments };
  }

  async function refuse(record: SubmissionRecord, result: Extract<CheckResult, { ok: false }>): Promise<void> {
    await store.add(await decisions.withDecision(record, { kind: "reject", problems: result.problems }, "checks"));
  }

  async function file(record: SubmissionRecord, content: Content): Promise<void> {
    const application = summarise(content);
    const full = { ...record, application, dataHash: sha512(content.data) };
    const earlier = store.findMessage(application.messageId);
    if (!earlier || earlier.state === "rejected") return store.add(full, content);
    if (earlier.destinationId !== record.destinationId) {
      const taken = problem("technical-error", "data", "Die messageId ist bei einem anderen Zustellpunkt vergeben");
      return refuse(record, { ok: false, items: record.checks, problems: [taken] });
    }
    const repetition = { ...full, duplicateOf: earlier.submissionId };
    const isDecided = earlier.state === "accepted";
    return store.add(isDecided ? await decisions.withDecision(repetition, { kind: "accept" }, "rule") : repetition);
  }

  function blankRecord({ submission }: Fetched, log: CheckedLog, checks: CheckResult): SubmissionRecord {
    return {
      submissionId: submission.submissionId,
      caseId: submission.caseId,
      destinationId: submission.destinationId,
      receivedAt: now().toISOString(),
      tags: log.tags,
      payloadSchema: log.payloadSchema,
      checks: checks.items,
      events: log.raw,
      state: "open",
    };
  }

  return {
    /**
     * Takes one submission in and reports whether it is filed now; repeating it is harmless.
     * @throws ZustelldienstError when a part cannot be fetched at the moment
     */
    async takeIn(reference: SubmissionReference, receiver: ReceivingDestination): Promise<boolean> {
      if (store.find(reference.submissionId)) return false;
      const fetched = await fetchAll(reference, receiver);
      const isOurs = fetched.submission.destinationId === receiver.destination.id;
      if (fetched.log.settled || !isOurs) return false;
      const result = await checkSubmission(fetched, receiver);
      const record = blankRecord(fetched, fetched.log, result);
      if (!result.ok) await refuse(record, result);
      // Two submissions with the same message must not both find it new.
      else await inTurn(result.content.payload.messageId, () => file(record, result.content));
      return true;
    },
  };
}
