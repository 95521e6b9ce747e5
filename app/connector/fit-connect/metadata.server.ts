import { z } from "zod";
import { DeliveryError } from "../errors.ts";
import type { Attachment, OutboundMessage } from "../transport.ts";
import { sha512 } from "./encrypt.server.ts";
import type { FitConnectConfig } from "./config.server.ts";

const hash = z.object({ type: z.literal("sha512"), content: z.string().regex(/^[a-f0-9]{128}$/) });
const uri = z.string().regex(/^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/);
const dataType = z.enum(["application/json", "application/xml"]);

const attachment = z.object({
  attachmentId: z.guid(),
  purpose: z.enum(["form", "attachment", "report", "data"]),
  mimeType: z.string().regex(/^[-\w.]+\/[-\w.+]+$/),
  hash,
  filename: z.string().optional(),
  description: z.string().optional(),
  fragments: z
    .array(z.guid())
    .min(1)
    .refine((ids) => new Set(ids).size === ids.length)
    .optional(),
});

const address = z.object({ address: z.email() });
const replyChannels = z.strictObject({
  eMail: address
    .extend({ pgpPublicKey: z.string().startsWith("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n").optional() })
    .optional(),
  deMail: address.optional(),
  elster: z
    .object({
      accountId: z.string(),
      lieferTicket: z.string().optional(),
      geschaeftszeichen: z.string().max(60).optional(),
    })
    .optional(),
  idBundDeMailbox: z.object({ mailboxUuid: z.guid() }).optional(),
});

/**
 * Metadata of a submission in version 2.1 as far as this service writes it: no signatures, payments, data sets, and no
 * reply channel `fitConnect` or `fink`. Stricter than the official schema only in these unused parts.
 */
export const metadataSchema = z.looseObject({
  $schema: z
    .string()
    .regex(/^https:\/\/schema\.fitko\.de\/fit-connect\/metadata\/2\.\d+\.\d+\/metadata\.schema\.json$/),
  contentStructure: z.object({
    data: z.object({ hash, submissionSchema: z.object({ schemaUri: uri, mimeType: dataType }) }),
    attachments: z.array(attachment),
  }),
  replyChannel: replyChannels
    .refine((channel) => Object.values(channel).filter((c) => c !== undefined).length === 1)
    .optional(),
  additionalReferenceInfo: z
    .strictObject({
      senderReference: z.string().optional(),
      applicationDate: z.iso.date().optional(),
      idBundDeApplicationId: z.guid().optional(),
      zustimmungZumDigitalenBescheid: z.boolean().optional(),
    })
    .optional(),
  author: z
    .object({
      name: z.string(),
      product: z.object({ name: z.string(), version: z.string(), manufacturer: z.string() }),
    })
    .optional(),
});

/** Metadata that keeps the schema. */
export type Metadata = z.infer<typeof metadataSchema>;

/** An attachment that was read, and the hash of its plaintext. */
export type HashedAttachment = { attachment: Attachment; sha512: string };

/** Describes a message; the hashes are those of the plaintexts that were encrypted. @throws DeliveryError unreadable */
export function buildMetadata(
  message: OutboundMessage,
  schemaUri: string,
  identifier: string,
  attachments: readonly HashedAttachment[],
  author: FitConnectConfig["author"],
): Metadata {
  const parsed = metadataSchema.safeParse({
    $schema: "https://schema.fitko.de/fit-connect/metadata/2.1.0/metadata.schema.json",
    // Not in the schema but customary: receivers sort by it before they open the data.
    publicService: { identifier, name: message.service.name },
    contentStructure: {
      data: {
        hash: { type: "sha512", content: sha512(message.data.bytes) },
        submissionSchema: { schemaUri, mimeType: message.data.mimeType },
      },
      attachments: attachments.map(({ attachment: file, sha512: content }) => ({
        attachmentId: file.id,
        purpose: file.purpose,
        mimeType: file.mimeType,
        filename: file.filename,
        description: file.description,
        hash: { type: "sha512", content },
      })),
    },
    additionalReferenceInfo: { senderReference: message.reference, applicationDate: message.filedOn },
    author,
  } satisfies z.input<typeof metadataSchema>);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join(".")).join();
  throw new DeliveryError("unreadable", false, { cause: new Error(`No valid metadata: ${fields}`) });
}
