import { lookup as resolve } from "node:dns";
import { request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";

/**
 * How addresses that stand in certificates may be called. `privateHosts`: hosts that may lie in networks that are not
 * public, or all of them.
 */
export type FetchGuard = {
  privateHosts: "any" | ReadonlySet<string>;
  userAgent: string;
  timeoutMs: number;
  /** Addresses that are not called; those that are not public if absent. */
  isRefused?: (address: string) => boolean;
};

/** What to ask: with a body it is a POST of that type. */
export type GuardedRequest = { url: string; body?: Uint8Array; type?: string; maxBytes: number };

/** Fetches bytes from an address that others chose. @throws Error for every answer but a complete 200 in time and size */
export type GuardedFetch = (request: GuardedRequest) => Promise<Uint8Array>;

// IPv4 written as IPv6 (::ffff:…) is compared with the ranges of IPv4 by the list itself.
const notPublic = new BlockList();
const ranges: readonly [string, number, "ipv4" | "ipv6"][] = [
  ["0.0.0.0", 8, "ipv4"],
  ["10.0.0.0", 8, "ipv4"],
  ["100.64.0.0", 10, "ipv4"],
  ["127.0.0.0", 8, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.0.0.0", 24, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["198.18.0.0", 15, "ipv4"],
  ["224.0.0.0", 3, "ipv4"],
  ["::", 127, "ipv6"],
  ["64:ff9b::", 32, "ipv6"],
  ["2002::", 16, "ipv6"],
  ["fc00::", 7, "ipv6"],
  ["fe80::", 10, "ipv6"],
  ["ff00::", 8, "ipv6"],
];
for (const [net, prefix, family] of ranges) notPublic.addSubnet(net, prefix, family);

/** True for addresses of this machine, of private networks and of those that lead into IPv4. */
export function isNotPublic(address: string): boolean {
  return notPublic.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/**
 * A client for addresses that stand in certificates: whoever made the certificate chose them. So it calls public networks
 * only (decided when the connection is made, for every address that the name has), follows no redirect, reads no endless
 * answer, gives up in time and sends nothing but the request.
 */
export function createGuardedFetch(guard: FetchGuard): GuardedFetch {
  const { privateHosts, userAgent, timeoutMs, isRefused = isNotPublic } = guard;
  const lookup = guardedLookup(isRefused);
  return async ({ url: text, body, type, maxBytes }) => {
    const url = new URL(text);
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const isFree = privateHosts === "any" || privateHosts.has(host);
    if (!/^https?:$/.test(url.protocol) || url.username || url.password) throw new Error("no address to call");
    // Addresses in digits are never looked up.
    if (!isFree && isIP(host) !== 0 && isRefused(host)) throw new Error("not a public address");
    const request = (url.protocol === "https:" ? overHttps : overHttp)(url, {
      method: body ? "POST" : "GET",
      headers: {
        "User-Agent": userAgent,
        ...(body && type ? { "Content-Type": type, "Content-Length": body.length } : {}),
      },
      agent: false,
      signal: AbortSignal.timeout(timeoutMs),
      ...(isFree ? {} : { lookup }),
    });
    return new Promise((done, fail) => {
      request.once("error", fail).once("response", (response) => {
        if (response.statusCode !== 200) {
          response.destroy();
          fail(new Error(`HTTP ${response.statusCode}`));
          return;
        }
        readAll(response, maxBytes).then(done, fail);
      });
      request.end(body);
    });
  };
}

const guardedLookup =
  (isRefused: (address: string) => boolean): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return callback(error ?? new Error("no address"), []);
      if (addresses.some(({ address }) => isRefused(address))) return callback(new Error("not a public address"), []);
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };

async function readAll(response: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response) {
    size += part.length;
    // Leaving the loop closes the connection.
    if (size > maxBytes) throw new Error("answer too long");
    parts.push(part);
  }
  return Buffer.concat(parts);
}
