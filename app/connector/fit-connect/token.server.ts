import { z } from "zod";
import { DeliveryError } from "../errors.ts";
import { failureOf, readJson } from "./answers.server.ts";
import type { FitConnectConfig } from "./config.server.ts";
import type { Http } from "./http.server.ts";

/** Access tokens of this client (OAuth 2.0 client credentials, RFC 6749 section 4.4). */
export type Tokens = {
  /** A token that is good for another minute at least. @throws DeliveryError */
  get: () => Promise<string>;
  /** Forgets a token that the service refused; a newer one stays. */
  drop: (token: string) => void;
};

const RENEW_EARLY_MS = 60_000;
const LONGEST_LIFETIME_SECONDS = 1800;

const tokenAnswer = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.number().positive(),
});

type Held = { token: string; renewAt: number };

/** Fetches tokens on demand and shares them among all calls; parallel askers wait for the same request. */
export function createTokens(config: FitConnectConfig, http: Http, now: () => number): Tokens {
  let held: Held | undefined;
  let pending: Promise<Held> | undefined;
  return {
    get: async () => {
      if (held && now() < held.renewAt) return held.token;
      pending ??= request(config, http, now).finally(() => {
        pending = undefined;
      });
      held = await pending;
      return held.token;
    },
    drop: (token) => {
      if (held?.token === token) held = undefined;
    },
  };
}

async function request(config: FitConnectConfig, http: Http, now: () => number): Promise<Held> {
  const answer = await http({
    method: "POST",
    url: config.tokenUrl,
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    // In the body because HTTP Basic is refused; no scope because the portal's assignment is wanted.
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: config.clientId,
      client_secret: config.clientSecret,
    }).toString(),
  });
  if (answer.status === 400 || answer.status === 401 || answer.status === 403) {
    throw new DeliveryError("unauthorised", false, { cause: new Error(`Token request answered ${answer.status}`) });
  }
  if (answer.status !== 200) throw failureOf(answer, now());
  const { access_token, expires_in } = readJson(answer, tokenAnswer);
  const lifetimeMs = Math.min(expires_in, LONGEST_LIFETIME_SECONDS) * 1000;
  return { token: access_token, renewAt: now() + lifetimeMs - RENEW_EARLY_MS };
}
