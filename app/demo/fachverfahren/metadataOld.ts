import { z } from "zod";
import { dataMimeType, hash, paymentInformation, signature, uri, type Metadata } from "./metadata.ts";

const attachment = z.looseObject({
  attachmentId: z.guid(),
  purpose: z.enum(["form", "attachment", "report"]),
  mimeType: z.string().regex(/^[-\w.]+\/[-\w.+]+$/),
  hash,
  filename: z.string().optional(),
  description: z.string().optional(),
  signature: signature.optional(),
});

const replyChannel = z
  .looseObject({
    eMail: z.looseObject({ address: z.email(), pgpPublicKey: z.string().optional() }).optional(),
    deMail: z.looseObject({ address: z.email() }).optional(),
    fink: z.looseObject({ finkPostfachRef: z.string().max(150), host: uri.optional() }).optional(),
    elster: z
      .looseObject({
        accountId: z.string().regex(/^\d{10}$/),
        lieferTicket: z.string().optional(),
        geschaeftszeichen: z.string().max(10).optional(),
      })
      .optional(),
  })
  .refine((channels) => Object.keys(channels).length === 1, "needs exactly one channel");

const identificationReport = z.looseObject({
  type: z.literal("identificationReport"),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  content: z.string().regex(/^[\w.-]+$/),
});

/**
 * Metadata of the old dialect, FIT-Connect metadata schema 1.0.0: the schema need not be named, business data may be
 * missing, and reference information is open.
 */
export const oldMetadataSchema = z.looseObject({
  $schema: z
    .string()
    .regex(/^https:\/\/schema\.fitko\.de\/fit-connect\/metadata\/1\.0\.\d+\/metadata\.schema\.json$/)
    .optional(),
  contentStructure: z.looseObject({
    data: z
      .looseObject({
        hash,
        submissionSchema: z.looseObject({ schemaUri: uri, mimeType: dataMimeType }),
        signature: signature.optional(),
      })
      .optional(),
    attachments: z.array(attachment),
  }),
  publicServiceType: z.looseObject({ identifier: z.string().min(7).max(255) }).optional(),
  paymentInformation: paymentInformation.optional(),
  replyChannel: replyChannel.optional(),
  authenticationInformation: z.array(identificationReport).min(1).optional(),
  additionalReferenceInfo: z
    .looseObject({ senderReference: z.string().optional(), applicationDate: z.iso.date().optional() })
    .optional(),
});

/** The parts of old metadata that the receiver goes by, in the shape of today; nothing without business data. */
export function fromOldMetadata(old: z.infer<typeof oldMetadataSchema>): Metadata | undefined {
  const { data, attachments } = old.contentStructure;
  if (!data) return undefined;
  const { publicServiceType, paymentInformation: payment } = old;
  return {
    $schema: old.$schema ?? "https://schema.fitko.de/fit-connect/metadata/1.0.0/metadata.schema.json",
    contentStructure: { data, attachments },
    ...(publicServiceType ? { publicService: publicServiceType } : {}),
    ...(payment ? { paymentInformation: payment } : {}),
  };
}
