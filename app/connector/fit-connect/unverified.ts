/**
 * Values of the FIT-Connect v2 protocol that come from public clients and documentation excerpts and were never checked
 * against the service of FITKO. Whoever holds a test account corrects them here and nowhere else.
 * Two more unknowns are configuration, not constants: the issuer string of the Zustelldienst and the host names. Scopes
 * are not here because a sender neither asks for nor reads them.
 */

/** Prefix of the `type` of an error answer of the Submission API. */
export const SUBMISSION_PROBLEM_PREFIX = "https://schema.fitko.de/fit-connect/submission-api/problems/";

/** Error slugs of the Submission API that say more than their HTTP status. */
export const submissionProblems = {
  destinationNotFound: "destination-not-found",
  destinationStateInvalid: "destination-state-invalid",
} as const;

/** Prefix of the `type` of a problem inside a reject or accept statement. */
export const SET_PROBLEM_PREFIX = "https://schema.fitko.de/fit-connect/events/problems/";

/** Known problem slugs of reject and accept statements; the official catalogue was not readable. */
export const setProblems: ReadonlySet<string> = new Set([
  "attachments-mismatch",
  "invalid-event-log",
  "incorrect-authentication-tag",
  "encryption-issue",
  "syntax-violation",
  "missing-schema",
  "unsupported-schema",
  "schema-violation",
  "unsupported-service",
  "service-mismatch",
  "unsupported-reply-channel",
  "missing-data",
  "missing-attachment",
  "hash-mismatch",
  "technical-error",
]);

/** `$schema` of a statement: any 1.x of the payload schema. */
export const SET_PAYLOAD_SCHEMA =
  /^https:\/\/schema\.fitko\.de\/fit-connect\/set-payload\/1\.\d+\.\d+\/set-payload\.schema\.json$/;

/** The documented lifetime of an announced submission is one day; after this long a new one is announced. */
export const ANNOUNCEMENT_USABLE_MS = 20 * 60 * 60 * 1000;

/** Documented limits: attachments of one submission, bytes of one encrypted attachment, bytes of one submission. */
export const LIMITS = { attachments: 100, attachmentBytes: 500_000_000, submissionBytes: 2_000_000_000 } as const;

/** The only hosts of FITKO where keys without a certificate may be used (environment TEST). */
export const FITKO_TEST_HOSTS: ReadonlySet<string> = new Set([
  "test.fit-connect.fitko.dev",
  "auth-testing.fit-connect.fitko.dev",
  "submission-api-testing.fit-connect.fitko.dev",
]);

/** Domains under which the real environments of FIT-Connect run. */
export const FITKO_DOMAINS = ["fitko.dev", "fitko.net", "fit-connect.niedersachsen.de"] as const;
