import { z } from "zod";

const EARLY_SECONDS = 60;
const TIMEOUT_MS = 10_000;

const answer = z.looseObject({ access_token: z.string().min(1), expires_in: z.number().positive() });

type Options = { url: string; clientId: string; clientSecret: string; signal: AbortSignal };

/**
 * Access token of the client-credentials grant, credentials in the body and no scope (FIT-Connect, section 1.2).
 * Kept until a minute before it ends; calls at the same time share one request.
 */
export function createTokens({ url, clientId, clientSecret, signal }: Options) {
  let current: { token: string; validUntil: number } | undefined;
  let pending: Promise<string> | undefined;

  async function request(): Promise<string> {
    const response = await fetch(url, {
      method: "POST",
      headers: { "user-agent": "Fachverfahren-Simulator/1.0", accept: "application/json" },
      body: new URLSearchParams({ grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    if (!response.ok) throw new Error(`token endpoint answered ${response.status}`);
    const { access_token: token, expires_in: seconds } = answer.parse(await response.json());
    current = { token, validUntil: Date.now() + Math.max(seconds - EARLY_SECONDS, 1) * 1000 };
    return token;
  }

  return {
    /** A valid token. @throws Error when the token endpoint does not give one */
    get(): Promise<string> {
      if (current && Date.now() < current.validUntil) return Promise.resolve(current.token);
      pending ??= request().finally(() => {
        pending = undefined;
      });
      return pending;
    },
    /** Drops the token after a 401, so that the next call asks for a new one. */
    forget(): void {
      current = undefined;
    },
  };
}
