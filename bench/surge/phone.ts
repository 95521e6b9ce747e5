import { Agent, request, type IncomingHttpHeaders } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { brotliDecompressSync } from "node:zlib";
import type { Tally } from "./tally.ts";

/** A page as it came, after redirects. */
export type Page = { path: string; status: number; text: string };

/** A browser without script on a phone: one connection, its cookies, and the patience to wait in the line. */
export type Phone = {
  open: (path: string) => Promise<Page>;
  post: (path: string, body: { type: string; bytes: Buffer }) => Promise<Page>;
  /** Waits after a page that said "try again", as long as it said or as people do. */
  tryAgain: () => Promise<void>;
  close: () => void;
};

type Answer = { status: number; headers: IncomingHttpHeaders; bytes: Buffer };
type Asked = { path: string; method: "GET" | "POST"; headers: Record<string, string>; body?: Buffer };

const MOST_REDIRECTS = 10;
/** Where an answer names no time, people press again after about so long. */
const AGAIN_SECONDS = 10;
/** A page of a wizard lies at /:lng/:authority/:wizard/:step. */
const isStep = (path: string) => path.split("/").length >= 5;

function send(base: URL, agent: Agent, { path, method, headers, body }: Asked): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const { hostname, port } = base;
  const outgoing = request({ agent, hostname, port, path, method, headers }, (response) => {
    const parts: Buffer[] = [];
    response.on("data", (part: Buffer) => parts.push(part));
    response.once("end", () =>
      resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(parts) }),
    );
    response.once("error", reject);
  });
  outgoing.once("error", reject);
  outgoing.end(body);
  return promise;
}

/** Turns on a phone. `signal` ends what it waits for. */
export function openPhone(base: URL, language: string, tally: Tally, signal: AbortSignal): Phone {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const cookies = new Map<string, string>();
  let againSeconds = AGAIN_SECONDS;
  let inLineSince: number | undefined;

  function keep(lines: readonly string[] = []): void {
    for (const line of lines) {
      const [pair = ""] = line.split(";");
      const split = pair.indexOf("=");
      if (/max-age=0/i.test(line)) cookies.delete(pair.slice(0, split));
      else cookies.set(pair.slice(0, split), pair.slice(split + 1));
    }
  }

  function leaveLine(): void {
    if (inLineSince !== undefined) tally.waited(performance.now() - inLineSince);
    inLineSince = undefined;
  }

  /** One request. Whoever has begun must never be sent away. */
  async function ask(path: string, body?: { type: string; bytes: Buffer }): Promise<Answer> {
    const hasBegun = cookies.has("access");
    const headers: Record<string, string> = {
      "accept-encoding": "br",
      "accept-language": language,
      cookie: [...cookies].map((pair) => pair.join("=")).join("; "),
      ...(body && { origin: base.origin, "content-type": body.type, "content-length": String(body.bytes.length) }),
    };
    const begun = performance.now();
    const answer = await send(base, agent, {
      path,
      method: body ? "POST" : "GET",
      headers,
      ...(body && { body: body.bytes }),
    });
    const ended = performance.now();
    keep(answer.headers["set-cookie"]);
    if (answer.status === 503) {
      if (hasBegun) tally.complain(`${path.replace(/[\da-f-]{36}/g, "…")}: sent away with an open session`);
      tally.sentAway();
      inLineSince ??= begun;
      againSeconds = Number(answer.headers["retry-after"] ?? AGAIN_SECONDS);
    } else {
      leaveLine();
      if (isStep(path)) tally.step(ended - begun);
    }
    return answer;
  }

  const tryAgain = () => pause(againSeconds * 1_000, undefined, { signal });

  async function follow(asked: string, body?: { type: string; bytes: Buffer }): Promise<Page> {
    let path = asked;
    let answer = await ask(path, body);
    for (let count = 0; count < MOST_REDIRECTS; count += 1) {
      const { status, headers, bytes } = answer;
      const isWaitingPage = status === 503 && headers["refresh"] !== undefined;
      if (isWaitingPage) await tryAgain();
      else if (status < 300 || status >= 400) {
        const text = headers["content-encoding"] === "br" ? brotliDecompressSync(bytes) : bytes;
        return { path, status, text: text.toString("utf8") };
      } else path = new URL(headers.location ?? "", new URL(path, base)).pathname;
      if (isWaitingPage) count -= 1;
      answer = await ask(path);
    }
    throw new Error(`${asked} redirects without end`);
  }

  return { open: (path) => follow(path), post: follow, tryAgain, close: () => agent.destroy() };
}
