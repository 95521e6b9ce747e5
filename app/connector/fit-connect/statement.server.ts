import type { KeyObject } from "node:crypto";
import { compactVerify } from "jose";
import { z } from "zod";
import { DeliveryError } from "../errors.ts";
import { SET_PAYLOAD_SCHEMA } from "./unverified.ts";

const EVENT_PREFIX = "https://schema.fitko.de/fit-connect/events/";
const MAX_CLOCK_SKEW_SECONDS = 300;

/** Who may make which statement about a submission; `reject` comes from the Zustelldienst when nobody fetched it. */
const issuers = {
  "create-submission": ["service"],
  "submit-submission": ["service"],
  "notify-submission": ["service"],
  "forward-submission": ["destination"],
  "accept-submission": ["destination"],
  "reject-submission": ["destination", "service"],
  "delete-submission": ["service"],
} as const satisfies Record<string, readonly Issuer[]>;

type Issuer = "service" | "destination";

/** Events of a submission that this sender understands. */
export type EventName = keyof typeof issuers;

/** A verified statement about our submission. `payload` is what the issuer wrote, of unchecked shape. */
export type Statement = { event: EventName; jti: string; at: string; payload: unknown; raw: string };

/** Keys of those who make statements, by kid; undefined if there is none or it must not be used. */
export type StatementKeys = {
  service: (kid: string) => Promise<KeyObject | undefined>;
  destination: (destinationId: string, kid: string) => Promise<KeyObject | undefined>;
};

/** Whose statements are expected: our submission, its case, the Zustellpunkt it went to, the Zustelldienst's name. */
export type Expected = { submissionId: string; caseId: string; destinationId: string; issuer: string; now: number };

const header = z.object({
  typ: z.literal("secevent+jwt"),
  alg: z.literal("PS512"),
  kid: z.string().min(1).max(200),
  crit: z.undefined().optional(),
});

const claims = z.object({
  $schema: z.string().regex(SET_PAYLOAD_SCHEMA).optional(),
  jti: z.guid().toLowerCase(),
  iss: z.string(),
  iat: z.int().min(1_577_833_200),
  sub: z
    .string()
    .regex(/^(submission|reply):[0-9a-f-]{36}$/i)
    .toLowerCase(),
  txn: z
    .string()
    .regex(/^case:[0-9a-f-]{36}$/i)
    .toLowerCase(),
  events: z.record(z.string(), z.unknown()).refine((events) => Object.keys(events).length === 1),
});

/**
 * Verifies one Security Event Token (RFC 8417) of the event log. Undefined for statements about other submissions of the
 * case and for events this version does not know. @throws DeliveryError invalidStatement, and those of fetching keys
 */
export async function verifyStatement(
  raw: string,
  expected: Expected,
  keys: StatementKeys,
): Promise<Statement | undefined> {
  const [head, body, signature, ...rest] = raw.split(".");
  if (head === undefined || body === undefined || !signature || rest.length > 0) throw invalid("shape");
  const { kid } = parsePart(header, head, "header");
  const { jti, iss, iat, sub, txn, events } = parsePart(claims, body, "claims");
  if (txn !== `case:${expected.caseId}`) throw invalid("case");
  if (sub !== `submission:${expected.submissionId}`) return undefined;
  if (iat > expected.now / 1000 + MAX_CLOCK_SKEW_SECONDS) throw invalid("future");

  const issuer = issuerOf(iss, expected);
  const key = issuer === "service" ? await keys.service(kid) : await keys.destination(expected.destinationId, kid);
  if (!key) throw invalid("key");
  await requireSignature(raw, key);

  const [[uri, payload] = ["", undefined]] = Object.entries(events);
  const event = uri.startsWith(EVENT_PREFIX) ? uri.slice(EVENT_PREFIX.length) : "";
  if (!isEventName(event)) return undefined;
  const allowed: readonly Issuer[] = issuers[event];
  if (!allowed.includes(issuer)) throw invalid("issuerOfEvent");
  return { event, jti, at: new Date(iat * 1000).toISOString(), payload, raw };
}

/** The alarm for a statement that does not hold; `reason` is a stable word. Read once more, the log may be sound. */
export function invalid(reason: string): DeliveryError {
  return new DeliveryError("invalidStatement", true, { cause: new Error(`Invalid statement: ${reason}`) });
}

function issuerOf(iss: string, expected: Expected): Issuer {
  if (iss === expected.issuer) return "service";
  if (iss.toLowerCase() === expected.destinationId) return "destination";
  throw invalid("issuer");
}

async function requireSignature(raw: string, key: KeyObject): Promise<void> {
  try {
    await compactVerify(raw, key, { algorithms: ["PS512"] });
  } catch {
    throw invalid("signature");
  }
}

function parsePart<T>(schema: z.ZodType<T>, part: string, reason: string): T {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    throw invalid(reason);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalid(reason);
  return parsed.data;
}

function isEventName(event: string): event is EventName {
  return Object.hasOwn(issuers, event);
}
