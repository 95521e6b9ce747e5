import { randomBytes, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { App } from "#app/context.server.ts";
import type { Authority } from "#app/config/authority.ts";
import type { Db } from "#app/db.server.ts";
import { formatReference } from "#app/store/access-code.ts";
import { appendEvent, findCase, insertCase } from "#app/store/cases.server.ts";
import { findDraft, type Draft } from "#app/store/drafts.server.ts";
import { adoptBlobs, removeBlobsOf } from "#app/store/files.server.ts";
import type { Holder } from "#app/store/holder.server.ts";
import { sealManifest, type Manifest } from "#app/store/manifest.server.ts";
import { receiptHash, signReceipt } from "#app/store/receipt.server.ts";
import { evidenceAnswers, type EvidenceAnswers } from "#flows/engine/evidence.ts";
import type { Facts } from "#flows/engine/facts.ts";
import { payloadOf, payloadSchema, schemaUri, type Header, type Payload } from "#flows/delivery/payload.ts";
import type { Words } from "#flows/delivery/words.ts";
import { deadlineFor } from "#flows/law/deadline.ts";
import { evidenceFor } from "#flows/law/evidence.ts";
import { feeFor } from "#flows/law/fee.ts";
import { legalBasisFor } from "#flows/law/legalBasis.ts";
import type { Service, ServiceWalk } from "#flows/services/service.ts";
import { drafts, outbox } from "#drizzle/schema.ts";

const DAY_MS = 86_400_000;

/** What a filing needs beside the draft: decided by the route, checked here again. */
export type Filing = {
  holder: Holder;
  authority: Authority;
  service: Service;
  serviceTitle: string;
  language: string;
  words: Words;
  demo: string | undefined;
  /** Walks the answers of the locked draft. */
  walk: (draft: Draft) => { walked: ServiceWalk; facts: Facts };
};

export type Filed =
  { ok: true; reference: string } | { ok: false; reason: "incomplete" | "noDraft" | "notConnected" | "filesMissing" };

/** A file named in the draft is not there any more: undoes the filing, so that the person can hand it in again. */
class FilesMissing extends Error {
  readonly code = "filesMissing";
}

/**
 * Files the draft of a code in one transaction: freezes answers, seals the manifest for the worker and a copy for the
 * applicant, signs the receipt, appends "filed", enqueues the delivery, deletes the draft. Either all of it happened or
 * nothing. Pressed twice, it files once and answers the same.
 */
export async function fileApplication(app: App, filing: Filing): Promise<Filed> {
  const { holder, authority } = filing;
  if (authority.transport.kind === "none") return { ok: false, reason: "notConnected" };
  const filed = await inTransaction(app, filing).catch((error: unknown): Filed => {
    if (error instanceof FilesMissing) return { ok: false, reason: "filesMissing" };
    throw error;
  });
  // Files that the application no longer asks for were not sent; nobody needs them now.
  if (filed.ok) await removeBlobsOf(app.database.db, app.blobs, holder.id);
  return filed;
}

function inTransaction(app: App, filing: Filing): Promise<Filed> {
  const { holder, authority } = filing;
  return app.database.db.transaction(async (tx): Promise<Filed> => {
    const draft = await findDraft(tx, holder, app.now(), true);
    if (!draft) {
      const filed = await findCase(tx, holder, app.now());
      return filed ? { ok: true, reference: filed.reference } : { ok: false, reason: "noDraft" };
    }
    const { walked, facts } = filing.walk(draft);
    const isOwn = draft.authority === authority.id;
    if (!isOwn || !walked.triage.isComplete || !walked.service.isComplete) return { ok: false, reason: "incomplete" };
    return { ok: true, reference: await freeze(app, tx, filing, walked, facts) };
  });
}

async function freeze(app: App, tx: Db, filing: Filing, walked: ServiceWalk, facts: Facts): Promise<string> {
  const { holder, authority, service } = filing;
  const filedAt = app.now();
  const caseId = randomUUID();
  const messageId = randomUUID();
  const reference = formatReference(randomBytes(7));
  const situation = service.situation({ ...facts, answers: walked.answers });
  const asked = evidenceFor(situation, facts.law, facts.today);
  const files = evidenceAnswers(walked.service.answers["evidence"]);
  const header: Header = {
    messageId,
    reference,
    filedAt: filedAt.toISOString(),
    authority: { id: authority.id, ars: authority.ars, name: authority.name },
    language: filing.language,
    serviceTitle: filing.serviceTitle,
    suggestion: suggestionOf(situation, facts),
    asked,
    files,
    ...(filing.demo === undefined ? {} : { demo: filing.demo }),
  };
  const payload = payloadSchema(service, filing.words).parse(payloadOf(service, walked, facts, header, filing.words));
  const text = JSON.stringify(payload);
  const manifest = manifestOf(payload, text, filing, { files, filedOn: facts.today });
  const retention = app.config.operator.retention;
  const expiresAt = new Date(filedAt.getTime() + retention.applicantCopyMaximumDays * DAY_MS);
  const receipt = await signReceipt(app.keys, {
    v: 1,
    reference,
    authority: authority.ars,
    service: service.id,
    filedAt: header.filedAt,
    files: manifest.files.length,
    hash: receiptHash(Buffer.from(text)),
  });
  const row = { id: caseId, authority: authority.id, reference, service: service.id, receipt, filedAt, expiresAt };
  await insertCase(tx, holder, { ...row, copy: { payload: text, language: filing.language } });
  await tx.insert(outbox).values({
    id: messageId,
    caseId,
    authority: authority.id,
    kind: "application",
    state: "waiting",
    destination: destinationOf(authority),
    progress: {},
    attempts: 0,
    nextAttemptAt: filedAt,
    createdAt: filedAt,
    ...(await sealManifest(app.keys, messageId, manifest)),
  });
  await appendEvent(tx, { caseId, authority: authority.id, messageId, kind: "filed", at: filedAt });
  const fileIds = manifest.files.map((file) => file.id);
  if (!(await adoptBlobs(tx, holder.id, caseId, fileIds, expiresAt))) throw new FilesMissing();
  await tx.delete(drafts).where(eq(drafts.id, holder.id));
  await app.database.wake(tx, messageId);
  return reference;
}

/** Names the receiver of an authority's messages, so that one dead receiver can be told from the others. */
function destinationOf({ transport, id }: Authority): string {
  return transport.kind === "fit-connect" ? `fit-connect:${transport.destinationId}` : `${transport.kind}:${id}`;
}

function suggestionOf(situation: Parameters<typeof feeFor>[0], facts: Facts): Payload["suggestion"] {
  const fee = feeFor(situation, facts.law, facts.today);
  const { basis } = legalBasisFor(situation, facts.law, facts.today);
  const { codes, date, days, effect } = deadlineFor(situation, facts.law, facts.today);
  return {
    ...(basis === undefined ? {} : { legalBasis: basis }),
    fee:
      fee.kind === "exact"
        ? { cents: fee.cents }
        : fee.kind === "range"
          ? { from: fee.from, to: fee.to }
          : { unknown: true },
    effect,
    deadline: { codes: [...codes], ...(date === undefined ? {} : { date }), ...(days === undefined ? {} : { days }) },
  };
}

function manifestOf(
  payload: Payload,
  text: string,
  filing: Filing,
  given: { files: EvidenceAnswers; filedOn: string },
): Manifest {
  const names = new Map(
    payload.evidence.flatMap((entry) =>
      entry.files.map((file) => [file.attachmentId, { code: entry.code, filename: file.filename }]),
    ),
  );
  const files = Object.values(given.files).flatMap((entry) =>
    entry.files.flatMap((file) => {
      const name = names.get(file.id);
      return name ? [{ ...file, ...name }] : [];
    }),
  );
  return {
    payload: text,
    schemaUri: schemaUri(filing.service),
    service: { leika: filing.service.leika, name: filing.serviceTitle },
    ars: filing.authority.ars,
    reference: payload.reference,
    filedOn: given.filedOn,
    formId: randomUUID(),
    files,
  };
}
