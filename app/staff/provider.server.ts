import type { Configuration } from "openid-client";
import type { StaffEnv } from "#app/env.server.ts";
import type { PendingLogin } from "#app/staff/pending.server.ts";

/** Why a login did not work; stable codes for page and log. */
export type LoginFailure =
  /** This browser began no login, or too long ago. */
  | "notStarted"
  /** The answer belongs to another login. */
  | "wrongState"
  | "foreignIssuer"
  /** The person, or the login service, gave up. */
  | "cancelled"
  /** The login service did not take the code, or the access data of this service. */
  | "refused"
  | "expired"
  | "invalid"
  | "unreachable";

const TIMEOUT_SECONDS = 10;
const KEPT_MS = 60 * 60_000;

type Kept = { configuration: Promise<Configuration>; until: number };
const kept = new WeakMap<StaffEnv, Kept>();

/** What a claim set says; nothing is known of it yet. */
export type Claims = Readonly<Record<string, unknown>> & { sub: string };

// Loaded with the first login: people who apply never need it.
const client = () => import("openid-client");

async function discover({ issuer, clientId, clientSecret }: StaffEnv): Promise<Configuration> {
  const openid = await client();
  const url = new URL(issuer);
  // The environment allows http for the demo on this machine only.
  const insecure = url.protocol === "http:" ? [openid.allowInsecureRequests] : [];
  // Core 3.1.3.7 would let TLS stand for the signature of an ID token; here the signature counts as well.
  const execute = [...insecure, openid.enableNonRepudiationChecks];
  return openid.discovery(url, clientId, clientSecret, undefined, { execute, timeout: TIMEOUT_SECONDS });
}

/** Metadata of the login service, asked for once an hour. A failure is not kept. */
function configurationOf(env: StaffEnv): Promise<Configuration> {
  const known = kept.get(env);
  if (known && known.until > Date.now()) return known.configuration;
  const configuration = discover(env);
  kept.set(env, { configuration, until: Date.now() + KEPT_MS });
  configuration.catch(() => kept.delete(env));
  return configuration;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

function wordOf(error: unknown): string {
  return error instanceof Error && "error" in error && typeof error.error === "string" ? error.error : "";
}

function claimOf(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined;
  const detail = cause instanceof Error ? cause.cause : undefined;
  return typeof detail === "object" && detail !== null && "claim" in detail ? detail.claim : undefined;
}

function failureOf(error: unknown): LoginFailure {
  const code = codeOf(error);
  if (code === "OAUTH_AUTHORIZATION_RESPONSE_ERROR") return wordOf(error) === "access_denied" ? "cancelled" : "refused";
  if (code === "OAUTH_RESPONSE_BODY_ERROR" || code === "OAUTH_WWW_AUTHENTICATE_CHALLENGE") return "refused";
  if (code === "OAUTH_JWT_TIMESTAMP_CHECK_FAILED") return "expired";
  if (code === "OAUTH_JWT_CLAIM_COMPARISON_FAILED") return claimOf(error) === "iss" ? "foreignIssuer" : "invalid";
  if (code === "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED") return "foreignIssuer";
  const isNoAnswer = code === "OAUTH_TIMEOUT" || code === "OAUTH_ABORT" || code === "OAUTH_RESPONSE_IS_NOT_CONFORM";
  return isNoAnswer || !code.startsWith("OAUTH_") ? "unreachable" : "invalid";
}

type Outcome<Value> = { ok: true; value: Value } | { ok: false; code: LoginFailure };

async function outcomeOf<Value>(work: () => Promise<Value>): Promise<Outcome<Value>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, code: failureOf(error) };
  }
}

/** Begins a login: where to send the browser, and what the answer must fit. */
export function begin(
  env: StaffEnv,
  callback: string,
): Promise<Outcome<{ url: URL; pending: Omit<PendingLogin, "to"> }>> {
  return outcomeOf(async () => {
    const [openid, configuration] = await Promise.all([client(), configurationOf(env)]);
    const [state, nonce, verifier] = [openid.randomState(), openid.randomNonce(), openid.randomPKCECodeVerifier()];
    const url = openid.buildAuthorizationUrl(configuration, {
      redirect_uri: callback,
      scope: "openid",
      state,
      nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    });
    return { url, pending: { state, nonce, verifier } };
  });
}

/** Turns the answer of the login service into the claims of a checked ID token. `answer`: the address it came to. */
export async function complete(env: StaffEnv, pending: PendingLogin, answer: URL): Promise<Outcome<Claims>> {
  if (answer.searchParams.get("state") !== pending.state) return { ok: false, code: "wrongState" };
  const found = await outcomeOf(() => configurationOf(env));
  if (!found.ok) return found;
  const configuration = found.value;
  // RFC 9207: an answer of another login service must not be redeemed at this one.
  const issuer = answer.searchParams.get("iss") ?? configuration.serverMetadata().issuer;
  if (issuer !== configuration.serverMetadata().issuer) return { ok: false, code: "foreignIssuer" };
  return outcomeOf(async () => {
    const openid = await client();
    const tokens = await openid.authorizationCodeGrant(configuration, answer, {
      pkceCodeVerifier: pending.verifier,
      expectedState: pending.state,
      expectedNonce: pending.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new Error("no ID token");
    return claims;
  });
}

/** Where somebody can log out of the login service too, if it offers that (OpenID Connect RP-Initiated Logout). */
export async function logoutUrl(env: StaffEnv, back: string): Promise<URL | undefined> {
  const offered = await outcomeOf(async () => {
    const [openid, configuration] = await Promise.all([client(), configurationOf(env)]);
    if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
    // Without the ID token as a hint: it would stand in addresses and logs. The login service asks the person instead.
    return openid.buildEndSessionUrl(configuration, { post_logout_redirect_uri: back });
  });
  return offered.ok ? offered.value : undefined;
}
