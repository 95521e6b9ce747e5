import { z } from "zod";

/** Shape of any UUID, lower or upper case. */
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const mimeType = z.enum(["application/json", "application/xml"]);

/** Public RSA key of a destination; private members never get this far. */
export const destinationKey = z.object({
  kty: z.literal("RSA"),
  alg: z.enum(["RSA-OAEP-256", "PS512"]),
  key_ops: z.array(z.string()),
  kid: z.string(),
  n: z.string(),
  e: z.string(),
  x5c: z.array(z.string()).optional(),
});

/** One service a destination receives, with the regions (`DE` + prefix of the regional key) and data schemas. */
export const offeredService = z.object({
  identifier: z
    .string()
    .min(7)
    .max(255)
    .regex(/^urn:[a-z0-9][a-z0-9-]{0,31}:[a-z0-9()+,.:=@;$_!*'%/?#-]+$/),
  name: z.string().max(500).optional(),
  regions: z.array(z.string().regex(/^DE\d{0,12}$/)).min(1),
  submissionSchemas: z.array(z.object({ schemaUri: z.string().min(1).max(200), mimeType })).min(1),
  replyChannels: z.record(z.string(), z.unknown()).optional(),
});

/** Where a client wants to be woken; the secret is write-only towards the outside. */
export const callbackTarget = z.object({ url: z.string().max(2000), secret: z.string().min(16).max(500) });

/** Parts of a destination that its owner sends in. */
export const destinationDescription = z.object({
  name: z.string().min(1).max(500),
  status: z.enum(["created", "active", "inactive"]),
  publicServices: z.array(offeredService).min(1),
  metadataVersions: z.array(z.string().regex(/^\d+\.\d+\.\d+$/)).min(1),
  encryptionKid: z.string(),
  contactInformation: z.record(z.string(), z.unknown()).nullish(),
  callback: callbackTarget.nullish(),
});

/** A destination as stored; `keys` holds every key ever registered, so that old event tokens stay verifiable. */
export const destination = destinationDescription.extend({
  destinationId: z.string(),
  keys: z.array(destinationKey),
  clients: z.array(z.string()),
});

/** The service a submission is about, as its sender names it. */
export const namedService = z.object({ name: z.string().optional(), identifier: z.string() });

/** A stored ciphertext: file in the contents folder, authentication tag (5th JWE segment), size in characters. */
export const storedJwe = z.object({ file: z.string(), tag: z.string(), size: z.number() });

/** A submission as stored. Times are milliseconds since 1970 by the clock of the simulator. */
export const submission = z.object({
  submissionId: z.string(),
  caseId: z.string(),
  destinationId: z.string(),
  clientId: z.string(),
  publicService: namedService,
  /** Dialect in which it was announced. */
  dialect: z.enum(["v1", "v2"]).default("v2"),
  region: z.string().optional(),
  callback: callbackTarget.optional(),
  announced: z.array(z.string()),
  announcedKid: z.string(),
  attachments: z.record(z.string(), storedJwe),
  metadata: storedJwe.optional(),
  data: storedJwe.optional(),
  state: z.enum(["incomplete", "submitted", "forwarded", "accepted", "rejected", "dropped"]),
  createdAt: z.number(),
  submittedAt: z.number().optional(),
  notified: z.boolean(),
});

/** One signed security event token of a case. */
export const caseEvent = z.object({ caseId: z.string(), submissionId: z.string(), jti: z.string(), jws: z.string() });

/** One step of the journal. */
export const change = z.discriminatedUnion("type", [
  z.object({ type: z.literal("destination"), value: destination }),
  z.object({ type: z.literal("submission"), value: submission }),
  z.object({ type: z.literal("event"), value: caseEvent }),
]);

/** See {@link destinationKey}. */
export type DestinationKey = z.infer<typeof destinationKey>;
/** See {@link callbackTarget}. */
export type CallbackTarget = z.infer<typeof callbackTarget>;
/** See {@link destination}. */
export type Destination = z.infer<typeof destination>;
/** See {@link storedJwe}. */
export type StoredJwe = z.infer<typeof storedJwe>;
/** See {@link submission}. */
export type Submission = z.infer<typeof submission>;
/** See {@link caseEvent}. */
export type CaseEvent = z.infer<typeof caseEvent>;
/** See {@link change}. */
export type Change = z.infer<typeof change>;

/** All ciphertext files a submission still refers to. */
export function contentFiles(of: Submission): string[] {
  const parts = [of.metadata, of.data, ...Object.values(of.attachments)];
  return parts.flatMap((part) => (part ? [part.file] : []));
}

/** The submission without any reference to contents, as it stays after acceptance, rejection or expiry. */
export function withoutContents(of: Submission): Submission {
  const { metadata: _metadata, data: _data, ...rest } = of;
  return { ...rest, attachments: {} };
}
