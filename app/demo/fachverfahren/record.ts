import { z } from "zod";
import { problemSchema } from "./problems.ts";
import { checkItemSchema } from "./report.ts";
import { authenticationTagsSchema } from "./sets.ts";

const attachment = z.object({
  attachmentId: z.guid(),
  filename: z.string().optional(),
  mimeType: z.string(),
  purpose: z.string(),
  size: z.number(),
});

const application = z.object({
  messageId: z.guid(),
  kind: z.string(),
  supplements: z.guid().optional(),
  household: z.guid().optional(),
  reference: z.string(),
  serviceTitle: z.string(),
  applicant: z.string(),
  filedAt: z.string(),
  deadline: z.string().optional(),
  missing: z.number(),
  schemaUri: z.string(),
  mimeType: z.enum(["application/json", "application/xml"]).default("application/json"),
  attachments: z.array(attachment),
});

/** What is kept about one submission besides its content. */
export const submissionRecord = z.object({
  submissionId: z.guid(),
  caseId: z.guid(),
  destinationId: z.guid(),
  receivedAt: z.iso.datetime(),
  dataHash: z.string().optional(),
  application: application.optional(),
  /** Submission that already brought the same message; this one holds no content then. */
  duplicateOf: z.guid().optional(),
  tags: authenticationTagsSchema.optional(),
  payloadSchema: z.string().optional(),
  checks: z.array(checkItemSchema),
  events: z.array(z.string()),
  state: z.enum(["open", "accepted", "rejected"]),
  decision: z
    .object({
      at: z.iso.datetime(),
      by: z.enum(["checks", "rule", "clerk"]),
      problems: z.array(problemSchema),
      jti: z.guid(),
      jws: z.string(),
      /** When the Zustelldienst had the SET; missing while it is on its way. */
      deliveredAt: z.iso.datetime().optional(),
      /** Somebody else had closed the submission before (for example the Zustelldienst after 14 days). */
      overtaken: z.boolean().optional(),
    })
    .optional(),
});

/** Record of one submission. */
export type SubmissionRecord = z.infer<typeof submissionRecord>;

/** Summary of a taken-over business record. */
export type ApplicationSummary = z.infer<typeof application>;

/** An attachment as listed in the metadata, with its size in bytes. */
export type AttachmentSummary = z.infer<typeof attachment>;
