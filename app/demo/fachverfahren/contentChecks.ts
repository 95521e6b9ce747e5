import type { Submission } from "./client.ts";
import type { Receiver } from "./checks.ts";
import { sha512 } from "./hashes.ts";
import type { Metadata } from "./metadata.ts";
import { payloadSchema, type Payload } from "./payload.ts";
import { problem } from "./problems.ts";
import type { Report } from "./report.ts";
import { treeOf, withXml } from "./xmlDocument.ts";
import { readXmlMessage, type InlineDocument, type XmlContent } from "./xmlPayload.ts";

/** The decrypted and checked content of a submission. */
export type Content = {
  metadata: Metadata;
  data: Buffer;
  payload: Payload;
  /** Documents that stand in the data themselves are among them. */
  attachments: ReadonlyMap<string, Buffer>;
  inline: readonly InlineDocument[];
};

type Input = {
  submission: Submission;
  metadata: Metadata;
  data: Buffer | undefined;
  attachments: ReadonlyMap<string, Buffer>;
  receiver: Receiver;
  report: Report;
};

const unknownSchema = problem("unsupported-schema", "data", "Das Schema ist hier nicht bekannt");

/** Is the service offered, and does it take this schema? */
function checkService({ submission, metadata, receiver, report }: Input): boolean {
  report.ran("service");
  const identifier = submission.serviceIdentifier;
  const offered = receiver.destination.publicServices.filter((service) => service.identifier === identifier);
  if (offered.length === 0) {
    report.fail("service", problem("unsupported-service", "metadata", "Die Leistung wird hier nicht angeboten"));
    return false;
  }
  if (metadata.publicService && metadata.publicService.identifier !== identifier) {
    report.fail("service", problem("service-mismatch", "metadata", "Angekündigt wurde eine andere Leistung"));
  }
  const { schemaUri, mimeType } = metadata.contentStructure.data.submissionSchema;
  const schemas = offered.flatMap((service) => service.submissionSchemas);
  if (schemas.some((schema) => schema.schemaUri === schemaUri && schema.mimeType === mimeType)) return true;
  report.fail("schema", problem("unsupported-schema", "metadata", "Das Schema gehört nicht zu dieser Leistung"));
  return false;
}

async function checkPayload(data: Buffer, { metadata, receiver, report }: Input): Promise<Payload | undefined> {
  report.ran("schema");
  const { schemaUri } = metadata.contentStructure.data.submissionSchema;
  const schema = await receiver.schemas.find(schemaUri);
  if (!schema) {
    report.fail("schema", unknownSchema);
    return undefined;
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(data));
  } catch {
    report.fail("schema", problem("syntax-violation", "data", "Die Fachdaten sind kein JSON in UTF-8"));
    return undefined;
  }
  const violations = schema.violations(value);
  if (violations.length > 0) {
    report.fail("schema", problem("schema-violation", "data", violations.join("; ")));
    return undefined;
  }
  const parsed = payloadSchema.safeParse(value);
  if (!parsed.success) {
    const places = parsed.error.issues.slice(0, 5).map((issue) => `/${issue.path.join("/")}: ${issue.code}`);
    report.fail("schema", problem("schema-violation", "data", places.join("; ")));
    return undefined;
  }
  if (parsed.data.$schema !== undefined && parsed.data.$schema !== schemaUri) {
    report.fail("schema", problem("schema-violation", "data", "Fachdaten und Metadaten nennen verschiedene Schemas"));
  }
  return parsed.data;
}

async function checkXml(
  data: Buffer,
  { submission, metadata, receiver, report }: Input,
): Promise<XmlContent | undefined> {
  report.ran("schema");
  const schema = await receiver.schemas.findXml(metadata.contentStructure.data.submissionSchema.schemaUri);
  if (!schema) {
    report.fail("schema", unknownSchema);
    return undefined;
  }
  const read = withXml(data, (document) => {
    const violations = schema.violations(document);
    return { violations, root: violations.length === 0 ? treeOf(document.root) : undefined };
  });
  if (!read) {
    report.fail("schema", problem("syntax-violation", "data", "Die Fachdaten sind kein XML in UTF-8"));
    return undefined;
  }
  if (!read.root) {
    report.fail("schema", problem("schema-violation", "data", read.violations.join("; ")));
    return undefined;
  }
  const id = submission.serviceIdentifier ?? "";
  const offered = receiver.destination.publicServices.find(({ identifier }) => identifier === id);
  return readXmlMessage(read.root, { id, title: offered?.name ?? "Leistung ohne Namen" });
}

/** Evidence that points to files which did not come is a note for the clerk, no reason to refuse. */
function checkReferences(payload: Payload, { attachments, report }: Input): void {
  report.ran("references");
  for (const { code, files } of payload.evidence) {
    for (const { attachmentId, sha512: expected } of files) {
      const bytes = attachments.get(attachmentId);
      if (!bytes) report.note("references", `${code}: genannte Datei liegt nicht bei`);
      else if (expected && sha512(bytes) !== expected)
        report.note("references", `${code}: Datei hat einen anderen Inhalt`);
    }
  }
}

/** Checks service, schema and business record; the content is there when the record could be read. */
export async function checkContent(input: Input): Promise<Content | undefined> {
  if (!checkService(input) || !input.data) return undefined;
  const { metadata, data } = input;
  const isXml = metadata.contentStructure.data.submissionSchema.mimeType === "application/xml";
  const xml = isXml ? await checkXml(data, input) : undefined;
  const payload = isXml ? xml?.payload : await checkPayload(data, input);
  if (!payload) return undefined;
  const inline = xml?.documents ?? [];
  const attachments = new Map([
    ...input.attachments,
    ...inline.map(({ attachmentId, bytes }) => [attachmentId, bytes] as const),
  ]);
  checkReferences(payload, { ...input, attachments });
  return { metadata, data, payload, attachments, inline };
}
