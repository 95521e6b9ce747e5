import type { App } from "#app/context.server.ts";
import type { Authority } from "#app/config/authority.ts";
import { DeliveryError } from "#app/connector/errors.ts";
import type { Attachment } from "#app/connector/transport.ts";
import { archiveOf, archiveSize, packageId } from "#app/encoding/archive.ts";
import { documentsOf, type SendableDocument } from "#app/encoding/documents.server.ts";
import { envelopeOf } from "#app/encoding/envelope.ts";
import type { Encoded, Filed } from "#app/encoding/filed.ts";
import { validatorFor } from "#app/xml/validate.server.ts";
import { MOST_INLINE_BYTES, planDocuments, type DocumentPlan } from "#flows/delivery/documentPlan.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import { replyPayload } from "#flows/delivery/reply.ts";
import type { Envelope, Following, PlacedDocument, Placing, Standard, Written } from "#flows/delivery/standard.ts";

/** How a transport carries documents that stand in no message: beside it under their ids, or in packages that are messages. */
type Carries = "attachments" | "packages";

type Parts = { documents: readonly PlacedDocument[]; following?: Following };

/** What a kind of message says about its documents, and how it is written around them. */
type Draft = {
  placing: Placing;
  titleOf: (file: { id: string; code: string }) => string;
  write: (parts: Parts) => Written;
};

/**
 * A filed message in a version of XAusländer, valid by our schema. Files are in memory only while they are written into it.
 * @throws DeliveryError invalidMessage if it does not fit the schema, tooLarge if what must stand in it has no room there
 */
export async function encodeXml(
  app: Pick<App, "blobs" | "config" | "env" | "log">,
  standard: Standard,
  filed: Filed,
  authority: Authority,
  carries: Carries,
): Promise<Encoded> {
  const { row, share } = filed;
  const envelope = envelopeOf(app, authority, { id: row.id, filedAt: row.createdAt });
  const draft = draftOf(standard, filed, envelope);
  const documents = await documentsOf(app, filed, draft.titleOf);
  const plan = planDocuments(documents, draft.placing);
  const following = carries === "packages" ? followingOf(plan) : undefined;
  const placed = await placedIn(documents, plan, share);
  // Some messages must hold the PDF; where it could not be drawn, the next attempt draws it anew.
  const mayLackForm = filed.form === undefined && (row.kind === "application" || row.kind === "supplement");
  const finish = (written: () => Written) => finished(app, { standard, id: row.id, mayLackForm }, written);
  const bytes = finish(() => draft.write({ documents: placed, ...(following && { following }) }));
  const context = { envelope, reference: filed.manifest.reference, held: bytes.length, share, standard, finish };
  return {
    data: { bytes, schemaUri: standard.schemaUri, mimeType: "application/xml" },
    attachments:
      carries === "packages"
        ? plan.packages.map((own, index) => packageAttachment(context, own, index + 1, plan.packages.length))
        : plan.packages.flat().map((document) => documentAttachment(context, document)),
  };
}

function draftOf(standard: Standard, { row, manifest }: Filed, envelope: Envelope): Draft {
  if (row.kind === "answer" || row.kind === "withdrawal") return replyDraft(standard, manifest.payload, envelope);
  // Frozen by this service and checked by its schema then.
  const payload = JSON.parse(manifest.payload) as Payload;
  const titles = new Map(payload.evidence.map(({ code, title }) => [code, title]));
  return {
    placing: standard.placing(payload),
    titleOf: ({ code }) => titles.get(code) ?? code,
    write: (parts) => standard.application({ ...envelope, payload, ...parts }),
  };
}

function replyDraft(standard: Standard, frozen: string, envelope: Envelope): Draft {
  const { kind, reference, answersTo = "", text, documents } = replyPayload.parse(JSON.parse(frozen));
  const titles = new Map(documents.map(({ attachmentId, title }) => [attachmentId, title]));
  const answer = { ...envelope, reference, answersTo, ...(text === undefined ? {} : { text }) };
  return {
    placing: { allInline: false, inlineCodes: new Set() },
    titleOf: ({ id, code }) => titles.get(id) ?? code,
    write: (parts) =>
      kind === "answer" ? standard.answer({ ...answer, ...parts }) : standard.withdrawal({ ...envelope, reference }),
  };
}

