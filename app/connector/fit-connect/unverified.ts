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

/** What a problem may be about (`instance`): the whole submission or one part of it; attachments by their UUID. */
export const SET_PROBLEM_INSTANCE =
  /^(submission|metadata|data|other|attachment:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Members by which an announcement asks to be called back. */
export function callbackMembers({ url, secret }: { url: string; secret: string }): object {
  return { callback: { url, secret } };
}

/** Name space of services (LeiKa) in Zustellpunkte, announcements and signed addresses, before the 14 digits. */
export const LEIKA_URN = "urn:de:fim:leika:leistung:";

/** Version prefix of the Routing API: its description says v1, its clients call v2. */
export const ROUTING_VERSION = "/v2";

/** Where the portal publishes the keys with which it signs destinations, below its address. */
export const PORTAL_KEYS_PATH = "/.well-known/jwks.json";

/** `$schema` of a statement: any 1.x of the payload schema. */
export const SET_PAYLOAD_SCHEMA =
  /^https:\/\/schema\.fitko\.de\/fit-connect\/set-payload\/1\.\d+\.\d+\/set-payload\.schema\.json$/;

/**
 * What certificates under the root of the administration (V-PKI) are made with: keys of this length in bits, signatures
 * with RSASSA-PSS, SHA-512 and a salt of this many bytes at least.
 */
export const CERTIFICATE_RULES = { bits: 4096, padding: "pss", hash: "sha512", shortestSalt: 32 } as const;

/** What the certificate of a key must allow (RFC 5280 section 4.2.1.3). */
export const KEY_USAGE = { encrypt: "keyEncipherment", verify: "digitalSignature" } as const;

/** Answers about revocation may be signed more weakly than certificates: RSA with SHA-2, keys of this length in bits. */
export const STATUS_SIGNER_BITS = 2048;

/** All keys of a Zustellpunkt, below its address; only the Destination API has it. */
export const KEY_LIST_PATH = "/keys";

/** Reply channels that this service could fill one day; it sends none yet, which means an answer by post. */
export const usableReplyChannels: ReadonlySet<string> = new Set(["eMail", "idBundDeMailbox"]);

/** Names of the reply channels that an entry of a Zustellpunkt offers; undefined if it does not say. */
export function replyChannelNames(offered: unknown): readonly string[] | undefined {
  if (Array.isArray(offered)) return offered.filter((name) => typeof name === "string");
  return typeof offered === "object" && offered !== null ? Object.keys(offered) : undefined;
}

/** The documented lifetime of an announced submission is one day; after this long a new one is announced. */
export const ANNOUNCEMENT_USABLE_MS = 20 * 60 * 60 * 1000;

/** Documented limits: attachments of one submission, bytes of one encrypted attachment, bytes of one submission. */
export const LIMITS = { attachments: 100, attachmentBytes: 500_000_000, submissionBytes: 2_000_000_000 } as const;

/** The only hosts of FITKO where keys without a certificate may be used (environment TEST). */
export const FITKO_TEST_HOSTS: ReadonlySet<string> = new Set([
  "test.fit-connect.fitko.dev",
  "auth-testing.fit-connect.fitko.dev",
  "submission-api-testing.fit-connect.fitko.dev",
  "routing-api-testing.fit-connect.fitko.dev",
  "portal.auth-testing.fit-connect.fitko.dev",
]);

/** Domains under which the real environments of FIT-Connect run. */
export const FITKO_DOMAINS = ["fitko.dev", "fitko.net", "fit-connect.niedersachsen.de"] as const;
