import { z } from "zod";

/** Why a mail is written to an applicant: what became of one message. */
export const applicantPurposes = ["stuck", "rejected", "accepted", "letter"] as const;
export type ApplicantPurpose = (typeof applicantPurposes)[number];

/** Findings of one kind that a mail tells; figures, ids and codes only. */
export const alertNews = z.object({
  kind: z.string(),
  level: z.string().optional(),
  count: z.int().positive(),
  /** Message ids, destinations or names of keys; of many only the first. */
  subjects: z.array(z.string()),
  codes: z.array(z.string()),
  since: z.iso.datetime(),
});
export type AlertNews = z.infer<typeof alertNews>;

const queuePart = z.object({
  /** Messages that the authority has neither taken over nor refused, by destination. */
  lines: z.array(
    z.object({
      destination: z.string(),
      authority: z.string(),
      states: z.record(z.string(), z.int()),
      oldest: z.iso.datetime(),
    }),
  ),
  /** Destinations that did not fit in. */
  more: z.int(),
  /** All messages by state. */
  total: z.record(z.string(), z.int()),
});

const alertsPart = z.array(
  z.object({
    kind: z.string(),
    authority: z.string().nullable(),
    count: z.int(),
    first: z.iso.datetime(),
    last: z.iso.datetime(),
  }),
);

const mailsPart = z.object({ waiting: z.int(), failed: z.array(z.object({ code: z.string(), count: z.int() })) });

/** The daily report; a part that could not be read is null and said to be so. */
export const digestNews = z.object({
  date: z.iso.date(),
  queue: queuePart.nullable(),
  alerts: alertsPart.nullable(),
  /** The operator's report only. */
  mails: mailsPart.nullable().optional(),
});
export type DigestNews = z.infer<typeof digestNews>;
