import { createHash, randomUUID, timingSafeEqual } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import type { Client } from "./config.ts";

/** Life of an access token, in seconds. */
export const TOKEN_LIFETIME_SECONDS = 1800;

const ISSUER = "Zustelldienst (SIMULATOR)";

const SCOPES = {
  sender: "https://schema.fitko.de/fit-connect/oauth/scopes/send-submissions",
  subscriber: "https://schema.fitko.de/fit-connect/oauth/scopes/self-service-api/create:destination",
};

/** Who makes a request. */
export interface Caller {
  clientId: string;
  role: Client["role"];
}

/** Issues and checks access tokens; tokens outlive a restart because the secret is kept. */
export interface Tokens {
  /** Answers a token request (OAuth 2 client credentials in the form body; HTTP Basic is refused). */
  answer(contentType: string | undefined, body: string): Promise<Response>;
  /** The caller behind an `Authorization` header; undefined when the token is not good. */
  caller(authorization: string): Promise<Caller | undefined>;
}

/** Tokens for the given clients, by the given clock. */
export function createTokens(options: { secret: Uint8Array; clients: readonly Client[]; now: () => Date }): Tokens {
  const { secret, clients, now } = options;
  const clientOf = (id: string) => clients.find((client) => client.id === id);

  const issue = (client: Client) => {
    const issuedAt = Math.floor(now().getTime() / 1000);
    return new SignJWT({ scope: SCOPES[client.role] })
      .setProtectedHeader({ alg: "HS256", typ: "at+jwt" })
      .setIssuer(ISSUER)
      .setSubject(client.id)
      .setJti(randomUUID())
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + TOKEN_LIFETIME_SECONDS)
      .sign(secret);
  };

  return {
    answer: async (contentType, body) => {
      if (!contentType?.startsWith("application/x-www-form-urlencoded")) return oauthError(400, "invalid_request");
      const form = new URLSearchParams(body);
      const client = clientOf(form.get("client_id") ?? "");
      const secretMatches = sameText(form.get("client_secret") ?? "", client?.secret ?? randomUUID());
      if (!client || !secretMatches) return oauthError(401, "invalid_client");
      if (form.get("grant_type") !== "client_credentials") return oauthError(400, "unsupported_grant_type");
      const scope = form.get("scope");
      if (scope && scope !== SCOPES[client.role]) return oauthError(400, "invalid_scope");
      const answer = {
        access_token: await issue(client),
        token_type: "Bearer",
        expires_in: TOKEN_LIFETIME_SECONDS,
        scope: SCOPES[client.role],
      };
      return Response.json(answer, { headers: { "Cache-Control": "no-store" } });
    },
    caller: async (authorization) => {
      const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
      if (!token) return undefined;
      try {
        const { payload } = await jwtVerify(token, secret, {
          algorithms: ["HS256"],
          issuer: ISSUER,
          typ: "at+jwt",
          currentDate: now(),
        });
        const client = clientOf(z.string().parse(payload.sub));
        return client && { clientId: client.id, role: client.role };
      } catch {
        return undefined;
      }
    },
  };
}

function oauthError(status: number, error: string): Response {
  return Response.json({ error }, { status, headers: { "Cache-Control": "no-store" } });
}

/** Compares two secrets without telling by time how much of them agrees. */
function sameText(left: string, right: string): boolean {
  return timingSafeEqual(digest(left), digest(right));
}

function digest(text: string): Buffer {
  return createHash("sha512").update(text).digest();
}
