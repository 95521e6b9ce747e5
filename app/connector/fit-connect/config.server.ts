import { z } from "zod";
import { DeliveryError } from "../errors.ts";
import type { TrustConfig } from "./trust.server.ts";
import type { Fetch } from "./leanFetch.server.ts";
import { FITKO_DOMAINS, FITKO_TEST_HOSTS, PORTAL_KEYS_PATH } from "./unverified.ts";

/** How this operator reaches FIT-Connect: one client and one environment for all authorities. */
export type FitConnectConfig = {
  tokenUrl: string;
  /** Base that ends in `/submission-api`; `/v2/…` is appended. */
  submissionUrl: string;
  /** Base that ends in `/destination-api`; `/v2/…` is appended. */
  destinationUrl: string;
  /** The `iss` of statements made by the Zustelldienst, compared to the letter. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Only for the environment TEST and the simulator: take keys that carry no certificate. */
  allowKeyWithoutCertificate: boolean;
  /** Which certificates of keys are believed. */
  trust: TrustConfig;
  /** A real product name; calls without one are taken for robots and refused. */
  userAgent: string;
  author: { name: string; product: { name: string; version: string; manufacturer: string } };
  /** For one call without its upload time. */
  timeoutMs: number;
  /** Where Zustellpunkte of authorities are looked up that name none themselves. */
  routing?: RoutingConfig;
  /** Where the Zustelldienst may call about a message, and the secret that proves it is the one who calls. */
  callback?: (messageId: string) => { url: string; secret: string };
  /** Sends requests; the lean one if absent. */
  fetch?: Fetch;
  /** Milliseconds since 1970; the system clock if absent. */
  now?: () => number;
};

/** The Routing API and the portal that vouches for what it answers. */
export type RoutingConfig = {
  /** Base of the Routing API; `/v2/…` is appended. */
  url: string;
  /** Portals whose signatures under addresses count (`iss`), compared to the letter. */
  issuers: readonly string[];
  /** Keys of the portal; below the first issuer if absent. */
  jwksUrl?: string;
  /** The `submissionHost` that signed addresses must name; the host of `submissionUrl` if absent. */
  submissionHost?: string;
};

const schemaUri = z.string().min(1).max(200).optional();
const named = z.object({ destinationId: z.uuid().toLowerCase(), routing: z.undefined().optional(), schemaUri });
const routed = z.object({ routing: z.literal(true), destinationId: z.undefined().optional(), schemaUri });
const options = z.union([named, routed]);

/** An authority that names its Zustellpunkt and, where it differs from ours, the agreed schema. */
export type NamedOptions = z.infer<typeof named>;

/** What an authority states in its file: its Zustellpunkt, or that it is looked up. */
export type FitConnectOptions = z.infer<typeof options>;

/** Reads an authority's options. @throws DeliveryError misconfigured */
export function parseOptions(value: unknown): FitConnectOptions {
  const parsed = options.safeParse(value);
  if (!parsed.success)
    throw misconfigured(`options: ${parsed.error.issues.map((issue) => issue.path.join(".")).join()}`);
  return parsed.data;
}

/** Refuses unsafe settings before the first call: plain HTTP off this machine, unchecked keys on a real environment. */
export function checkConfig(config: FitConnectConfig): void {
  const { routing } = config;
  const routingUrls = routing ? [routing.url, portalKeysUrl(routing)] : [];
  for (const text of [config.tokenUrl, config.submissionUrl, config.destinationUrl, ...routingUrls]) {
    const url = URL.parse(text);
    if (!url) throw misconfigured("an address is no URL");
    if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
      throw misconfigured("addresses off this machine must be https");
    }
    if (config.allowKeyWithoutCertificate && isRealEnvironment(url.hostname)) {
      throw misconfigured("keys without a certificate are refused outside of the test environment");
    }
    if (config.trust.roots.length === 0 && isRealEnvironment(url.hostname)) {
      throw misconfigured("no root certificate is pinned");
    }
  }
  if (!/^[\x21-\x7e][\x20-\x7e]*$/.test(config.userAgent)) throw misconfigured("the user agent is empty or not ASCII");
}

/** Address of the portal's keys. @throws DeliveryError misconfigured if no portal is named */
export function portalKeysUrl({ jwksUrl, issuers: [issuer] }: RoutingConfig): string {
  if (jwksUrl !== undefined) return jwksUrl;
  if (issuer === undefined) throw misconfigured("no portal is named");
  return issuer + PORTAL_KEYS_PATH;
}

function misconfigured(reason: string): DeliveryError {
  return new DeliveryError("misconfigured", false, { cause: new Error(reason) });
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

function isRealEnvironment(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  return FITKO_DOMAINS.some((domain) => name === domain || name.endsWith(`.${domain}`)) && !FITKO_TEST_HOSTS.has(name);
}
