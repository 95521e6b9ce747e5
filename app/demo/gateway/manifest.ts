import { createHash } from "node:crypto";
import { z } from "zod";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const file = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,80}$/),
  mimeType: z.string().min(3).max(100),
  purpose: z.enum(["data", "form", "attachment"]),
  bytes: z.int().min(0),
  sha256,
  plainSha256: sha256,
});

/** What a message says of itself (docs/drop.md); a gateway refuses what it does not know. */
export const manifestSchema = z.strictObject({
  version: z.literal(1),
  messageId: z.guid(),
  reference: z.string().min(1).max(100),
  follows: z.guid().optional(),
  filedOn: z.iso.date(),
  format: z.string().min(1).max(50),
  schemaUri: z.string().min(1).max(200),
  mimeType: z.enum(["application/json", "application/xml"]),
  ars: z.string().regex(/^\d{12}$/),
  service: z.string().max(50),
  encryption: z.enum(["cms", "none"]),
  digest: sha256,
  files: z.array(file).min(1),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestFile = z.infer<typeof file>;

/** SHA-256 in lower-case hex. */
export const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
