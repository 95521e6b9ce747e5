import type { Page } from "#app/routes/shared/request.server.ts";

/** What each known reason of a refusal by the authority's software comes down to for the person. */
const GROUPS = {
  "encryption-issue": "unreadable",
  "incorrect-authentication-tag": "unreadable",
  "invalid-event-log": "unreadable",
  "syntax-violation": "unreadable",
  "hash-mismatch": "unreadable",
  "missing-schema": "format",
  "unsupported-schema": "format",
  "schema-violation": "format",
  "unsupported-service": "service",
  "service-mismatch": "service",
  "missing-data": "incomplete",
  "attachments-mismatch": "files",
  "missing-attachment": "files",
  "unsupported-reply-channel": "technical",
  "technical-error": "technical",
} as const;

const groupOf = new Map<string, (typeof GROUPS)[keyof typeof GROUPS]>(Object.entries(GROUPS));

/** Why a message was not taken over, in words for the person who sent it; several codes may come to the same words. */
export function rejectionWords(codes: readonly string[], page: Pick<Page, "say">): string {
  const groups = new Set(codes.map((code) => groupOf.get(code) ?? "other"));
  return [...(groups.size > 0 ? groups : ["other"])].map((group) => page.say(`pages:rejection.${group}`)).join("; ");
}
