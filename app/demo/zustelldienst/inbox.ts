import type { Hono } from "hono";
import { attachedDestination, only, paging, refused, type AppEnv } from "./access.ts";
import type { SubmissionApi } from "./apis.ts";
import { noteNotified } from "./lifecycle.ts";
import type { Submission } from "./model.ts";
import { pass, problemResponse, refuse, type Outcome } from "./problems.ts";
import type { Service } from "./service.ts";
import type { Caller } from "./tokens.ts";

/** The subscriber's side: list what waits, fetch it, fetch attachments. */
export function addSubscriberRoutes(app: Hono<AppEnv>, service: Service, { base, version }: SubmissionApi): void {
  app.get(
    `${base}/submissions`,
    only("subscriber", (c, caller) => {
      const page = paging(c);
      if (!page.ok) return refused(page);
      const waiting = waitingFor(service, caller, c.req.query("destinationId"));
      if (!waiting.ok) return refused(waiting);
      const { offset, limit } = page.value;
      const shown = waiting.value.slice(offset, offset + limit);
      service.background(noteListed(service, shown));
      return c.json({
        offset,
        count: shown.length,
        totalCount: waiting.value.length,
        submissions: shown.map(({ destinationId, submissionId, caseId }) => ({ destinationId, submissionId, caseId })),
      });
    }),
  );

  app.get(
    `${base}/submissions/:submissionId`,
    only("subscriber", async (c, caller) => {
      const found = available(service, caller, c.req.param("submissionId") ?? "");
      if (!found.ok) return refused(found);
      const { submissionId, caseId, destinationId, publicService, dialect, announced, metadata, data } = found.value;
      if (!metadata) return problemResponse({ slug: "submission-not-found" });
      const [encryptedMetadata, encryptedData] = await Promise.all([
        service.contents.text(metadata.file),
        data && service.contents.text(data.file),
      ]);
      const isOld = version === "v1" || dialect === "v1";
      const heading = {
        submissionId,
        caseId,
        destinationId,
        ...(isOld ? { serviceType: publicService } : { publicService }),
        attachments: announced,
      };
      return c.json({ ...heading, encryptedMetadata, encryptedData });
    }),
  );

  app.get(
    `${base}/submissions/:submissionId/attachments/:attachmentId`,
    only("subscriber", (c, caller) => {
      const found = available(service, caller, c.req.param("submissionId") ?? "");
      if (!found.ok) return refused(found);
      const stored = found.value.attachments[c.req.param("attachmentId") ?? ""];
      if (!stored) return problemResponse({ slug: "attachment-not-found" });
      return c.body(service.contents.stream(stored.file), 200, {
        "Content-Type": "application/jose",
        "Content-Length": String(stored.size),
      });
    }),
  );
}

/** Sent but unsettled submissions of the destination (or of all own ones), in the order they were sent. */
function waitingFor(service: Service, caller: Caller, destinationId: string | undefined): Outcome<Submission[]> {
  if (destinationId !== undefined) {
    const destination = attachedDestination(service, caller, destinationId);
    if (!destination.ok) return destination;
  }
  const isWaiting = (candidate: Submission) =>
    candidate.state !== "incomplete" &&
    (destinationId ?? candidate.destinationId) === candidate.destinationId &&
    attachedDestination(service, caller, candidate.destinationId).ok;
  const waiting = service.store.unfinished().filter(isWaiting);
  return pass(waiting.toSorted((left, right) => (left.submittedAt ?? 0) - (right.submittedAt ?? 0)));
}

/** A submission whose contents the client may fetch: own destination, sent, not settled. */
function available(service: Service, caller: Caller, submissionId: string): Outcome<Submission> {
  const found = service.store.submission(submissionId);
  if (!found) return refuse("submission-not-found");
  const destination = attachedDestination(service, caller, found.destinationId);
  if (!destination.ok) return destination;
  return found.state === "submitted" || found.state === "forwarded" ? pass(found) : refuse("submission-not-found");
}

async function noteListed(service: Service, shown: readonly Submission[]): Promise<void> {
  for (const { submissionId, notified } of shown) {
    if (!notified) await noteNotified(service, submissionId, "polling");
  }
}
