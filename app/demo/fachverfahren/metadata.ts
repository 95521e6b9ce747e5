import { z } from "zod";

/** An address of any scheme. */
export const uri = z.string().regex(/^[a-z][a-z0-9+.-]*:\S+$/i);
/** Checksum of an unencrypted content. */
export const hash = z.looseObject({ type: z.literal("sha512"), content: z.string().regex(/^[a-f0-9]{128}$/) });
/** Media types that business data may have. */
export const dataMimeType = z.enum(["application/json", "application/xml"]);
const shortId = z
  .string()
  .min(1)
  .max(36)
  .regex(/^[\w-]+$/);

/** Signature over a content. */
export const signature = z.looseObject({
  signatureFormat: z.enum(["cms", "xml", "pdf", "asic", "json"]),
  detachedSignature: z.boolean(),
  eidasAdesProfile: z
    .string()
    .regex(/^http:\/\/uri\.etsi\.org\/ades\/191x2\/level\/baseline\/B-(B|T|LT|LTA)#$/)
    .optional(),
  content: z.string().optional(),
});

const attachment = z.looseObject({
  attachmentId: z.guid(),
  purpose: z.enum(["form", "attachment", "report", "data"]),
  mimeType: z.string().regex(/^[-\w.]+\/[-\w.+]+$/),
  hash,
  filename: z.string().optional(),
  description: z.string().optional(),
  signature: signature.optional(),
  fragments: z.array(z.guid()).min(1).optional(),
});

/** What the online service knows of a payment. */
export const paymentInformation = z.looseObject({
  transactionId: shortId,
  transactionReference: z.string(),
  paymentMethod: z.enum(["GIROPAY", "PAYDIRECT", "CREDITCARD", "PAYPAL", "INVOICE", "OTHER"]),
  status: z.enum(["INITIAL", "BOOKED", "FAILED", "CANCELED"]),
  transactionUrl: uri.optional(),
  transactionTimestamp: z.iso.datetime({ offset: true }).optional(),
  paymentMethodDetail: shortId.optional(),
  grossAmount: z.number().min(0.01).multipleOf(0.01).optional(),
});

const encryptionPublicKey = z.looseObject({
  kty: z.literal("RSA"),
  key_ops: z.array(z.literal("wrapKey")),
  alg: z.literal("RSA-OAEP-256"),
  kid: z.string().min(8).max(64),
  n: z.string().min(683),
  e: z.literal("AQAB"),
});

const replyChannel = z
  .looseObject({
    eMail: z.looseObject({ address: z.email(), pgpPublicKey: z.string().optional() }).optional(),
    deMail: z.looseObject({ address: z.email() }).optional(),
    fink: z.looseObject({ finkPostfachRef: z.string().max(150), host: uri.optional() }).optional(),
    elster: z
      .looseObject({
        accountId: z.string(),
        lieferTicket: z.string().optional(),
        geschaeftszeichen: z.string().max(60).optional(),
      })
      .optional(),
    fitConnect: z.looseObject({ processStandards: z.array(uri).min(1), encryptionPublicKey }).optional(),
    idBundDeMailbox: z.looseObject({ mailboxUuid: z.guid() }).optional(),
  })
  .refine((channels) => Object.keys(channels).length === 1, "needs exactly one channel");

/** Metadata of a submission, FIT-Connect metadata schema 2.1.0; members it does not name are kept. */
export const metadataSchema = z.looseObject({
  $schema: z
    .string()
    .regex(/^https:\/\/schema\.fitko\.de\/fit-connect\/metadata\/2\.\d+\.\d+\/metadata\.schema\.json$/),
  contentStructure: z.looseObject({
    data: z.looseObject({
      hash,
      submissionSchema: z.looseObject({ schemaUri: uri, mimeType: dataMimeType }),
      signature: signature.optional(),
    }),
    attachments: z.array(attachment),
  }),
  paymentInformation: paymentInformation.optional(),
  replyChannel: replyChannel.optional(),
  additionalReferenceInfo: z
    .strictObject({
      senderReference: z.string().optional(),
      applicationDate: z.iso.date().optional(),
      idBundDeApplicationId: z.guid().optional(),
      zustimmungZumDigitalenBescheid: z.boolean().optional(),
    })
    .optional(),
  author: z
    .looseObject({
      name: z.string(),
      description: z.string().optional(),
      url: z.string().optional(),
      product: z.looseObject({
        name: z.string(),
        version: z.string(),
        manufacturer: z.string(),
        description: z.string().optional(),
      }),
    })
    .optional(),
  dataSets: z
    .array(
      z.looseObject({
        dataSetId: z.guid(),
        schema: z.looseObject({
          schemaUri: uri,
          mimeType: z.enum(["application/json", "application/xml", "application/jose"]),
        }),
        hash,
        content: z.unknown().refine((content) => content !== undefined, "required"),
        description: z.string().optional(),
      }),
    )
    .optional(),
  // Not part of the standard, but senders in the field put the service here.
  publicService: z.looseObject({ identifier: z.string() }).optional(),
});

/** Parsed metadata of a submission. */
export type Metadata = z.infer<typeof metadataSchema>;
