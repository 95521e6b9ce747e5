import { createPublicKey, randomUUID, type KeyObject } from "node:crypto";
import { compactVerify, decodeProtectedHeader, SignJWT } from "jose";
import { z } from "zod";
import type { Faults } from "./faults.ts";
import type { ServiceKeys } from "./keys.ts";
import type { CaseEvent, Destination, Submission } from "./model.ts";
import { pass, refuse, type Outcome } from "./problems.ts";

/** Prefix of all event type addresses. */
export const EVENT_PREFIX = "https://schema.fitko.de/fit-connect/events/";
const PAYLOAD_SCHEMA = "https://schema.fitko.de/fit-connect/set-payload/1.2.2/set-payload.schema.json";

/** Events the Zustelldienst signs itself. */
export type ServiceEvent =
  "create-submission" | "submit-submission" | "notify-submission" | "reject-submission" | "delete-submission";

/** Events a subscriber may add to a case. */
export type SubscriberEvent = "forward-submission" | "accept-submission" | "reject-submission";

/** Signs security event tokens (RFC 8417) of the Zustelldienst with PS512. */
export interface EventSigner {
  sign(about: Submission, event: ServiceEvent, payload?: Record<string, unknown>): Promise<CaseEvent>;
}

/** The signer; with the fault `foreign-key` it signs with a key that is not published. */
export function createEventSigner(options: {
  issuer: string;
  keys: ServiceKeys;
  foreignKey: () => Promise<KeyObject>;
  faults: Faults;
  now: () => Date;
}): EventSigner {
  const { issuer, keys, foreignKey, faults, now } = options;
  const keyToSignWith = () => (faults.take("foreign-key") ? foreignKey() : keys.signing.privateKey);
  return {
    sign: async (about, event, payload = {}) => {
      const jti = randomUUID();
      const claims = {
        $schema: PAYLOAD_SCHEMA,
        jti,
        iss: issuer,
        iat: Math.floor(now().getTime() / 1000),
        sub: `submission:${about.submissionId}`,
        txn: `case:${about.caseId}`,
        events: { [EVENT_PREFIX + event]: payload },
      };
      const jws = await new SignJWT(claims)
        .setProtectedHeader({ typ: "secevent+jwt", alg: "PS512", kid: keys.signing.kid })
        .sign(await keyToSignWith());
      return { caseId: about.caseId, submissionId: about.submissionId, jti, jws };
    },
  };
}

const setHeader = z.object({ typ: z.literal("secevent+jwt"), alg: z.literal("PS512"), kid: z.string() });

const claimsSchema = z.object({
  $schema: z.string().optional(),
  jti: z.uuid(),
  iss: z.string(),
  iat: z.int().min(1_577_833_200),
  sub: z.string(),
  txn: z.string(),
  events: z.record(z.string(), z.unknown()),
});

const tag = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
const problem = z.object({
  type: z.url(),
  title: z.string(),
  detail: z.string().optional(),
  instance: z.string().optional(),
});
const payloads = {
  "forward-submission": z.object({}),
  "accept-submission": z.object({
    authenticationTags: z
      .object({ metadata: tag, data: tag.optional(), attachments: z.record(z.string(), tag).optional() })
      .optional(),
    problems: z.array(problem).optional(),
  }),
  "reject-submission": z.object({ problems: z.array(problem).min(1) }),
} satisfies Record<SubscriberEvent, z.ZodType>;

/** Claims of a token whose signature was not checked yet: only good for finding the key. */
export type UnverifiedClaims = z.infer<typeof claimsSchema>;

/** A readable token: right header, right claims by shape, nothing verified. */
export function readSet(jws: string): Outcome<{ kid: string; claims: UnverifiedClaims }> {
  const segments = jws.split(".");
  if (segments.length !== 3) return refuse("invalid-set", "compact serialization has three segments");
  try {
    const header = setHeader.safeParse(decodeProtectedHeader(jws));
    if (!header.success) return refuse("invalid-set", "header must carry typ secevent+jwt, alg PS512 and kid");
    const claims = claimsSchema.safeParse(JSON.parse(Buffer.from(segments[1] ?? "", "base64url").toString("utf8")));
    if (!claims.success) {
      const names = claims.error.issues.map((issue) => issue.path.join("."));
      return refuse("set-claims-invalid", `missing or malformed: ${names.join(", ")}`);
    }
    return pass({ kid: header.data.kid, claims: claims.data });
  } catch {
    return refuse("invalid-set", "header or payload is no JSON");
  }
}

/** Checks the signature by the PS512 key of the destination that `kid` names; keys of the past stay valid. */
export async function verifySignature(jws: string, kid: string, issuer: Destination): Promise<Outcome<true>> {
  const jwk = issuer.keys.find((key) => key.kid === kid && key.alg === "PS512");
  if (!jwk) return refuse("set-signature-invalid", "kid names no signature key of the destination");
  try {
    const publicKey = createPublicKey({ key: { kty: jwk.kty, n: jwk.n, e: jwk.e }, format: "jwk" });
    await compactVerify(jws, publicKey, { algorithms: ["PS512"] });
    return pass(true);
  } catch {
    return refuse("set-signature-invalid");
  }
}

/** The one event of the claims, if a subscriber may issue it and its payload has the right shape. */
export function subscriberEvent(claims: UnverifiedClaims): Outcome<SubscriberEvent> {
  const entries = Object.entries(claims.events);
  const [address, payload] = entries[0] ?? ["", undefined];
  if (entries.length !== 1) return refuse("set-claims-invalid", "events must have exactly one member");
  const name = address.startsWith(EVENT_PREFIX) ? address.slice(EVENT_PREFIX.length) : "";
  if (!isSubscriberEvent(name)) return refuse("event-not-allowed", "a subscriber may forward, accept or reject");
  if (!payloads[name].safeParse(payload).success) return refuse("set-claims-invalid", "payload of the event malformed");
  return pass(name);
}

/** Payload schema rule of the TEST environment: absent, or version 1.1 and later of major 1. */
export function checkPayloadSchema(claims: UnverifiedClaims): Outcome<true> {
  const version = /^https:\/\/schema\.fitko\.de\/fit-connect\/set-payload\/1\.(\d+)\.\d+\/set-payload\.schema\.json$/;
  if (claims.$schema === undefined) return pass(true);
  const minor = version.exec(claims.$schema)?.[1];
  return minor === undefined || Number(minor) < 1 ? refuse("payload-schema-not-supported") : pass(true);
}

function isSubscriberEvent(name: string): name is SubscriberEvent {
  return Object.hasOwn(payloads, name);
}
