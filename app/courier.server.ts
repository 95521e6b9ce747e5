import type { App } from "#app/context.server.ts";
import type { Authority } from "#app/config/authority.ts";
import { formatOf } from "#app/config/format.ts";
import { DeliveryError } from "#app/connector/errors.ts";
import type { OutboundMessage, Receipt } from "#app/connector/transport.ts";
import type { Encoded, Filed, Form } from "#app/encoding/filed.ts";
import { encodeJson } from "#app/encoding/json.server.ts";
import { encodeXml } from "#app/encoding/xauslaender.server.ts";
import { familyForm, familyTitle, formOf } from "#app/form.server.ts";
import type { Courier, Failure } from "#app/outbox/deliver.server.ts";
import { formPlace } from "#app/outbox/message.server.ts";
import { contentsOf, progressBefore, type Message } from "#app/outbox/queue.server.ts";
import type { Room, Share } from "#app/outbox/room.server.ts";
import type { Statement } from "#app/outbox/statements.server.ts";
import { recordDocument } from "#app/store/documents.server.ts";
import { openManifest, type Manifest } from "#app/store/manifest.server.ts";
import type { Payload } from "#flows/delivery/payload.ts";

const OPERATOR_MS = 5 * 60_000;
/** How often the event log must tell of foreign content before the message is given up. */
const READINGS = 3;
/** What the PDF of a message is called, of those kinds that have one. */
const titles: Partial<Readonly<Record<Message["kind"], string>>> = {
  application: "Antrag",
  supplement: "Nachreichung",
};

/** Brings rows of the outbox to the transport of their authority; files are in memory only as far as the room allows. */
export function courierOf(app: App, room: Room): Courier {
  const route = (row: Message) => {
    const authority = app.config.byId.get(row.authority);
    const transport = authority && app.transports.get(authority.transport.kind);
    if (!authority || !transport) throw new DeliveryError("misconfigured", false);
    return { authority, transport, options: transport.parseOptions(authority.transport) };
  };
  return {
    deliver: async (row, save) => {
      const { authority, transport, options } = route(row);
      const share = room.share();
      try {
        const message = await messageOf(app, row, authority, share);
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

async function messageOf(app: App, row: Message, authority: Authority, share: Share): Promise<OutboundMessage> {
  const contents = await contentsOf(app.database.db, row.id);
  if (!contents || contents.deliveryWrap === null) throw new DeliveryError("unreadable", false);
  const { sealed, deliveryWrap } = contents;
  const manifest = await openManifest(app.keys, row.id, { sealed, deliveryWrap }).catch((cause: unknown) => {
    throw new DeliveryError("unreadable", false, { cause });
  });
  const form = await formFor(app, row, manifest);
  const family = await familyFor(app, row, manifest);
  const encoded = await encode(app, { row, manifest, form, family, share }, authority);
  const follows = await progressBefore(app.database.db, row);
  const { reference, filedOn, service, ars } = manifest;
  return { id: row.id, reference, filedOn, service, ars, ...encoded, ...(follows === undefined ? {} : { follows }) };
}

/** In the format that the authority takes. */
async function encode(app: App, filed: Filed, authority: Authority): Promise<Encoded> {
  const format = formatOf(authority);
  if (format === "json") return encodeJson(app, filed);
  const standard = app.standards.get(format);
  if (!standard) throw new DeliveryError("misconfigured", false);
  // Folders hold messages only; FIT-Connect has a place for files of its own.
  const carries = authority.transport.kind === "drop" ? "packages" : "attachments";
  return encodeXml(app, standard, filed, authority, carries);
}

/** The PDF belongs to the message, but a PDF that cannot be drawn never keeps the application from its authority. */
async function formFor(app: App, row: Message, manifest: Manifest): Promise<Form | undefined> {
  const title = titles[row.kind];
  if (title === undefined) return undefined;
  try {
    const bytes = await formOf(app, { payload: manifest.payload, form: formPlace(manifest) });
    await recordDocument(app.database.db, row.caseId, bytes, row.createdAt);
    return { bytes, title, filename: `${title}-${manifest.reference}.pdf` };
  } catch (error) {
    app.log.error({ message: row.id, code: errorName(error) }, "pdf");
    return undefined;
  }
}

/** The overview of the family, where the message has one; like the PDF it never keeps an application from its authority. */
async function familyFor(app: App, row: Message, { family, payload, reference }: Manifest): Promise<Form | undefined> {
  if (!family) return undefined;
  try {
    // Frozen by this service and checked by its schema then.
    const bytes = await familyForm(JSON.parse(payload) as Payload, family.entries);
    return { bytes, title: familyTitle, filename: `Familie-${reference}.pdf` };
  } catch (error) {
    app.log.error({ message: row.id, code: errorName(error) }, "pdf");
    return undefined;
  }
}
