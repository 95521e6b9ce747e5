import { createPublicKey } from "node:crypto";
import { compactVerify, decodeJwt, decodeProtectedHeader } from "jose";
import { problem, type Problem } from "./problems.ts";
import { authenticationTagsSchema, EVENT_PREFIX, setClaims, type AuthenticationTags, type SetClaims } from "./sets.ts";

const CLOCK_SKEW_SECONDS = 300;

const SERVICE_EVENTS = new Set([
  "create-submission",
  "submit-submission",
  "notify-submission",
  "reject-submission",
  "delete-submission",
]);
const OWN_EVENTS = new Set(["forward-submission", "accept-submission", "reject-submission"]);

/** Finds public keys for SETs; each may have to ask the Zustelldienst, and then throws when it is away. */
export type KeySource = {
  issuer: string;
  issuerKey: (kid: string) => Promise<Record<string, unknown> | undefined>;
  ownKey: (kid: string) => Record<string, unknown> | undefined;
};

/** What the checked event log says about one submission. */
export type CheckedLog = {
  problems: Problem[];
  tags: AuthenticationTags | undefined;
  payloadSchema: string | undefined;
  settled: boolean;
  raw: string[];
};

type Subject = { submissionId: string; caseId: string; destinationId: string };

/** Header and claims of a SET, unverified; nothing when it is none. */
export function readClaims(jws: string): { claims: SetClaims; kid: string } | undefined {
  try {
    const header = decodeProtectedHeader(jws);
    if (header.typ !== "secevent+jwt" || header.alg !== "PS512" || typeof header.kid !== "string") return undefined;
    return { claims: setClaims.parse(decodeJwt(jws)), kid: header.kid };
  } catch {
    return undefined;
  }
}

async function isSignedBy(jws: string, jwk: Record<string, unknown>): Promise<boolean> {
  if (jwk.kty !== "RSA" || jwk.alg !== "PS512") return false;
  if (!Array.isArray(jwk.key_ops) || !jwk.key_ops.includes("verify")) return false;
  try {
    const key = createPublicKey({ key: jwk, format: "jwk" });
    if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < 4096) return false;
    await compactVerify(jws, key, { algorithms: ["PS512"] });
    return true;
  } catch {
    return false;
  }
}

/** The one event of a SET without its URI prefix, and its content. */
export function eventOfClaims(claims: SetClaims): { name: string; content: Record<string, unknown> } {
  const [uri = "", content = {}] = Object.entries(claims.events)[0] ?? [];
  return { name: uri.startsWith(EVENT_PREFIX) ? uri.slice(EVENT_PREFIX.length) : uri, content };
}

async function fault(jws: string, subject: Subject, keys: KeySource, now: Date, claims: SetClaims, kid: string) {
  const { name } = eventOfClaims(claims);
  if (claims.iat > now.getTime() / 1000 + CLOCK_SKEW_SECONDS) return `${name}: Zeitpunkt liegt in der Zukunft`;
  const fromService = claims.iss === keys.issuer;
  if (!fromService && claims.iss !== subject.destinationId) return `${name}: unbekannter Aussteller`;
  if (!(fromService ? SERVICE_EVENTS : OWN_EVENTS).has(name))
    return `${name}: Aussteller darf dieses Ereignis nicht ausstellen`;
  const jwk = fromService ? await keys.issuerKey(kid) : keys.ownKey(kid);
  if (!jwk) return `${name}: unbekannter Schlüssel`;
  return (await isSignedBy(jws, jwk)) ? undefined : `${name}: Signatur ungültig`;
}

/**
 * Checks every SET about one submission: form, issuer, right of the issuer to the event, signature, order.
 * SETs about other submissions of the same case are left aside.
 */
export async function checkEventLog(
  log: readonly string[],
  subject: Subject,
  keys: KeySource,
  now: Date,
): Promise<CheckedLog> {
  const checked: CheckedLog = { problems: [], tags: undefined, payloadSchema: undefined, settled: false, raw: [] };
  const complain = (detail: string) => checked.problems.push(problem("invalid-event-log", "submission", detail));
  const seen = new Set<string>();
  const names: string[] = [];
  for (const jws of log) {
    const set = readClaims(jws);
    if (!set) {
      complain("Ein Eintrag ist kein gültiges Security Event Token");
      continue;
    }
    const { claims, kid } = set;
    if (claims.sub !== `submission:${subject.submissionId}`) continue;
    checked.raw.push(jws);
    const { name, content } = eventOfClaims(claims);
    const wrong = await fault(jws, subject, keys, now, claims, kid);
    if (wrong) {
      complain(wrong);
      continue;
    }
    if (claims.txn !== `case:${subject.caseId}`) complain(`${name}: gehört zu einem anderen Vorgang`);
    if (seen.has(claims.jti)) complain(`${name}: Kennung kommt doppelt vor`);
    seen.add(claims.jti);
    if (name === "submit-submission") {
      if (!names.includes("create-submission")) complain("submit-submission ohne vorheriges create-submission");
      if (names.includes(name)) complain("submit-submission kommt doppelt vor");
      checked.tags = authenticationTagsSchema.safeParse(content.authenticationTags).data;
      checked.payloadSchema = claims.$schema;
    }
    if (name === "accept-submission" || name === "reject-submission") checked.settled = true;
    names.push(name);
  }
  if (!names.includes("submit-submission")) complain("submit-submission fehlt");
  return checked;
}
