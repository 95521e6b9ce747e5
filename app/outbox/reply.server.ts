import { randomUUID } from "node:crypto";
import type { App } from "#app/context.server.ts";
import type { Authority } from "#app/config/authority.ts";
import { formatOf } from "#app/config/format.ts";
import type { Db } from "#app/db.server.ts";
import { enqueue } from "#app/outbox/message.server.ts";
import { begunOf } from "#app/store/begun.server.ts";
import { appendEvent, applicationOf, changeCase, eventsOf, findCase, type Case } from "#app/store/cases.server.ts";
import { ownedBlobs } from "#app/store/files.server.ts";
import type { Holder } from "#app/store/holder.server.ts";
import { lettersOf } from "#app/store/letters.server.ts";
import type { Manifest } from "#app/store/manifest.server.ts";
import type { Payload } from "#flows/delivery/payload.ts";
import { replyPayload, type ReplyPayload } from "#flows/delivery/reply.ts";
import type { Standard } from "#flows/delivery/standard.ts";
import { isOpen, standingReply, statusOf } from "#flows/engine/status.ts";

/** Evidence code of what is handed in with an answer: it belongs to a question, not to the list of the law. */
const ANSWER_CODE = "ANSWER";

/** Names that people give their files may name somebody; the authority gets these. */
const FILENAME = "Antwort";
const EXTENSIONS = { "application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png" } as const;

/** Who replies, where the case lies, and in which words. */
export type Replying = {
  holder: Holder;
  authority: Authority;
  language: string;
  demo: string | undefined;
  /** German title of a document of an answer, for the authority. */
  documentTitle: string;
};

export type Replied =
  { ok: true } | { ok: false; reason: "noCase" | "notOffered" | "notAsked" | "empty" | "filesMissing" };

type Reply = { kind: "answer"; letter: string } | { kind: "withdrawal" };

/**
 * Files the answer that was written to a question, in one transaction: message, events and the applicant's copy. A question
 * is answered once, however often it is pressed; an answer that the authority could not take over can be sent again.
 */
export function fileAnswer(app: App, replying: Replying, letter: string): Promise<Replied> {
  return file(app, replying, { kind: "answer", letter });
}

/** Files that the applicant withdraws the application; once for each case. */
export function fileWithdrawal(app: App, replying: Replying): Promise<Replied> {
  return file(app, replying, { kind: "withdrawal" });
}

function file(app: App, replying: Replying, reply: Reply): Promise<Replied> {
  const { holder, authority } = replying;
  const standard = app.standards.get(formatOf(authority));
  return app.database.db.transaction(async (tx): Promise<Replied> => {
    const found = await findCase(tx, holder, app.now(), true);
    const application = found && (await applicationOf(tx, found.id));
    if (found?.authority !== authority.id || application === undefined) return { ok: false, reason: "noCase" };
    if (!standard) return { ok: false, reason: "notOffered" };
    const events = await eventsOf(tx, found.id);
    if (standingReply(events, saidBy(reply)) !== undefined) return { ok: true };
    if (!isOpen(statusOf(events))) return { ok: false, reason: "noCase" };
    const fault = reply.kind === "answer" ? await faultOf(tx, found, reply.letter) : undefined;
    if (fault) return { ok: false, reason: fault };
    await fileNow(app, tx, { ...replying, found, application, standard }, reply);
    return { ok: true };
  });
}

/** What an answer lacks to be sent. */
async function faultOf(
  tx: Db,
  found: Case,
  letter: string,
): Promise<"notAsked" | "empty" | "filesMissing" | undefined> {
  const asked = await lettersOf(tx, found.id, found.copy.letterKey);
  if (!asked.some(({ id, kind }) => id === letter && kind === "question")) return "notAsked";
  const { text, files } = begunOf(found, letter);
  if (text === "" && files.length === 0) return "empty";
  const ids = files.map(({ id }) => id);
  return (await ownedBlobs(tx, found.id, ids)).size === ids.length ? undefined : "filesMissing";
}

const saidBy = (reply: Reply) =>
  reply.kind === "answer"
    ? ({ kind: "answered", letter: reply.letter } as const)
    : ({ kind: "withdrawalRequested" } as const);

type Ready = Replying & { found: Case; application: string; standard: Standard };

async function fileNow(app: App, tx: Db, ready: Ready, reply: Reply): Promise<void> {
  const { holder, authority, found, application } = ready;
  const [id, filedAt, caseId] = [randomUUID(), app.now(), found.id];
  const { text, files } = reply.kind === "answer" ? begunOf(found, reply.letter) : { text: "", files: [] };
  const named = files.map((entry, index) => ({
    ...entry,
    code: ANSWER_CODE,
    filename: `${FILENAME}-${index + 1}.${EXTENSIONS[entry.mimeType]}`,
  }));
  const answersTo = reply.kind === "answer" ? { answersTo: reply.letter } : {};
  const payload = replyPayload.parse({
    kind: reply.kind,
    messageId: id,
    reference: found.reference,
    filedAt: filedAt.toISOString(),
    ...answersTo,
    ...(text === "" ? {} : { text }),
    language: ready.language,
    ...(ready.demo === undefined ? {} : { demo: ready.demo }),
    documents: named.map(({ id: attachmentId, code, filename }) => {
      return { attachmentId, code, title: ready.documentTitle, filename };
    }),
  } satisfies ReplyPayload);
  const manifest = manifestOf(app, ready, payload, named);
  const queued = { id, caseId, filedAt, kind: reply.kind, adds: application, urgentFrom: null };
  await enqueue(app, tx, authority, queued, manifest);
  const statement = reply.kind === "answer" ? { statement: reply.letter } : {};
  const { kind } = saidBy(reply);
  await appendEvent(tx, { caseId, authority: authority.id, messageId: id, at: filedAt, kind, ...statement });
  const sent = {
    id,
    kind: reply.kind,
    filedAt: payload.filedAt,
    ...answersTo,
    text,
    files: files.map(({ name }) => name),
  };
  const begun = Object.entries(found.copy.begun).filter(([letter]) => letter !== payload.answersTo);
  const copy = { ...found.copy, replies: [...found.copy.replies, sent], begun: Object.fromEntries(begun) };
  await changeCase(tx, holder, caseId, { copy });
}

function manifestOf(app: App, ready: Ready, payload: ReplyPayload, files: Manifest["files"]): Manifest {
  const { found, authority, standard } = ready;
  const { service } = JSON.parse(found.copy.payload) as Payload;
  return {
    payload: JSON.stringify(payload),
    schemaUri: standard.schemaUri,
    service: { leika: service.leika, name: service.title },
    ars: authority.ars,
    reference: found.reference,
    filedOn: app.today(),
    formId: randomUUID(),
    files,
  };
}
