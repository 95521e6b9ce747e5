/** What one refusal of the simulator says; the status belongs to the slug, title and detail may be sharpened. */
export interface Refusal {
  readonly slug: ProblemSlug;
  readonly title?: string;
  readonly detail?: string;
}

/** Result of a check whose failure is an ordinary answer, not a surprise. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

/** Every slug the simulator uses. Only the three under "confirmed" are known from public clients; the rest is chosen. */
const PROBLEMS = {
  // confirmed
  "destination-not-found": [404, "Destination not found"],
  "destination-state-invalid": [422, "Destination is not active"],
  "submission-not-found": [404, "Submission not found"],
  // chosen
  "malformed-request": [400, "Request could not be read"],
  "invalid-paging": [400, "Offset or limit out of range"],
  "invalid-set": [400, "Security event token could not be read"],
  unauthorized: [401, "Access token missing, invalid or expired"],
  "user-agent-missing": [403, "User-Agent header required"],
  "wrong-role": [403, "Client may not use this operation"],
  "foreign-client": [403, "Resource belongs to another client"],
  "client-not-attached": [403, "Client is not attached to the destination"],
  "event-not-allowed": [403, "Event not allowed for this issuer"],
  "not-found": [404, "No such resource"],
  "key-not-found": [404, "Key not found"],
  "case-not-found": [404, "Case not found"],
  "attachment-not-found": [404, "Attachment not found"],
  "attachment-not-announced": [404, "Attachment was not announced"],
  "submission-already-sent": [409, "Submission was already sent"],
  "submission-already-settled": [409, "Submission was already accepted or rejected"],
  "submission-not-sent": [409, "Submission was not sent yet"],
  "event-already-known": [409, "Event was already recorded"],
  "key-conflict": [409, "Key id is taken by another key"],
  "payload-too-large": [413, "Content too large"],
  "unsupported-media-type": [415, "Content type not supported"],
  "announced-attachments-invalid": [422, "Announced attachments invalid"],
  "attachments-incomplete": [422, "Announced attachments missing"],
  "callback-invalid": [422, "Callback address not allowed"],
  "case-mismatch": [422, "Case belongs to another destination"],
  "destination-invalid": [422, "Destination description invalid"],
  "invalid-jwe": [422, "Invalid JWE"],
  "key-invalid": [422, "Public key invalid"],
  "missing-part": [422, "Encrypted part missing"],
  "payload-schema-not-supported": [422, "Payload Schema not supported"],
  "service-not-offered": [422, "Public service or region not offered by the destination"],
  "set-claims-invalid": [422, "Security event token claims invalid"],
  "set-signature-invalid": [422, "Security event token signature invalid"],
  "rate-limit-exceeded": [429, "Too many requests"],
  "internal-error": [500, "Internal error of the simulator"],
  "service-unavailable": [503, "Service unavailable"],
} as const satisfies Record<string, readonly [number, string]>;

/** Last segment of a problem type address. */
export type ProblemSlug = keyof typeof PROBLEMS;

/** Prefix of every problem `type`. */
export const PROBLEM_TYPE_PREFIX = "https://schema.fitko.de/fit-connect/submission-api/problems/";

/** A passed check. */
export function pass<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

/** A failed check; `detail` must not carry contents or secrets of the request. */
export function refuse(slug: ProblemSlug, detail?: string, title?: string): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { slug, ...(detail ? { detail } : {}), ...(title ? { title } : {}) } };
}

/** The refusal as an RFC 7807 answer. */
export function problemResponse(refusal: Refusal, headers: Record<string, string> = {}): Response {
  const [status, title] = PROBLEMS[refusal.slug];
  const body = {
    type: PROBLEM_TYPE_PREFIX + refusal.slug,
    title: refusal.title ?? title,
    status,
    // Clients of the old dialect read `detail` without asking whether it is there.
    detail: refusal.detail ?? refusal.title ?? title,
  };
  const challenge: Record<string, string> = status === 401 ? { "WWW-Authenticate": "Bearer" } : {};
  return Response.json(body, {
    status,
    headers: { "Content-Type": "application/problem+json", ...challenge, ...headers },
  });
}
