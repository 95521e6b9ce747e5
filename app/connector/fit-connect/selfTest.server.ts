import { DeliveryError } from "../errors.ts";
import type { Need, SelfTest } from "../transport.ts";
import type { FitConnectOptions, NamedOptions } from "./config.server.ts";
import { fetchDestination, findOffer, isActive, takesMetadata, type Destination } from "./destination.server.ts";
import { checkEncryptionKey, fetchKeys, type KeyCalls } from "./destinationKeys.server.ts";
import { routingTest } from "./routing.server.ts";
import type { Routed } from "./target.server.ts";
import { LEIKA_URN, replyChannelNames, usableReplyChannels } from "./unverified.ts";

/** What one step found: reasons why nothing would be delivered, reminders that stop nothing, the end of certificates. */
type Part = { failures: readonly string[]; reminders?: readonly string[]; expiresAt?: number | undefined };

/**
 * Checks credentials, Zustellpunkt and keys without sending anything. Findings are `<step>:<code>`;
 * `destination:replyChannel`, `key:revocationUnknown`, `signatureKey:revocationUnknown` and `signatureKey:notListed` are
 * reminders and no failures. Of a routed authority the Zustellpunkte of all `needs` are checked.
 */
export async function selfTest(
  calls: Routed,
  options: FitConnectOptions,
  needs: readonly Need[] = [],
): Promise<SelfTest> {
  if (!options.routing) return summarise(await testDestination(calls, options, needs));
  const routing = await routingTest(calls.client, calls.config);
  if (!routing.ok) return routing;
  const { schemaUri } = options;
  const parts: Part[] = [];
  const found = new Map<string, Need[]>();
  for (const need of needs) {
    const looked = attempt("routing", async () => {
      const { destinationId } = await calls.findRoute(need);
      found.set(destinationId, [...(found.get(destinationId) ?? []), need]);
      return { failures: [] };
    });
    parts.push(await looked);
  }
  for (const [destinationId, own] of found)
    parts.push(...(await testDestination(calls, { destinationId, schemaUri }, own)));
  return summarise(parts);
}

function summarise(parts: readonly Part[]): SelfTest {
  const failures = parts.flatMap((part) => part.failures);
  const reminders = parts.flatMap((part) => part.reminders ?? []);
  const ends = parts.flatMap(({ expiresAt }) => expiresAt ?? []);
  return {
    ok: failures.length === 0,
    findings: [...new Set([...failures, ...reminders])],
    ...(ends.length === 0 ? {} : { expiresAt: new Date(Math.min(...ends)).toISOString() }),
  };
}

async function testDestination(calls: KeyCalls, options: NamedOptions, needs: readonly Need[]): Promise<Part[]> {
  let step = "token";
  try {
    await calls.client.tokens.get();
    step = "destination";
    const destination = await fetchDestination(calls.client, calls.config, options.destinationId);
    return [
      testOffers(destination, options, needs),
      await attempt("key", () => testEncryptionKey(calls, destination)),
      await attempt("signatureKey", () => testSignatureKeys(calls, destination)),
    ];
  } catch (error) {
    return [failed(step, error)];
  }
}

function testOffers(destination: Destination, { schemaUri }: NamedOptions, needs: readonly Need[]): Part {
  const failures: string[] = [];
  if (!isActive(destination)) failures.push("destinationInactive");
  if (!takesMetadata(destination)) failures.push("metadataVersion");
  const entries = destination.publicServices;
  const schemas = entries.flatMap((entry) => entry.submissionSchemas.map((schema) => schema.schemaUri));
  if (needs.length === 0 && schemaUri !== undefined && !schemas.includes(schemaUri)) failures.push("schemaNotOffered");
  for (const need of needs) {
    const offer = { ...need, identifier: LEIKA_URN + need.leika, schemaUri: schemaUri ?? need.schemaUri };
    const found = findOffer(destination, offer);
    if ("missing" in found) failures.push(found.missing);
  }
  const reminders = lacksReplyChannel(entries, needs) ? ["destination:replyChannel"] : [];
  return { failures: failures.map((word) => `destination:${word}`), reminders };
}

/** Some service says how it replies, and none of the ways is one that this service could name. */
function lacksReplyChannel(entries: Destination["publicServices"], needs: readonly Need[]): boolean {
  const identifiers = new Set(needs.map(({ leika }) => LEIKA_URN + leika));
  return entries
    .filter(({ identifier }) => identifiers.size === 0 || identifiers.has(identifier))
    .some(({ replyChannels }) => {
      const names = replyChannelNames(replyChannels);
      return names !== undefined && !names.some((name) => usableReplyChannels.has(name));
    });
}

async function testEncryptionKey(calls: KeyCalls, destination: Destination): Promise<Part> {
  const { checked } = await checkEncryptionKey(calls, destination);
  if (!checked.ok) return { failures: [`key:keyRefused.${checked.reason}`] };
  return { failures: [], reminders: unknownRevocation("key", checked), expiresAt: checked.expiresAt };
}

/** One key with which the authority can sign is enough: older ones stay published, because older statements name them. */
async function testSignatureKeys(calls: KeyCalls, { destinationId }: Destination): Promise<Part> {
  const keys = await fetchKeys(calls, destinationId);
  if (!keys) return { failures: [], reminders: ["signatureKey:notListed"] };
  const signing = keys.filter((key) => key.key_ops?.includes("verify"));
  if (signing.length === 0) return { failures: ["signatureKey:keyRefused.missing"] };
  const checked = await Promise.all(signing.map((key) => calls.trust(key, { kid: key.kid, use: "verify" })));
  const good = checked.flatMap((key) => (key.ok ? [key] : []));
  const [best] = good.toSorted((a, b) => endOf(b) - endOf(a));
  if (best) return { failures: [], reminders: unknownRevocation("signatureKey", best), expiresAt: best.expiresAt };
  return { failures: checked.flatMap((key) => (key.ok ? [] : [`signatureKey:keyRefused.${key.reason}`])) };
}

const endOf = ({ expiresAt }: { expiresAt: number | undefined }) => expiresAt ?? Number.MAX_SAFE_INTEGER;

function unknownRevocation(step: string, { isRevocationUnknown }: { isRevocationUnknown: boolean }): string[] {
  return isRevocationUnknown ? [`${step}:revocationUnknown`] : [];
}

async function attempt(step: string, check: () => Promise<Part>): Promise<Part> {
  try {
    return await check();
  } catch (error) {
    return failed(step, error);
  }
}

function failed(step: string, error: unknown): Part {
  if (error instanceof DeliveryError) return { failures: [`${step}:${error.reason}`] };
  throw error;
}
