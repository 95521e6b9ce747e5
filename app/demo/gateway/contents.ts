import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { openEnvelope } from "./envelope.ts";
import { hashOf, manifestSchema, type Manifest, type ManifestFile } from "./manifest.ts";
import { parseXml, type Fit, type Schemas } from "./schemas.ts";
import { readHead, type Head } from "./xml.ts";

/** Why a message is refused: words of the list of problems (docs/drop.md). */
export type Problem =
  | "syntax-violation"
  | "hash-mismatch"
  | "missing-attachment"
  | "encryption-issue"
  | "unsupported-schema"
  | "schema-violation"
  | "service-mismatch";

/** A message that was opened, or why it could not be. */
export type Opened =
  | { ok: false; problem: Problem; manifest?: Manifest }
  | { ok: true; manifest: Manifest; files: ReadonlyMap<string, Buffer>; data: Buffer; summary: Summary };

/** What the list of messages shows. */
type Summary = { kind: string; title: string; applicant: string; head?: Head };

// Of XAusländer: what the messages to an authority are.
const kinds: Readonly<Record<string, string>> = {
  "130101": "application",
  "130201": "application",
  "130301": "application",
  "130401": "application",
  "130103": "answer",
  "130111": "withdrawal",
};

const person = z.looseObject({ familyName: z.string().catch(""), givenNames: z.string().catch("") });
const payload = z.looseObject({
  messageId: z.guid(),
  kind: z.string().default("application"),
  service: z.looseObject({ title: z.string().catch("") }).catch({ title: "" }),
  subjects: z.array(person).catch([]),
});

/** Opens everything in the folder of a message and checks it as a gateway must: hashes first, then contents. */
export async function openMessage(
  folder: string,
  { messageId, key, schemas }: { messageId: string; key: string; schemas: Schemas },
): Promise<Opened> {
  const manifest = await readManifest(join(folder, "manifest.json"));
  if (!manifest || manifest.messageId.toLowerCase() !== messageId) return { ok: false, problem: "syntax-violation" };
  const files = new Map<string, Buffer>();
  for (const file of manifest.files) {
    const content = await openFile(join(folder, file.name), file, manifest.encryption === "cms" ? key : undefined);
    if (!Buffer.isBuffer(content)) return { ok: false, problem: content, manifest };
    files.set(file.name.replace(/\.p7m$/, ""), content);
  }
  const data = files.get(manifest.mimeType === "application/xml" ? "data.xml" : "data.json");
  if (!data) return { ok: false, problem: "syntax-violation", manifest };
  const summary =
    manifest.mimeType === "application/xml" ? readXml(data, manifest, schemas) : readJson(data, manifest, schemas);
  if (typeof summary === "string") return { ok: false, problem: summary, manifest };
  const packages = manifest.files.filter(
    ({ purpose, mimeType }) => purpose !== "data" && mimeType === "application/xml",
  );
  for (const { name } of packages) {
    const content = files.get(name.replace(/\.p7m$/, ""));
    const problem = content && checkXml(content, schemas, () => undefined);
    if (problem) return { ok: false, problem, manifest };
  }
  return { ok: true, manifest, files, data, summary };
}

async function readManifest(path: string): Promise<Manifest | undefined> {
  try {
    return manifestSchema.safeParse(JSON.parse(await readFile(path, "utf8"))).data;
  } catch {
    return undefined;
  }
}

async function openFile(path: string, file: ManifestFile, key: string | undefined): Promise<Buffer | Problem> {
  const size = await stat(path).then(
    (stats) => stats.size,
    () => undefined,
  );
  if (size === undefined) return "missing-attachment";
  const bytes = await readFile(path);
  if (size !== file.bytes || hashOf(bytes) !== file.sha256) return "hash-mismatch";
  const plain = key === undefined ? bytes : await openEnvelope(bytes, key);
  if (!plain) return "encryption-issue";
  return hashOf(plain) === file.plainSha256 ? plain : "hash-mismatch";
}

const fitProblems: Readonly<Record<Fit, Problem | undefined>> = {
  valid: undefined,
  invalid: "schema-violation",
  unknown: "unsupported-schema",
};

/** Checks a message in XML by its schema and lets `look` read it. */
function checkXml<T>(bytes: Buffer, schemas: Schemas, look: (head: Head | undefined) => T): Problem | T {
  const document = parseXml(bytes);
  if (!document) return "syntax-violation";
  try {
    return fitProblems[schemas.xml(document)] ?? look(readHead(document));
  } finally {
    document.dispose();
  }
}

function readXml(data: Buffer, { messageId, reference, schemaUri }: Manifest, schemas: Schemas): Summary | Problem {
  return checkXml<Summary | Problem>(data, schemas, (head) => {
    if (!head) return "syntax-violation";
    const isSame = head.messageId === messageId.toLowerCase() && head.reference === reference;
    if (!isSame || head.namespace !== schemaUri) return "service-mismatch";
    return { kind: kinds[head.type] ?? "other", title: `Nachricht ${head.type}`, applicant: head.applicant, head };
  });
}

function readJson(data: Buffer, { messageId, schemaUri }: Manifest, schemas: Schemas): Summary | Problem {
  let value: unknown;
  try {
    value = JSON.parse(data.toString("utf8"));
  } catch {
    return "syntax-violation";
  }
  const problem = fitProblems[schemas.json(schemaUri, value)];
  if (problem) return problem;
  const parsed = payload.safeParse(value);
  if (!parsed.success) return "syntax-violation";
  const { kind, service, subjects } = parsed.data;
  if (parsed.data.messageId.toLowerCase() !== messageId.toLowerCase()) return "service-mismatch";
  const [first] = subjects;
  const applicant = [first?.familyName, first?.givenNames].filter(Boolean).join(", ");
  return { kind, title: service.title, applicant };
}
