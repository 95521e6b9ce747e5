import { z } from "zod";

/** What an applicant says of a filed case: an answer to a question of the authority, or that they withdraw it. */
export const replyPayload = z.strictObject({
  kind: z.enum(["answer", "withdrawal"]),
  messageId: z.uuid(),
  reference: z.string(),
  filedAt: z.iso.datetime(),
  /** UUID of the question that is answered. */
  answersTo: z.guid().optional(),
  text: z.string().optional(),
  language: z.string(),
  demo: z.string().optional(),
  documents: z.array(
    z.strictObject({ attachmentId: z.uuid(), code: z.string(), title: z.string(), filename: z.string() }),
  ),
});
export type ReplyPayload = z.infer<typeof replyPayload>;
