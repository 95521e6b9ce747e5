import { z } from "zod";

const text = z.string().catch("");
const loose = z.record(z.string(), z.unknown());

const evidenceFile = z.looseObject({
  attachmentId: z.string(),
  filename: text,
  mimeType: text,
  size: z.number().optional().catch(undefined),
  sha512: text,
});

const evidence = z.looseObject({
  code: text,
  title: text,
  files: z.array(evidenceFile).catch([]),
  sentBefore: z.array(z.string()).optional().catch(undefined),
  later: z.looseObject({ reason: text }).optional().catch(undefined),
});

const deadline = z.looseObject({ codes: z.array(z.string()).catch([]), date: z.iso.date() });

/**
 * The business record (Fachdaten) as the online service sends it. Only what the inbox cannot do without is required;
 * the rest is judged by the JSON Schema that the record names and shown as far as it is understood.
 */
export const payloadSchema = z.looseObject({
  $schema: z.string().optional(),
  messageId: z.guid(),
  kind: z.string().default("application"),
  /** Message that this one adds to. */
  supplements: z.guid().optional().catch(undefined),
  /** Applications that belong together name the same household; those filed before are linked. */
  household: z.looseObject({ id: z.guid() }).optional().catch(undefined),
  links: z.array(z.looseObject({ messageId: z.guid(), reference: text, relation: text })).catch([]),
  /** Earlier applications that look like those of the same person. */
  possibleDuplicate: z
    .array(z.looseObject({ by: z.array(z.string()).catch([]), authority: text, reference: text, service: text }))
    .catch([]),
  demo: z.string().optional().catch(undefined),
  reference: z.string().min(1),
  filedAt: z.string(),
  service: z.looseObject({ id: text, title: z.string().min(1) }),
  authority: z.looseObject({ name: text }).optional().catch(undefined),
  language: z.string().optional().catch(undefined),
  completeness: z.string().optional().catch(undefined),
  filer: loose.optional().catch(undefined),
  subjects: z.array(z.unknown()).catch([]),
  suggestion: z
    .looseObject({
      legalBasis: z.string().optional().catch(undefined),
      fee: z.unknown(),
      deadline: deadline.optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  data: loose,
  evidence: z.array(evidence).catch([]),
  declarations: z.array(z.looseObject({ text, given: z.boolean().catch(false) })).catch([]),
  provenance: z.record(z.string(), z.string()).catch({}),
});

/** A parsed business record. */
export type Payload = z.infer<typeof payloadSchema>;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nameIn(value: unknown, depth: number): string | undefined {
  if (depth === 0) return undefined;
  if (Array.isArray(value)) return firstName(value, depth);
  if (!isRecord(value)) return undefined;
  const family = typeof value.familyName === "string" ? value.familyName.trim() : "";
  const given = typeof value.givenNames === "string" ? value.givenNames.trim() : "";
  if (family || given) return [family, given].filter(Boolean).join(", ");
  return firstName(Object.values(value), depth);
}

function firstName(values: readonly unknown[], depth: number): string | undefined {
  for (const value of values) {
    const name = nameIn(value, depth - 1);
    if (name) return name;
  }
  return undefined;
}

/** Name of the person the application is for ("family, given"), or an empty text when none is found. */
export function applicantName(payload: Payload): string {
  return nameIn(payload.subjects, 5) ?? nameIn(payload.data, 5) ?? nameIn(payload.filer, 3) ?? "";
}
