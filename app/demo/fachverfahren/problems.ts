import { z } from "zod";

const TYPE_PREFIX = "https://schema.fitko.de/fit-connect/events/problems/";

// Unverified against FITKO: the official catalogue could not be read, slugs and instances are our best knowledge.
const TITLES = {
  "attachments-mismatch": "Anlagen stimmen nicht überein",
  "invalid-event-log": "Ereignisprotokoll ungültig",
  "incorrect-authentication-tag": "Authentication-Tag stimmt nicht",
  "encryption-issue": "Entschlüsselung nicht möglich",
  "syntax-violation": "Inhalt nicht lesbar",
  "missing-schema": "Schema nicht angegeben",
  "unsupported-schema": "Schema nicht unterstützt",
  "schema-violation": "Schema verletzt",
  "unsupported-service": "Verwaltungsleistung nicht angeboten",
  "service-mismatch": "Verwaltungsleistung widersprüchlich",
  "missing-data": "Fachdaten fehlen",
  "missing-attachment": "Anlage fehlt",
  "hash-mismatch": "Prüfsumme stimmt nicht",
  "technical-error": "Technische Zurückweisung",
} as const;

/** Slug of a problem type of the event catalogue. */
export type ProblemSlug = keyof typeof TITLES;

/** Part of a submission that a problem belongs to. */
export type ProblemInstance = "submission" | "metadata" | "data" | "other" | `attachment:${string}`;

/** Shape of a problem inside accept- and reject-submission events. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  detail: z.string(),
  instance: z.string(),
});

/** A reason for a technical refusal. The event log is not encrypted: `detail` must hold no personal data. */
export type Problem = z.infer<typeof problemSchema>;

/** Makes a problem of the catalogue. */
export function problem(slug: ProblemSlug, instance: ProblemInstance, detail: string): Problem {
  return { type: `${TYPE_PREFIX}${slug}`, title: TITLES[slug], detail, instance };
}
