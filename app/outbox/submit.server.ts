import { randomBytes, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { App } from "#app/context.server.ts";
import type { Db } from "#app/db.server.ts";
import { keepForm } from "#app/form.server.ts";
import {
  copyWith,
  enqueueFrozen,
  formPlace,
  freezeMessage,
  type Frozen,
  type Order,
  type Outgoing,
} from "#app/outbox/message.server.ts";
import { formatReference } from "#app/store/access-code.ts";
import { changeCase, eventsOf, findCase, insertCase, type ApplicantCopy, type Case } from "#app/store/cases.server.ts";
import { sealContact } from "#app/store/contact.server.ts";
import { findDraft, type Draft, type Supplement } from "#app/store/drafts.server.ts";
import { adoptBlobs, removeBlobsOf } from "#app/store/files.server.ts";
import { noteFiled } from "#app/store/helped.server.ts";
import type { Holder } from "#app/store/holder.server.ts";
import { holderCheckOf } from "#app/store/holderCheck.server.ts";
import { newLetterKeys } from "#app/store/letterKey.server.ts";
import { findMarked, keepMarks, keyedMarks, scopesOf } from "#app/store/marks.server.ts";
import { receiptHash, signReceipt } from "#app/store/receipt.server.ts";
import { evidenceAnswers } from "#flows/engine/evidence.ts";
import type { Facts } from "#flows/engine/facts.ts";
import { isOpen, statusOf } from "#flows/engine/status.ts";
import { isSensitive } from "#flows/services/sensitive.ts";
import type { ServiceWalk } from "#flows/services/service.ts";
import { drafts } from "#drizzle/schema.ts";

const DAY_MS = 86_400_000;

/** What a filing needs beside the draft: decided by the route, checked here again. */
export type Filing = Order & {
  holder: Holder;
  /** Walks the answers of the locked draft. */
  walk: (draft: Draft) => Given;
};

export type Filed =
  | { ok: true; reference: string }
  | { ok: false; reason: "incomplete" | "noDraft" | "noCase" | "notConnected" | "filesMissing" };

/** A file named in the draft is not there any more: undoes the filing, so that the person can hand it in again. */
class FilesMissing extends Error {
  readonly code = "filesMissing";
}

/** A message that was filed now, of a case that was not filed before. */
type FiledNow = { outgoing: Outgoing; frozen: Frozen; expiresAt: Date };

/** The walked answers of the locked draft, with the facts around them. */
type Given = { walked: ServiceWalk; facts: Facts };

/**
 * Files the draft of a code in one transaction: freezes answers, seals the manifest for the worker and a copy for the
 * applicant, signs the receipt, appends "filed", enqueues the delivery, deletes the draft. Either all of it happened or
 * nothing. Pressed twice, it files once and answers the same. A draft that adds to a filed case becomes a supplement there.
 */
export async function fileApplication(app: App, filing: Filing): Promise<Filed> {
  const { holder, authority } = filing;
  if (authority.transport.kind === "none") return { ok: false, reason: "notConnected" };
  const { now, ...filed } = await inTransaction(app, filing).catch((error: unknown): Outcome => {
    if (error instanceof FilesMissing) return { ok: false, reason: "filesMissing" };
    throw error;
  });
  // Files that the application no longer asks for were not sent; nobody needs them now.
  if (filed.ok) await removeBlobsOf(app.database.db, app.blobs, holder.id);
  if (now) await keepFormOf(app, authority.id, now);
  return filed;
}

async function keepFormOf(app: App, authority: string, { outgoing, frozen, expiresAt }: FiledNow): Promise<void> {
  const form = formPlace(frozen.manifest);
  if (form) await keepForm(app, { payload: frozen.text, form }, { caseId: outgoing.caseId, authority, expiresAt });
}

type Outcome = Filed & { now?: FiledNow };

function inTransaction(app: App, filing: Filing): Promise<Outcome> {
  return app.database.db.transaction((tx) => fileWithin(app, tx, filing));
}

/**
 * Files a draft inside the caller's transaction, with all that `fileApplication` does there. The PDF is not drawn: whoever needs
 * it first draws it.
 */
export async function fileWithin(app: App, tx: Db, filing: Filing): Promise<Outcome> {
  const { holder, authority } = filing;
  const draft = await findDraft(tx, holder, app.now(), true);
  if (!draft) {
    const filed = await findCase(tx, holder, app.now());
    return filed ? { ok: true, reference: filed.reference } : { ok: false, reason: "noDraft" };
  }
  const given = filing.walk(draft);
  const isOwn = draft.authority === authority.id;
  const isComplete = given.walked.triage.isComplete && given.walked.service.isComplete;
  if (!isOwn || !isComplete) return { ok: false, reason: "incomplete" };
  const now = draft.content.supplements
    ? await fileSupplement(app, tx, filing, draft, draft.content.supplements, given)
    : await fileFirst(app, tx, filing, draft, given);
  if (now === undefined) return { ok: false, reason: "noCase" };
  await tx.delete(drafts).where(eq(drafts.id, holder.id));
  return { ok: true, reference: now.outgoing.reference, now };
}

async function fileFirst(app: App, tx: Db, filing: Filing, draft: Draft, given: Given): Promise<FiledNow> {
  const { holder, authority, service } = filing;
  const filedAt = app.now();
  const reference = formatReference(randomBytes(7));
  const { duplicateGroups, retention } = app.config.operator;
  // Nobody may find the application of a person in danger by that of somebody else.
  const scopes = isSensitive(service, given.walked.answers) ? [] : scopesOf(authority.id, duplicateGroups);
  const keyed = keyedMarks(app.keys, given.walked.answers, scopes);
  const possibleDuplicate = await findMarked(tx, keyed, filedAt);
  const outgoing: Outgoing = { id: randomUUID(), caseId: randomUUID(), reference, filedAt, possibleDuplicate };
  const frozen = freezeMessage(filing, given, outgoing);
  const expiresAt = new Date(filedAt.getTime() + retention.applicantCopyMaximumDays * DAY_MS);
  const receipt = await signReceipt(app.keys, {
    v: 1,
    reference,
    authority: authority.ars,
    service: service.id,
    filedAt: filedAt.toISOString(),
    files: frozen.manifest.files.length,
    hash: receiptHash(Buffer.from(frozen.text)),
  });
  const letterKeys = await newLetterKeys();
  await insertCase(tx, holder, {
    id: outgoing.caseId,
    authority: authority.id,
    reference,
    service: service.id,
    receipt,
    completeness: given.walked.completeness,
    filedAt,
    expiresAt,
    holderCheck: holderCheckOf(app.keys, given.walked.answers),
    contact: await contactOf(app, filing, outgoing.caseId, given),
    letterKey: letterKeys.publicKey,
    copy: copyWith(filing, answersToKeep(draft, frozen), outgoing, frozen, { letterKey: letterKeys.privateKey }),
  });
  await enqueueFrozen(app, tx, authority, outgoing, frozen);
  if (draft.content.helped !== undefined) await noteFiled(tx, draft.content.helped, outgoing);
  await keepMarks(tx, keyed, { caseId: outgoing.caseId, authority: authority.id, expiresAt });
  await adoptFiles(tx, holder, outgoing.caseId, frozen, expiresAt);
  return { outgoing, frozen, expiresAt };
}

/** Adds a message to the case of the same code; `undefined` if there is no such case any more, or it takes nothing more. */
async function fileSupplement(
  app: App,
  tx: Db,
  filing: Filing,
  draft: Draft,
  { caseId, messageId, sent }: Supplement,
  given: Given,
): Promise<FiledNow | undefined> {
  const { holder, authority } = filing;
  const found = await findCase(tx, holder, app.now(), true);
  if (found?.id !== caseId || !isOpen(statusOf(await eventsOf(tx, caseId)))) return undefined;
  const { reference, expiresAt } = found;
  const supplements = { messageId, sent: new Set(sent) };
  const outgoing: Outgoing = { id: randomUUID(), caseId, reference, filedAt: app.now(), supplements };
  const frozen = freezeMessage(filing, given, outgoing);
  await changeCase(tx, holder, caseId, {
    completeness: given.walked.completeness,
    contact: await contactOf(app, filing, caseId, given),
    copy: copyWith(filing, answersToKeep(draft, frozen, sent), outgoing, frozen, {
      ...found.copy,
      messages: messagesOf(found, messageId),
    }),
  });
  await enqueueFrozen(app, tx, authority, outgoing, frozen);
  await adoptFiles(tx, holder, caseId, frozen, expiresAt);
  return { outgoing, frozen, expiresAt };
}

/** Where to write to the person: as typed last, nowhere if the address was taken back. */
function contactOf({ keys }: App, { language }: Filing, caseId: string, { walked }: Given): Promise<string | null> {
  return sealContact(keys, caseId, { email: walked.answers["email"], language });
}

/** What was sent before; a copy of an earlier version holds the application alone. */
function messagesOf({ copy, filedAt }: Case, messageId: string): ApplicantCopy["messages"] {
  if (copy.messages.length > 0) return copy.messages;
  return [{ id: messageId, kind: "application", filedAt: filedAt.toISOString(), payload: copy.payload }];
}

/** The answers to go on with in a supplement; of the files those that were sent, the others are deleted. */
function answersToKeep({ content }: Draft, { manifest }: Frozen, before: readonly string[] = []) {
  const sent = new Set([...before, ...manifest.files.map(({ id }) => id)]);
  const entries = Object.entries(evidenceAnswers(content.answers["evidence"])).map(([code, entry]) => [
    code,
    { ...entry, files: entry.files.filter(({ id }) => sent.has(id)) },
  ]);
  return { ...content.answers, evidence: Object.fromEntries(entries) as unknown };
}

async function adoptFiles(
  tx: Db,
  holder: Holder,
  caseId: string,
  { manifest }: Frozen,
  expiresAt: Date,
): Promise<void> {
  const ids = manifest.files.map(({ id }) => id);
  if (!(await adoptBlobs(tx, holder.id, caseId, ids, expiresAt))) throw new FilesMissing();
}
