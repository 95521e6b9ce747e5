import type { KeyObject } from "node:crypto";
import { z } from "zod";
import { DeliveryError, type DeliveryCode } from "../errors.ts";
import { isUnknown, readJson } from "./answers.server.ts";
import type { Client } from "./client.server.ts";
import type { FitConnectConfig } from "./config.server.ts";
import { checkJwk, publicJwk } from "./jwk.server.ts";

const publicService = z.object({
  identifier: z.string(),
  regions: z.array(z.string()),
  submissionSchemas: z.array(z.object({ schemaUri: z.string(), mimeType: z.string() })),
});

const destinationAnswer = z.object({
  destinationId: z.string().toLowerCase(),
  status: z.string(),
  encryptionKid: z.string().min(1).optional(),
  metadataVersions: z.array(z.string()),
  publicServices: z.array(publicService),
});

/** A Zustellpunkt as the service describes it at this moment. */
export type Destination = z.infer<typeof destinationAnswer>;

/** What we want to send: service as URN, the authority's regional key (12 digits), schema and MIME type of the data. */
export type Offer = { identifier: string; ars: string; schemaUri: string; mimeType: string };

/** Reads a Zustellpunkt; never kept, because its keys and services change. @throws DeliveryError */
export async function fetchDestination(client: Client, config: FitConnectConfig, id: string): Promise<Destination> {
  const url = `${config.destinationUrl}/v2/destinations/${id}`;
  const answer = await client.call({ method: "GET", url }, [404]);
  if (isUnknown(answer, client.now())) throw fault("destinationMismatch", false, "The destination is unknown");
  const destination = readJson(answer, destinationAnswer);
  if (destination.destinationId !== id) throw fault("destinationMismatch", false, "Another destination was answered");
  return destination;
}

/** Refuses a Zustellpunkt that takes nothing at all from us now: not active, or other metadata than 2.1. */
export function checkDestination(destination: Destination): void {
  if (destination.status !== "active") throw fault("destinationInactive", true, "The destination is not active");
  if (!destination.metadataVersions.some((version) => /^2\.1\.\d+$/.test(version))) {
    throw fault("destinationMismatch", false, "The destination takes no metadata 2.1");
  }
}

/** The region to announce (the longest that covers us). @throws DeliveryError destinationMismatch */
export function requireOffered(destination: Destination, { identifier, ars, schemaUri, mimeType }: Offer): string {
  const regions = destination.publicServices
    .filter((service) => service.identifier === identifier)
    .filter((service) => service.submissionSchemas.some((s) => s.schemaUri === schemaUri && s.mimeType === mimeType))
    .flatMap((service) => service.regions)
    .filter((region) => /^DE\d{0,12}$/.test(region) && ars.startsWith(region.slice(2)))
    .toSorted((a, b) => b.length - a.length);
  const [region] = regions;
  if (region !== undefined) return region;
  throw fault("destinationMismatch", false, "The destination does not take this service, region and schema");
}

/** Reads and checks the key everything is encrypted for. @throws DeliveryError keyRefused and those of the calls */
export async function fetchEncryptionKey(
  client: Client,
  config: FitConnectConfig,
  { destinationId, encryptionKid: kid }: Destination,
): Promise<{ kid: string; key: KeyObject }> {
  if (kid === undefined) throw fault("keyRefused", false, "The destination has no encryption key");
  const url = `${config.destinationUrl}/v2/destinations/${destinationId}/keys/${encodeURIComponent(kid)}`;
  const answer = await client.call({ method: "GET", url }, [404]);
  // The key may have been exchanged between the two calls; then the next attempt finds the new one.
  if (isUnknown(answer, client.now())) throw fault("keyRefused", true, "The encryption key is unknown");
  const { allowKeyWithoutCertificate: allowWithoutCertificate } = config;
  const checked = checkJwk(readJson(answer, publicJwk), {
    kid,
    use: "encrypt",
    allowWithoutCertificate,
    now: client.now(),
  });
  if (!checked.ok) throw fault("keyRefused", false, `The encryption key is refused: ${checked.reason}`);
  return { kid, key: checked.key };
}

function fault(code: DeliveryCode, retryable: boolean, reason: string): DeliveryError {
  return new DeliveryError(code, retryable, { cause: new Error(reason) });
}
