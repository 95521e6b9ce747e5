import type { z } from "zod";
import type { Submission } from "./client.ts";
import { metadataSchema, type Metadata } from "./metadata.ts";
import { fromOldMetadata, oldMetadataSchema } from "./metadataOld.ts";
import { problem } from "./problems.ts";
import type { Report } from "./report.ts";

/** Versions of the metadata schema that this Fachverfahren reads, as its destinations announce them. */
export const METADATA_VERSIONS = ["1.0.0", "2.1.0"];

/** Parses decrypted metadata by the schema that belongs to the dialect of the submission. */
export function readMetadata(bytes: Buffer, submission: Submission, report: Report): Metadata | undefined {
  report.ran("metadata");
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch {
    report.fail("metadata", problem("syntax-violation", "metadata", "Metadaten sind kein JSON"));
    return undefined;
  }
  return submission.dialect === "v1" ? readOld(value, submission, report) : readCurrent(value, report);
}

function readCurrent(value: unknown, report: Report): Metadata | undefined {
  if (typeof value !== "object" || value === null || !("$schema" in value)) {
    report.fail("metadata", problem("missing-schema", "metadata", "Metadaten nennen kein Schema"));
    return undefined;
  }
  const parsed = metadataSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  failFor(parsed.error, report);
  return undefined;
}

function readOld(value: unknown, { encryptedData }: Submission, report: Report): Metadata | undefined {
  const parsed = oldMetadataSchema.safeParse(value);
  if (!parsed.success) {
    failFor(parsed.error, report);
    return undefined;
  }
  const metadata = fromOldMetadata(parsed.data);
  // Where no data were sent, that is complained of already.
  if (!metadata && encryptedData !== undefined) {
    report.fail("metadata", problem("missing-data", "metadata", "Metadaten nennen keine Fachdaten"));
  }
  return metadata;
}

function failFor(error: z.ZodError, report: Report): void {
  const isSchema = error.issues.some((issue) => issue.path[0] === "$schema");
  const places = error.issues.slice(0, 5).map((issue) => `/${issue.path.join("/")}: ${issue.code}`);
  const slug = isSchema ? "unsupported-schema" : "schema-violation";
  report.fail("metadata", problem(slug, "metadata", places.join("; ")));
}
