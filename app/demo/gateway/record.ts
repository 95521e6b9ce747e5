import { z } from "zod";

const ack = z.object({
  messageId: z.string(),
  status: z.enum(["pickedUp", "accepted", "rejected"]),
  at: z.string(),
  problems: z.array(z.string()).optional(),
});

/** One line of an acknowledgement as the gateway writes it. */
export type Ack = z.infer<typeof ack>;

const party = z.object({ identifier: z.string(), name: z.string() });
/** An answer of the authority in XML; its text lies beside the record under its id. */
const answer = z.object({ id: z.string(), kind: z.string(), at: z.string() });

const file = z.object({ name: z.string(), mimeType: z.string(), purpose: z.string(), size: z.number() });

/** What is known of a message beyond its contents. */
export const recordSchema = z.object({
  messageId: z.string(),
  mailbox: z.string(),
  /** Name under which it was taken away: what comes under another name is a repetition. */
  taken: z.string(),
  repetitions: z.array(z.string()),
  receivedAt: z.string(),
  reference: z.string(),
  follows: z.string().optional(),
  filedOn: z.string(),
  format: z.string(),
  mimeType: z.string(),
  kind: z.string(),
  title: z.string(),
  applicant: z.string(),
  files: z.array(file),
  /** Why it was refused unread. */
  problem: z.string().optional(),
  state: z.enum(["open", "accepted", "rejected"]),
  acks: z.array(ack),
  answers: z.array(answer),
  /** Of a message in XML: what answers repeat. */
  head: z
    .object({
      namespace: z.string(),
      version: z.string(),
      type: z.string(),
      messageId: z.string(),
      reference: z.string(),
      answersTo: z.string().optional(),
      author: party,
      reader: party,
      directoryVersion: z.string(),
      applicant: z.string(),
    })
    .optional(),
});

/** A message that came in. */
export type MessageRecord = z.infer<typeof recordSchema>;
