import { setTimeout as pause } from "node:timers/promises";
import { delayOf } from "./faults.ts";
import { inventedTag } from "./jwe.ts";
import { contentFiles, withoutContents, type CaseEvent, type StoredJwe, type Submission } from "./model.ts";
import type { Service } from "./service.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** A draft that was not sent within one day is dropped. */
export const DRAFT_LIFE_MS = DAY_MS;

/** A submission that was neither accepted nor rejected for longer than 14 days is rejected by the Zustelldienst. */
export const PICK_UP_LIFE_MS = 14 * DAY_MS;

/** Announces a submission: event `create-submission`. */
export async function announce(service: Service, submission: Submission): Promise<void> {
  const created = await service.signer.sign(submission, "create-submission");
  await service.store.commit({ type: "submission", value: submission }, { type: "event", value: created });
}

/** Makes a submission available: event `submit-submission` with the authentication tags, then the subscriber is woken. */
export async function send(
  service: Service,
  draft: Submission,
  metadata: StoredJwe,
  data: StoredJwe | undefined,
): Promise<void> {
  const submittedAt = service.now().getTime();
  const parts = { metadata, ...(data ? { data } : {}) };
  const sent: Submission = { ...draft, ...parts, state: "submitted", submittedAt };
  const lying = service.faults.take("lying");
  const truth = authenticationTags(sent);
  const submitted = await service.signer.sign(sent, "submit-submission", {
    authenticationTags: lying ? { ...truth, metadata: inventedTag(), ...(data ? { data: inventedTag() } : {}) } : truth,
  });
  await service.store.commit({ type: "submission", value: sent }, { type: "event", value: submitted });
  service.background(wakeSubscriber(service, sent));
}

/**
 * Notes that the subscriber knows of the submission; once only. The fault `late-notify` holds the statement back, and
 * then it comes even after the submission was settled.
 */
export async function noteNotified(
  service: Service,
  submissionId: string,
  notifyType: "callback" | "polling",
): Promise<void> {
  if (service.lateNotices.has(submissionId)) return;
  const late = service.faults.take("late-notify");
  if (late) {
    service.lateNotices.add(submissionId);
    try {
      await pause(delayOf(late), undefined, { signal: service.stopping });
    } catch {
      return;
    } finally {
      service.lateNotices.delete(submissionId);
    }
  }
  const caseId = service.store.submission(submissionId)?.caseId ?? "";
  await service.locks(caseId, async () => {
    const current = service.store.submission(submissionId);
    if (!current || current.notified) return;
    if (!late && current.state !== "submitted" && current.state !== "forwarded") return;
    const event = await service.signer.sign(current, "notify-submission", { notifyType });
    await service.store.commit(
      { type: "submission", value: { ...current, notified: true } },
      { type: "event", value: event },
    );
    wakeSender(service, current);
  });
}

/** Takes a forward event of the subscriber into the case. The caller holds the lock of the case. */
export async function forward(service: Service, current: Submission, event: CaseEvent): Promise<void> {
  await service.store.commit(
    { type: "submission", value: { ...current, state: "forwarded" } },
    { type: "event", value: event },
  );
  wakeSender(service, current);
}

/** Settles a submission: the event that settles it, then `delete-submission`, and the contents are gone. */
export async function settle(
  service: Service,
  current: Submission,
  state: "accepted" | "rejected",
  event: CaseEvent,
): Promise<void> {
  await closeSubmission(service, current, state, [event]);
}

/** Drops expired drafts and rejects submissions nobody took over in time. */
export async function sweep(service: Service): Promise<void> {
  for (const { submissionId, caseId } of service.store.unfinished()) {
    await service.locks(caseId, async () => {
      const current = service.store.submission(submissionId);
      if (current) await expire(service, current);
    });
  }
}

async function expire(service: Service, current: Submission): Promise<void> {
  const now = service.now().getTime();
  if (current.state === "incomplete") {
    if (now - current.createdAt > DRAFT_LIFE_MS) await closeSubmission(service, current, "dropped", []);
    return;
  }
  if (current.state !== "submitted" && current.state !== "forwarded") return;
  if (now - (current.submittedAt ?? current.createdAt) <= PICK_UP_LIFE_MS) return;
  const rejected = await service.signer.sign(current, "reject-submission", {
    problems: [
      {
        type: "https://schema.fitko.de/fit-connect/events/problems/technical-error",
        title: "Not taken over in time",
        detail: "The submission was not accepted within 14 days.",
        instance: "other",
      },
    ],
  });
  await closeSubmission(service, current, "rejected", [rejected]);
}

async function closeSubmission(
  service: Service,
  current: Submission,
  state: "accepted" | "rejected" | "dropped",
  events: CaseEvent[],
): Promise<void> {
  const deleted = await service.signer.sign(current, "delete-submission");
  await service.store.commit(
    { type: "submission", value: { ...withoutContents(current), state } },
    ...[...events, deleted].map((value) => ({ type: "event" as const, value })),
  );
  await service.contents.remove(contentFiles(current));
  wakeSender(service, current);
  const subscriber = service.store.destination(current.destinationId)?.callback;
  if (subscriber && current.state !== "incomplete") {
    service.background(service.callbacks.send(subscriber, "new-events", current));
  }
}

function authenticationTags(of: Submission) {
  const attachments = Object.entries(of.attachments).map(([id, stored]) => [id, stored.tag] as const);
  return {
    metadata: of.metadata?.tag,
    data: of.data?.tag,
    ...(attachments.length > 0 ? { attachments: Object.fromEntries(attachments) } : {}),
  };
}

async function wakeSubscriber(service: Service, sent: Submission): Promise<void> {
  const target = service.store.destination(sent.destinationId)?.callback;
  if (!target) return;
  const reached = await service.callbacks.send(target, "new-submissions", sent);
  if (reached) await noteNotified(service, sent.submissionId, "callback");
}

function wakeSender(service: Service, about: Submission): void {
  if (about.callback) service.background(service.callbacks.send(about.callback, "new-events", about));
}
