import { z } from "zod";
import { DeliveryError } from "../errors.ts";
import { FITKO_DOMAINS, FITKO_TEST_HOSTS } from "./unverified.ts";

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
  /** A real product name; calls without one are taken for robots and refused. */
  userAgent: string;
  author: { name: string; product: { name: string; version: string; manufacturer: string } };
  /** For one call without its upload time. */
  timeoutMs: number;
  fetch?: typeof fetch;
  /** Milliseconds since 1970; the system clock if absent. */
  now?: () => number;
};

const options = z.object({
  destinationId: z.uuid().toLowerCase(),
  schemaUri: z.string().min(1).max(200).optional(),
});

/** What an authority states in its file: its Zustellpunkt and, where it differs from ours, the agreed schema. */
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
  for (const text of [config.tokenUrl, config.submissionUrl, config.destinationUrl]) {
    const url = URL.parse(text);
    if (!url) throw misconfigured("an address is no URL");
    if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
      throw misconfigured("addresses off this machine must be https");
    }
    if (config.allowKeyWithoutCertificate && isRealEnvironment(url.hostname)) {
      throw misconfigured("keys without a certificate are refused outside of the test environment");
    }
  }
  if (!/^[\x21-\x7e][\x20-\x7e]*$/.test(config.userAgent)) throw misconfigured("the user agent is empty or not ASCII");
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
