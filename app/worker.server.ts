import { createHash } from "node:crypto";
import type { App } from "#app/context.server.ts";
import { DeliveryError } from "#app/connector/errors.ts";
import type { Attachment, OutboundMessage, Receipt } from "#app/connector/transport.ts";
import { OUTBOX_QUEUE } from "#app/db.server.ts";
import { work, type Courier, type Failure, type Statement } from "#app/outbox/deliver.server.ts";
import { dueIds, progressBefore, releaseLeases, type OutboxRow } from "#app/outbox/queue.server.ts";
import { formOf } from "#app/form.server.ts";
import { formPlace } from "#app/outbox/message.server.ts";
import { collect } from "#app/store/blobs.server.ts";
import { recordDocument } from "#app/store/documents.server.ts";
import { SealError } from "#app/store/seal.server.ts";
import { openManifest, type Manifest } from "#app/store/manifest.server.ts";
import { sweep } from "#app/store/retention.server.ts";

const OPERATOR_MS = 5 * 60_000;
const SWEEP_MS = 1_000;
const RETENTION_MS = 15 * 60_000;

/** A running worker. `stop` resolves when what it had begun is done. */
export type Worker = { stop: () => Promise<void> };

/** Starts the worker: queue jobs wake it, and a sweeper finds due rows that have no job. The rows are the truth. */
export async function startWorker(app: App): Promise<Worker> {
  if (!app.keys.delivery.privateKey) throw new Error("WORKER=on needs the private part of the delivery key");
  const { boss, db, mode } = app.database;
  const deps = { db, now: app.now, random: Math.random, courier: courierOf(app) };
  if (mode === "pglite") await releaseLeases(db);
  // One at a time in each of several turns: a receiver that answers slowly holds up its own message only.
  const turns = { pollingIntervalSeconds: 0.5, batchSize: 1, localConcurrency: mode === "pglite" ? 2 : 8 };
  await boss.work<{ id: string }>(OUTBOX_QUEUE, turns, async (jobs) => {
    for (const job of jobs) {
      const state = await work(deps, job.data.id);
      app.log.info({ message: job.data.id, state }, "outbox");
    }
  });
  const sweeper = repeat(SWEEP_MS, app, async () => {
    for (const id of await dueIds(db, app.now(), 50)) {
      await boss.send(OUTBOX_QUEUE, { id }, { singletonKey: id, retryLimit: 0 });
    }
    app.heartbeat.worker = app.now();
  });
  const retention = repeat(RETENTION_MS, app, async () => {
    await sweep(db, app.blobs, app.now(), app.config.operator.retention);
  });
  return {
    stop: async () => {
      await Promise.all([sweeper.stop(), retention.stop()]);
      await boss.offWork(OUTBOX_QUEUE, { wait: true });
    },
  };
}

/** Runs `task` again and again with a pause between, never twice at once; a failure is logged and the next turn comes. */
function repeat(pauseMs: number, app: App, task: () => Promise<void>): { stop: () => Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const turn = () => {
    running = task()
      .catch((error: unknown) => app.log.error({ code: errorName(error) }, "worker"))
      .finally(() => {
        if (!stopped) timer = setTimeout(turn, pauseMs);
      });
  };
  turn();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

function errorName(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}

function courierOf(app: App): Courier {
  const route = (row: OutboxRow) => {
    const options = app.config.byId.get(row.authority)?.transport;
    const transport = options && app.transports.get(options.kind);
    if (!options || !transport) throw new DeliveryError("misconfigured", false);
    return { transport, options: transport.parseOptions(options) };
  };
  return {
    deliver: async (row, save) => {
      const { transport, options } = route(row);
      const message = await messageOf(app, row);
      return transport.deliver(message, options, row.progress, save);
    },
    poll: async (row) => {
      const { transport, options } = route(row);
      return (await transport.poll(row.id, options, row.progress)).map(toStatement);
    },
    failureOf: (error, row) => {
      const failure = failureOf(error);
      app.log.warn({ message: row.id, code: failure.code, attempts: row.attempts + 1 }, "outbox");
      return failure;
    },
  };
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof DeliveryError)) return { code: `internal.${errorName(error)}`, retryable: true };
  const { code, retryable, retryAfterMs } = error;
  // What stands at the receiver is not what we sent. It is never taken for delivered, and the message goes out again.
  if (code === "tagMismatch") return { code, retryable: true, startAnew: true };
  // Somebody has to put right credentials or settings; until then every message would be stuck at once.
  if (code === "unauthorised" || code === "misconfigured") {
    return { code, retryable: true, retryAfterMs: Math.max(retryAfterMs ?? 0, OPERATOR_MS) };
  }
  return { code, retryable, retryAfterMs };
}

function toStatement(receipt: Receipt): Statement {
  const codes = receipt.kind === "accepted" ? receipt.remarks : receipt.kind === "rejected" ? receipt.reasons : [];
  return { kind: receipt.kind, at: new Date(receipt.at), codes, proof: receipt.proof };
}

async function messageOf(app: App, row: OutboxRow): Promise<OutboundMessage> {
  if (row.deliveryWrap === null) throw new DeliveryError("unreadable", false);
  const manifest = await openManifest(app.keys, row.id, { sealed: row.sealed, deliveryWrap: row.deliveryWrap }).catch(
    (cause: unknown) => {
      throw new DeliveryError("unreadable", false, { cause });
    },
  );
  const form = await formAttachment(app, row, manifest);
  const follows = await progressBefore(app.database.db, row);
  return {
    id: row.id,
    reference: manifest.reference,
    filedOn: manifest.filedOn,
    service: manifest.service,
    ars: manifest.ars,
    data: { bytes: Buffer.from(manifest.payload), schemaUri: manifest.schemaUri, mimeType: "application/json" },
    attachments: [...(form ? [form] : []), ...manifest.files.map((file) => fileAttachment(app, file))],
    ...(follows === undefined ? {} : { follows }),
  };
}

async function formAttachment(app: App, row: OutboxRow, manifest: Manifest): Promise<Attachment | undefined> {
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

function fileAttachment(app: App, file: Manifest["files"][number]): Attachment {
  return {
    id: file.id,
    purpose: "attachment",
    mimeType: file.mimeType,
    filename: file.filename,
    description: file.code,
    read: async () => {
      const bytes = await collect(app.blobs.read(file.id, Buffer.from(file.key, "base64url"))).catch(
        (cause: unknown) => {
          // A damaged file stays so; one that is not there may be on a disk that comes back.
          throw new DeliveryError("unreadable", !(cause instanceof SealError), { cause });
        },
      );
      const hash = createHash("sha512").update(bytes).digest("hex");
      if (hash !== file.sha512) throw new DeliveryError("unreadable", false);
      return bytes;
    },
  };
}
