import { failureOf } from "./answers.server.ts";
import type { FitConnectConfig } from "./config.server.ts";
import { leanFetch } from "./leanFetch.server.ts";
import { createHttp, type HttpAnswer, type HttpRequest } from "./http.server.ts";
import { paced } from "./pace.server.ts";
import { createTokens, type Tokens } from "./token.server.ts";

/** Calls to FIT-Connect in the name of this client. */
export type Client = {
  tokens: Tokens;
  /** Sends a request with a token; resolves for 2xx and for the statuses in `expected`. @throws DeliveryError */
  call: (request: HttpRequest, expected?: readonly number[]) => Promise<HttpAnswer>;
  /** Sends a request to another service, without a token; resolves like `call`. @throws DeliveryError */
  ask: (request: HttpRequest, expected?: readonly number[]) => Promise<HttpAnswer>;
  now: () => number;
};

/** One client per configuration, so that its token is shared. */
export function createClient(config: FitConnectConfig): Client {
  const now = config.now ?? Date.now;
  const plain = createHttp({
    fetch: config.fetch ?? leanFetch,
    userAgent: config.userAgent,
    timeoutMs: config.timeoutMs,
  });
  const http = paced(plain, now);
  const others = paced(plain, now);
  const tokens = createTokens(config, http, now);

  const send = async (request: HttpRequest) => {
    const token = await tokens.get();
    const answer = await http({ ...request, headers: { ...request.headers, Authorization: `Bearer ${token}` } });
    if (answer.status === 401) tokens.drop(token);
    return answer;
  };

  return {
    tokens,
    now,
    call: async (request, expected = []) => {
      let answer = await send(request);
      // A token can be revoked before its time; exactly one new one is tried.
      if (answer.status === 401) answer = await send(request);
      return requireFine(answer, expected, now());
    },
    ask: async (request, expected = []) => requireFine(await others(request), expected, now()),
  };
}

function requireFine(answer: HttpAnswer, expected: readonly number[], now: number): HttpAnswer {
  const isFine = (answer.status >= 200 && answer.status < 300) || expected.includes(answer.status);
  if (!isFine) throw failureOf(answer, now);
  return answer;
}
