import { z } from "zod";
import { markKinds } from "#flows/duplicates/marks.ts";
import { householdLink, householdSent } from "#flows/household/place.ts";
import { effects } from "#flows/law/deadline.ts";
import { origins } from "#flows/provenance/proposals.ts";
import { qualitySchema } from "#flows/quality/report.ts";

/** Version of the frame around the answers; the service's version covers the answers. */
export const PAYLOAD_VERSION = "1.3.0";

/** An earlier application that looks like one of the same person: by what, where, its reference and service. */
const possibleDuplicate = z.strictObject({
  by: z.array(z.enum(markKinds)).min(1),
  authority: z.string(),
  reference: z.string(),
  service: z.string(),
});
export type PossibleDuplicate = z.infer<typeof possibleDuplicate>;

const filedFile = z.strictObject({
  attachmentId: z.uuid(),
  filename: z.string(),
  mimeType: z.string(),
  size: z.int(),
  sha512: z.string().regex(/^[0-9a-f]{128}$/),
  /** What was handed in, if a picture was written anew without hidden data before it was sent. */
  original: z
    .strictObject({ mimeType: z.string(), size: z.int(), sha512: z.string().regex(/^[0-9a-f]{128}$/) })
    .optional(),
});

/** What stands around the answers in every payload. */
export const frame = {
  $schema: z.string(),
  schemaVersion: z.literal(PAYLOAD_VERSION),
  demo: z.string().optional(),
  messageId: z.uuid(),
  kind: z.enum(["application", "supplement"]),
  /** Message id of the application that a supplement adds to. */
  supplements: z.uuid().optional(),
  reference: z.string(),
  /** Applications that belong together carry the same id; those of people who may be in danger carry none. */
  household: householdSent.optional(),
  /** Those of them that were filed before at the same authority; never of or with a person who may be in danger. */
  links: z.array(householdLink).optional(),
  /**
   * Applications that look like those of the same person, by paper or by name and day of birth; a hint to look, never shown to
   * whoever applies.
   */
  possibleDuplicate: z.array(possibleDuplicate).optional(),
  filedAt: z.iso.datetime(),
  authority: z.strictObject({ id: z.string(), ars: z.string().regex(/^\d{12}$/), name: z.string() }),
  language: z.string(),
  completeness: z.enum(["full", "minimal"]),
  filer: z.strictObject({ role: z.enum(["self", "parent", "guardian", "attorney", "employer", "host", "helper"]) }),
  subjects: z.array(z.strictObject({ familyName: z.string().optional(), givenNames: z.string().optional() })).min(1),
  suggestion: z.strictObject({
    legalBasis: z.string().optional(),
    fee: z.strictObject({
      cents: z.int().optional(),
      from: z.int().optional(),
      to: z.int().optional(),
      unknown: z.literal(true).optional(),
    }),
    /** What the application does to the stay until the decision, as a rule (§ 81 AufenthG). */
    effect: z.enum(effects),
    deadline: z.strictObject({ codes: z.array(z.string()), date: z.iso.date().optional(), days: z.int().optional() }),
  }),
  evidence: z.array(
    z.strictObject({
      code: z.string(),
      title: z.string(),
      files: z.array(filedFile),
      /** Names of files that an earlier message of the same case brought. */
      sentBefore: z.array(z.string()).optional(),
      later: z.strictObject({ reason: z.string() }).optional(),
    }),
  ),
  declarations: z.array(z.strictObject({ id: z.string(), text: z.string(), given: z.boolean() })),
  /** Where each answer comes from; those of a group's entries stand as `group/field`, for all of them. */
  provenance: z.record(z.string(), z.enum(origins)),
  quality: qualitySchema,
} as const;
