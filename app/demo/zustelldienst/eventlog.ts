import type { Hono } from "hono";
import { attachedDestination, mediaType, only, paging, refused, type AppContext, type AppEnv } from "./access.ts";
import { forward, settle } from "./lifecycle.ts";
import type { CaseEvent, Submission } from "./model.ts";
import { pass, problemResponse, refuse, type Outcome } from "./problems.ts";
import { checkPayloadSchema, readSet, subscriberEvent, verifySignature, type UnverifiedClaims } from "./sets.ts";
import type { Service } from "./service.ts";
import type { Case } from "./store.ts";
import { tamperedLog } from "./tampering.ts";
import type { Caller } from "./tokens.ts";

const CLOCK_TOLERANCE_SECONDS = 300;

/** Event logs: sender and subscriber of a case read them, the subscriber adds to them. */
export function addEventRoutes(app: Hono<AppEnv>, service: Service, base: string): void {
  app.get(
    `${base}/cases/:caseId/events`,
    only("any", (c, caller) => {
      const found = visibleCase(service, caller, c.req.param("caseId") ?? "");
      return found.ok ? eventPage(c, service, caller, found.value.events) : refused(found);
    }),
  );

  app.get(
    `${base}/submissions/:submissionId/events`,
    only("any", (c, caller) => {
      const submission = service.store.submission(c.req.param("submissionId") ?? "");
      if (!submission) return problemResponse({ slug: "submission-not-found" });
      const found = visibleCase(service, caller, submission.caseId);
      if (!found.ok) return refused(found);
      const own = found.value.events.filter((event) => event.submissionId === submission.submissionId);
      return eventPage(c, service, caller, own);
    }),
  );

  app.post(
    `${base}/cases/:caseId/events`,
    only("subscriber", async (c, caller) => {
      const caseId = c.req.param("caseId") ?? "";
      const found = visibleCase(service, caller, caseId);
      if (!found.ok) return refused(found);
      if (mediaType(c) !== "application/jose") {
        return problemResponse({ slug: "unsupported-media-type", detail: "application/jose required" });
      }
      const jws = await c.req.text();
      const outcome = await service.locks(caseId, () => addEvent(service, caller, caseId, jws));
      return outcome.ok ? c.body(null, 204) : refused(outcome);
    }),
  );
}

/** The case, if the client is its sender or attached to its destination. */
function visibleCase(service: Service, caller: Caller, caseId: string): Outcome<Case> {
  const found = service.store.caseOf(caseId);
  if (!found) return refuse("case-not-found");
  if (caller.role === "sender") return found.clientId === caller.clientId ? pass(found) : refuse("foreign-client");
  const destination = attachedDestination(service, caller, found.destinationId);
  return destination.ok ? pass(found) : destination;
}

async function eventPage(
  c: AppContext,
  service: Service,
  caller: Caller,
  events: readonly CaseEvent[],
): Promise<Response> {
  const page = paging(c);
  if (!page.ok) return refused(page);
  const { offset, limit } = page.value;
  const stored = events.map((event) => event.jws);
  const shown = caller.role === "sender" ? await tamperedLog(service, stored) : stored;
  const eventLog = shown.slice(offset, offset + limit);
  return c.json({ offset, count: eventLog.length, totalCount: shown.length, eventLog });
}

async function addEvent(service: Service, caller: Caller, caseId: string, jws: string): Promise<Outcome<true>> {
  const read = readSet(jws);
  if (!read.ok) return read;
  const { kid, claims } = read.value;
  const issuer = attachedDestination(service, caller, claims.iss);
  if (!issuer.ok) return refuse("set-claims-invalid", "iss is no destination of this client");
  const signature = await verifySignature(jws, kid, issuer.value);
  if (!signature.ok) return signature;
  const schema = checkPayloadSchema(claims);
  if (!schema.ok) return schema;
  const subject = subjectOf(service, caseId, claims);
  if (!subject.ok) return subject;
  const event = subscriberEvent(claims);
  if (!event.ok) return event;
  const current = subject.value;
  const open = openForEvents(service, current, claims.jti);
  if (!open.ok) return open;
  const recorded: CaseEvent = { caseId, submissionId: current.submissionId, jti: claims.jti, jws };
  if (event.value === "forward-submission") await forward(service, current, recorded);
  else await settle(service, current, event.value === "accept-submission" ? "accepted" : "rejected", recorded);
  return pass(true);
}

function subjectOf(service: Service, caseId: string, claims: UnverifiedClaims): Outcome<Submission> {
  if (claims.txn !== `case:${caseId}`) return refuse("set-claims-invalid", "txn is not this case");
  if (claims.iat > service.now().getTime() / 1000 + CLOCK_TOLERANCE_SECONDS) {
    return refuse("set-claims-invalid", "iat lies in the future");
  }
  const submission = service.store.submission(claims.sub.replace(/^submission:/, ""));
  if (!claims.sub.startsWith("submission:") || submission?.caseId !== caseId) {
    return refuse("set-claims-invalid", "sub is no submission of this case");
  }
  if (submission.destinationId !== claims.iss) {
    return refuse("set-claims-invalid", "iss is not the destination of the submission");
  }
  return pass(submission);
}

function openForEvents(service: Service, current: Submission, jti: string): Outcome<true> {
  if (current.state === "incomplete" || current.state === "dropped") return refuse("submission-not-sent");
  if (current.state === "accepted" || current.state === "rejected") return refuse("submission-already-settled");
  const known = service.store.caseOf(current.caseId)?.events.some((event) => event.jti === jti);
  return known ? refuse("event-already-known") : pass(true);
}
