import { z } from "zod";
import { DeliveryError, type DeliveryCode } from "../errors.ts";
import { isUnknown, readJson } from "./answers.server.ts";
import type { Client } from "./client.server.ts";
import type { FitConnectConfig } from "./config.server.ts";

const publicService = z.object({
  identifier: z.string(),
  regions: z.array(z.string()),
  submissionSchemas: z.array(z.object({ schemaUri: z.string(), mimeType: z.string() })),
  // Never a reason to refuse anything: this service asks for no reply channel.
  replyChannels: z.unknown().optional(),
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
  if (!isActive(destination)) throw fault("destinationInactive", true, "The destination is not active");
  if (!takesMetadata(destination)) throw fault("destinationMismatch", false, "The destination takes no metadata 2.1");
}

/** Whether the Zustellpunkt receives submissions at this moment. */
export function isActive({ status }: Destination): boolean {
  return status === "active";
}

/** Whether the Zustellpunkt takes metadata as this service writes them (2.1). */
export function takesMetadata({ metadataVersions }: Destination): boolean {
  return metadataVersions.some((version) => /^2\.1\.\d+$/.test(version));
}

/** Which part of an offer a Zustellpunkt does not have. */
export type OfferFault = "serviceNotOffered" | "regionNotCovered" | "schemaNotOffered";

/** The region to announce (the longest that covers us), or what is missing in all entries of the service. */
export function findOffer(destination: Destination, offer: Offer): { region: string } | { missing: OfferFault } {
  const entries = destination.publicServices.filter(({ identifier }) => identifier === offer.identifier);
  if (entries.length === 0) return { missing: "serviceNotOffered" };
  const covering = entries.filter(({ regions }) => regions.some((region) => covers(region, offer.ars)));
  if (covering.length === 0) return { missing: "regionNotCovered" };
  const [region] = covering
    .filter(({ submissionSchemas }) =>
      submissionSchemas.some((s) => s.schemaUri === offer.schemaUri && s.mimeType === offer.mimeType),
    )
    .flatMap(({ regions }) => regions.filter((one) => covers(one, offer.ars)))
    .toSorted((a, b) => b.length - a.length);
  return region === undefined ? { missing: "schemaNotOffered" } : { region };
}

/** The region to announce. @throws DeliveryError destinationMismatch */
export function requireOffered(destination: Destination, offer: Offer): string {
  const found = findOffer(destination, offer);
  if ("region" in found) return found.region;
  throw fault("destinationMismatch", false, `The destination does not take what we send: ${found.missing}`);
}

function covers(region: string, ars: string): boolean {
  return /^DE\d{0,12}$/.test(region) && ars.startsWith(region.slice(2));
}

function fault(code: DeliveryCode, retryable: boolean, reason: string): DeliveryError {
  return new DeliveryError(code, retryable, { cause: new Error(reason) });
}