/** Reads what stands in the message itself; the others are only named there. */
async function placedIn(
  documents: readonly SendableDocument[],
  { inline }: DocumentPlan<SendableDocument>,
  share: Filed["share"],
): Promise<PlacedDocument[]> {
  const bytes = sizeOf(inline);
  if (bytes > MOST_INLINE_BYTES) throw new DeliveryError("tooLarge", false);
  await share.take(bytes);
  const stays = new Set(inline);
  const placed: PlacedDocument[] = [];
  for (const document of documents) {
    const { id, code, title, filename, format } = document;
    const base64 = stays.has(document) ? base64Of(await document.load()) : undefined;
    placed.push({ id, code, title, filename, format, ...(base64 === undefined ? {} : { base64 }) });
  }
  return placed;
}

/** Writes a message and checks it by the schema; nothing of its content leaves. */
function finished(
  { log }: Pick<App, "log">,
  { standard, id, mayLackForm }: { standard: Standard; id: string; mayLackForm: boolean },
  write: () => Written,
): Buffer {
  let bytes: Buffer;
  try {
    bytes = Buffer.from(write().xml);
  } catch (cause) {
    throw mayLackForm ? cause : new DeliveryError("invalidMessage", false, { cause });
  }
  const validity = validatorFor(standard).validate(bytes);
  if (validity.ok) return bytes;
  if (validity.reason === "tooLarge") throw new DeliveryError("tooLarge", false);
  log.error({ message: id, line: validity.line }, "invalid message");
  throw new DeliveryError("invalidMessage", false);
}

/** What is the same for everything that follows a message; `held` is the size of the message, which stays in memory. */
type Context = {
  envelope: Envelope;
  reference: string;
  held: number;
  share: Filed["share"];
  standard: Standard;
  finish: (write: () => Written) => Buffer;
};

function documentAttachment({ share, held }: Context, document: SendableDocument): Attachment {
  const { id, purpose, mimeType, filename, code, size, sha512, load } = document;
  const read = async () => {
    await share.take(size + held);
    return load();
  };
  const described = { id, purpose, mimeType, filename, description: code, size };
  return { ...described, ...(sha512 === undefined ? {} : { sha512 }), read };
}

/** Documents that travel together, as a message of its own; made when its turn has come. */
function packageAttachment(context: Context, own: readonly SendableDocument[], number: number, of: number): Attachment {
  const { envelope, reference, held, share, standard, finish } = context;
  const id = packageId(envelope.messageId, number);
  const input = { ...envelope, messageId: id, reference, announcedBy: envelope.messageId, number, of };
  const zipBytes = archiveSize(own.map(entryOf));
  const frame = Buffer.byteLength(standard.documents({ ...input, zipBase64: "" }).xml);
  return {
    id,
    purpose: "attachment",
    mimeType: "application/xml",
    filename: `package-${number}.xml`,
    description: "package",
    size: frame + base64Length(zipBytes),
    read: async () => {
      await share.take(zipBytes + held);
      const files = [];
      for (const document of own) files.push({ ...entryOf(document), bytes: await document.load() });
      const zipBase64 = base64Of(archiveOf(files));
      return finish(() => standard.documents({ ...input, zipBase64 }));
    },
  };
}

const entryOf = ({ id, format, size }: SendableDocument) => ({ name: `${id}.${format}`, size });

function followingOf({ packages }: DocumentPlan<SendableDocument>): Following | undefined {
  if (packages.length === 0) return undefined;
  const bytes = packages.reduce((sum, own) => sum + archiveSize(own.map(entryOf)), 0);
  return { packages: packages.length, bytes };
}

const sizeOf = (documents: readonly SendableDocument[]) => documents.reduce((sum, { size }) => sum + size, 0);
const base64Length = (bytes: number) => 4 * Math.ceil(bytes / 3);
const base64Of = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
