import { randomUUID, type KeyObject } from "node:crypto";
import { SignJWT } from "jose";
import { z } from "zod";
import type { Problem } from "./problems.ts";

/** Prefix of all event type URIs. */
export const EVENT_PREFIX = "https://schema.fitko.de/fit-connect/events/";

const tag = z.string().regex(/^[\w-]{22}$/);

/** Authentication tags of the JWEs of a submission, as the submit-submission event lists them. */
export const authenticationTagsSchema = z.object({
  metadata: tag,
  data: tag.optional(),
  attachments: z.record(z.string(), tag).optional(),
});

/** Tags of metadata, data and attachments (by attachment id). */
export type AuthenticationTags = z.infer<typeof authenticationTagsSchema>;

/** Claims of a Security Event Token (RFC 8417) in FIT-Connect's profile: exactly one event. */
export const setClaims = z.looseObject({
  $schema: z
    .string()
    .regex(/^https:\/\/schema\.fitko\.de\/fit-connect\/set-payload\/1\.\d+\.\d+\/set-payload\.schema\.json$/)
    .optional(),
  jti: z.guid(),
  iss: z.string().min(1),
  iat: z.number().int().min(1_577_833_200),
  sub: z.string().regex(/^(submission|reply):[\da-f-]{36}$/i),
  txn: z.string().regex(/^case:[\da-f-]{36}$/i),
  events: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .refine((events) => Object.keys(events).length === 1, "needs exactly one event"),
});

/** Parsed claims of a SET. */
export type SetClaims = z.infer<typeof setClaims>;

/** The authority's answer on a submission. */
export type Verdict = { kind: "accept"; tags: AuthenticationTags } | { kind: "reject"; problems: Problem[] };

type SetInput = {
  verdict: Verdict;
  destinationId: string;
  submissionId: string;
  caseId: string;
  payloadSchema: string | undefined;
  issuedAt: Date;
  key: { kid: string; privateKey: KeyObject };
};

/** A signed SET with its id. */
export type SignedSet = { jti: string; jws: string };

function eventOf(verdict: Verdict): Record<string, object> {
  return verdict.kind === "accept"
    ? { [`${EVENT_PREFIX}accept-submission`]: { authenticationTags: verdict.tags } }
    : { [`${EVENT_PREFIX}reject-submission`]: { problems: verdict.problems } };
}

/** Signs an accept- or reject-submission SET with the destination's key (PS512). */
export async function signSet(input: SetInput): Promise<SignedSet> {
  const jti = randomUUID();
  const jws = await new SignJWT({
    ...(input.payloadSchema ? { $schema: input.payloadSchema } : {}),
    jti,
    iss: input.destinationId,
    iat: Math.floor(input.issuedAt.getTime() / 1000),
    sub: `submission:${input.submissionId}`,
    txn: `case:${input.caseId}`,
    events: eventOf(input.verdict),
  })
    .setProtectedHeader({ typ: "secevent+jwt", alg: "PS512", kid: input.key.kid })
    .sign(input.key.privateKey);
  return { jti, jws };
}
