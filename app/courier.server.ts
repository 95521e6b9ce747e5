import { createHash } from "node:crypto";
import type { App } from "#app/context.server.ts";
import { DeliveryError } from "#app/connector/errors.ts";
import type { Attachment, OutboundMessage, Receipt } from "#app/connector/transport.ts";
import { formOf } from "#app/form.server.ts";
import type { Courier, Failure, Statement } from "#app/outbox/deliver.server.ts";
import { formPlace } from "#app/outbox/message.server.ts";
import { contentsOf, progressBefore, type Message } from "#app/outbox/queue.server.ts";
import type { Room, Share } from "#app/outbox/room.server.ts";
import { recordDocument } from "#app/store/documents.server.ts";
import { SealError } from "#app/store/seal.server.ts";
import { openManifest, type Manifest } from "#app/store/manifest.server.ts";

const OPERATOR_MS = 5 * 60_000;
/** How often the event log must tell of foreign content before the message is given up. */
const READINGS = 3;

/** Brings rows of the outbox to the transport of their authority; files are in memory only as far as the room allows. */
export function courierOf(app: App, room: Room): Courier {
  const route = (row: Message) => {
    const options = app.config.byId.get(row.authority)?.transport;
    const transport = options && app.transports.get(options.kind);
    if (!options || !transport) throw new DeliveryError("misconfigured", false);
    return { transport, options: transport.parseOptions(options) };
  };
  return {
    deliver: async (row, save) => {
      const { transport, options } = route(row);
      const share = room.share();
      try {
        const message = await messageOf(app, row, share);
        return await transport.deliver(message, options, row.progress, save);
      } finally {
        share.leave();
      }
    },
    poll: async (row) => {
      const { transport, options } = route(row);
      return (await transport.poll(row.id, options, row.progress)).map(toStatement);
    },
    failureOf: (error, row) => {
      const failure = failureOf(error, row.attempts);
      app.log.warn({ message: row.id, code: failure.code, attempts: row.attempts + 1 }, "outbox");
      return failure;
    },
  };
}

function failureOf(error: unknown, attempts: number): Failure {
  if (!(error instanceof DeliveryError)) return { code: `internal.${errorName(error)}`, retryable: true };
  const { code, retryable, retryAfterMs } = error;
  // Somebody has to put right credentials or settings; until then every message would be stuck at once.
  if (code === "unauthorised" || code === "misconfigured") {
    return { code, retryable: true, retryAfterMs: Math.max(retryAfterMs ?? 0, OPERATOR_MS) };
  }
  // What was read may have been falsified on its way, and asking again sends nothing: a delivery reads before it writes.
  if (code === "tagMismatch") return { code, retryable: attempts + 1 < READINGS };
  return { code: error.reason, retryable, retryAfterMs };
}

function errorName(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}

function toStatement(receipt: Receipt): Statement {
  const codes = receipt.kind === "accepted" ? receipt.remarks : receipt.kind === "rejected" ? receipt.reasons : [];
  return { kind: receipt.kind, at: new Date(receipt.at), codes, proof: receipt.proof };
}

async function messageOf(app: App, row: Message, share: Share): Promise<OutboundMessage> {
  const contents = await contentsOf(app.database.db, row.id);
  if (!contents || contents.deliveryWrap === null) throw new DeliveryError("unreadable", false);
  const { sealed, deliveryWrap } = contents;
  const manifest = await openManifest(app.keys, row.id, { sealed, deliveryWrap }).catch((cause: unknown) => {
    throw new DeliveryError("unreadable", false, { cause });
  });
  const form = await formAttachment(app, row, manifest);
  const follows = await progressBefore(app.database.db, row);
  return {
    id: row.id,
    reference: manifest.reference,
    filedOn: manifest.filedOn,
    service: manifest.service,
    ars: manifest.ars,
    data: { bytes: Buffer.from(manifest.payload), schemaUri: manifest.schemaUri, mimeType: "application/json" },
    attachments: [...(form ? [form] : []), ...manifest.files.map((file) => fileAttachment(app, file, share))],
    ...(follows === undefined ? {} : { follows }),
  };
}

async function formAttachment(app: App, row: Message, manifest: Manifest): Promise<Attachment | undefined> {
  const bytes = await drawn(app, row.id, manifest);
  if (!bytes) return undefined;
  await recordDocument(app.database.db, row.caseId, bytes, row.createdAt);
  const description = row.kind === "supplement" ? "Nachreichung" : "Antrag";
  const filename = `${description}-${manifest.reference}.pdf`;
  return {
    id: manifest.formId,
    purpose: "form",
    mimeType: "application/pdf",
    filename,
    description,
    size: bytes.length,
    read: async () => bytes,
  };
}

/** The PDF belongs to the message, but a PDF that cannot be drawn never keeps the application from its authority. */
async function drawn(app: App, messageId: string, manifest: Manifest): Promise<Uint8Array | undefined> {
  try {
    return await formOf(app, { payload: manifest.payload, form: formPlace(manifest) });
  } catch (error) {
    app.log.error({ message: messageId, code: errorName(error) }, "pdf");
    return undefined;
  }
}

function fileAttachment(app: App, file: Manifest["files"][number], share: Share): Attachment {
  return {
    id: file.id,
    purpose: "attachment",
    mimeType: file.mimeType,
    filename: file.filename,
    description: file.code,
    size: file.size,
    sha512: file.sha512,
    read: async () => {
      await share.take(file.size);
      return readWhole(app, file).catch((cause: unknown) => {
        if (cause instanceof DeliveryError) throw cause;
        // A damaged file stays so; one that is not there may be on a disk that comes back.
        throw new DeliveryError("unreadable", !(cause instanceof SealError), { cause });
      });
    },
  };
}

/** Reads a file into the one piece of memory that it needs. @throws DeliveryError if it is not what was filed */
async function readWhole(app: App, file: Manifest["files"][number]): Promise<Uint8Array> {
  const whole = Buffer.allocUnsafeSlow(file.size);
  const hash = createHash("sha512");
  let end = 0;
  for await (const part of app.blobs.read(file.id, Buffer.from(file.key, "base64url"))) {
    if (end + part.length > whole.length) throw new DeliveryError("unreadable", false);
    whole.set(part, end);
    hash.update(part);
    end += part.length;
  }
  if (end !== whole.length || hash.digest("hex") !== file.sha512) throw new DeliveryError("unreadable", false);
  return whole;
}
