import { redirect } from "@remix-run/node";
import type { EvidenceFile } from "#app/components/EvidenceFiles.tsx";
import type { EvidenceUploadProps } from "#app/components/EvidenceUpload.tsx";
import type { Problem } from "#app/components/ErrorSummary.tsx";
import type { Unfinished } from "#app/components/upload/queueView.ts";
import { formatBytes } from "#app/i18n/format.ts";
import { codesOf } from "#app/routes/shared/askedEvidence.server.ts";
import { requireDraft, type OpenDraft } from "#app/routes/shared/draft.server.ts";
import { drain, readUpload, type PostedFile } from "#app/routes/shared/form.server.ts";
import { evidenceWords } from "#app/routes/shared/law-words.server.ts";
import { stepWords } from "#app/routes/shared/questions.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import { refuse } from "#app/routes/shared/refused.server.ts";
import {
  afterSave,
  saveCodePath,
  storedAnswers,
  tabTitle,
  wizardFrame,
  type StepAt,
} from "#app/routes/shared/step.server.ts";
import {
  changeEvidence,
  DraftGone,
  dropFile,
  sentFiles,
  entryOf,
  takeFile,
  type Taken,
} from "#app/routes/shared/upload.server.ts";
import { MAX_FILE_BYTES } from "#app/store/upload.server.ts";
import {
  evidenceAnswers,
  missingEvidence,
  type EvidenceAnswers,
  type EvidenceCode,
  type EvidenceEntry,
  type EvidenceItem,
  type EvidenceList,
  type FileEntry,
} from "#flows/engine/evidence.ts";
import type { FormValues } from "#flows/engine/forms.ts";
import { isSensitive } from "#flows/services/sensitive.ts";

/** What the file fields of pages offer to choose from. */
export const ACCEPT = "application/pdf,image/jpeg,image/png,image/heic,image/heif,.pdf,.jpg,.jpeg,.png,.heic,.heif";

function askedOf(at: StepAt): EvidenceList {
  return at.wizard.flow.evidence?.(at.facts) ?? [];
}

type State = { evidence: EvidenceAnswers; refused: readonly Taken[]; missing: readonly EvidenceCode[] };
type Box = Pick<EvidenceItem, "code" | "need" | "reason">;

/** One box for each thing; what may be handed in instead gets a box of its own behind it. */
function boxesOf(item: EvidenceItem): Box[] {
  const instead = item.alternatives.map((code) => ({ code, need: "optional" as const, reason: item.reason }));
  return [item, ...instead];
}

function stateOf(
  box: Box,
  entry: EvidenceEntry,
  isRefused: boolean,
  isUnfinished: boolean,
): EvidenceUploadProps["state"] {
  if (isRefused) return "refused";
  if (isUnfinished) return "waiting";
  if (entry.files.length > 0) return "done";
  if (entry.later !== undefined) return "later";
  return box.need === "required" ? "missing" : "optional";
}

function uploadOf(at: StepAt, box: Box, { evidence, refused, missing }: State): EvidenceUploadProps {
  const { page } = at;
  const words = evidenceWords(box, page);
  const entry = entryOf(evidence, box.code);
  const bad = refused.filter(({ code }) => code === box.code);
  const isLater = entry.later !== undefined;
  const unfinished = unfinishedOf(at).filter(({ code }) => code === box.code);
  return {
    code: box.code,
    title: words.title,
    hint: `${words.hint} ${words.why}`,
    state: stateOf(box, entry, bad.length > 0, unfinished.length > 0),
    files: [...entry.files.map((file) => filedLine(at, file)), ...unfinished.map((file) => unfinishedLine(file, page))],
    refused: bad.map(({ name, refused: reason }) => ({ name, reason: page.say(`pages:uploadReason.${reason}`) })),
    rules: page.say("common:upload.rules", { size: formatBytes(MAX_FILE_BYTES, page.language) }),
    accept: ACCEPT,
    ...(entry.files.length > 0 ? {} : { later: { isChosen: isLater, reason: entry.later ?? "" } }),
    ...(missing.includes(box.code) ? { error: page.say("errors:evidenceMissing", { label: words.title }) } : {}),
  };
}

function fileLine({ id, name, size }: FileEntry, page: Page): EvidenceFile {
  return { id, name, note: formatBytes(size, page.language) };
}

/** A file of a supplement that the authority has been sent already is shown as such. */
function filedLine({ page, open }: StepAt, file: FileEntry): EvidenceFile {
  const line = fileLine(file, page);
  if (!open || !sentFiles(open).has(file.id)) return line;
  return { ...line, note: `${line.note} · ${page.say("pages:supplement.sent")}`, state: "sent" };
}

/** Files of which the service has a part only: whoever chooses the same file again goes on with it. */
function unfinishedOf({ open }: StepAt): Unfinished[] {
  const pending = Object.entries(open?.draft.content.pending ?? {});
  return pending.map(([id, { code, name, size }]) => ({ id, code, name, size }));
}

function unfinishedLine({ id, name }: Unfinished, page: Page): EvidenceFile {
  return { id, name, note: page.say("pages:step.unfinished"), state: "waiting" };
}

/** Files that an earlier answer asked for and this one does not: they are not sent, and go when the application is filed. */
function leftOver(at: StepAt, evidence: EvidenceAnswers) {
  const asked = new Set<string>(askedOf(at).flatMap(codesOf));
  const files = Object.entries(evidence).flatMap(([code, entry]) =>
    asked.has(code) ? [] : entry.files.map((file) => filedLine(at, file)),
  );
  const unfinished = unfinishedOf(at).filter(({ code }) => !asked.has(code));
  const lines = [...files, ...unfinished.map((file) => unfinishedLine(file, at.page))];
  return lines.length > 0 ? lines : undefined;
}

function view(at: StepAt, state: State) {
  const uploads = askedOf(at)
    .flatMap(boxesOf)
    .map((box) => uploadOf(at, box, state));
  const problems: Problem[] = uploads.flatMap(({ code, error, refused = [] }) => {
    const control = `${code}.files`;
    return [
      ...(error === undefined ? [] : [{ control, message: error }]),
      ...refused.map(({ name, reason }) => ({ control, message: `${name}: ${reason}` })),
    ];
  });
  const words = stepWords(at.step, at.page);
  return {
    kind: "evidence" as const,
    title: tabTitle(at.page, words.title, problems.length > 0),
    wizard: wizardFrame(at),
    words,
    shared: isOneOfSeveral(at) ? at.page.say("pages:household.sharedPaper") : undefined,
    uploads,
    leftOver: leftOver(at, state.evidence),
    problems,
    token: at.context.formToken,
    unfinished: unfinishedOf(at),
    uploadsHref: `/${at.page.language}/${at.authority.id}/uploads`,
  };
}
/** Somebody of a household whose applications may name each other: one paper is enough for what concerns all. */
function isOneOfSeveral({ open, wizard }: StepAt): boolean {
  return open?.draft.content.household !== undefined && !isSensitive(wizard.service, wizard.walked.answers);
}
export type EvidenceView = ReturnType<typeof view>;

/** The page where files are handed in. */
export function viewEvidence(at: StepAt): EvidenceView {
  return view(at, { evidence: evidenceAnswers(storedAnswers(at)["evidence"]), refused: [], missing: [] });
}

/** Takes files, "later" marks and removals; goes on only if nothing required is left open. Taken files always stay. */
export async function saveEvidence(at: StepAt, request: Request) {
  const { context, page, authority } = at;
  const open = await requireDraft(context, page, authority);
  const asked = askedOf(at);
  const { form, taken, evidence } = await takeAll(at, request, open, asked).catch(async (error: unknown) => {
    // Filed or deleted in another window meanwhile: requireDraft leads to where the application is now.
    if (error instanceof DraftGone) await requireDraft(context, page, authority);
    throw error;
  });
  const remove = form["remove"]?.[0];
  const refused = taken.flatMap((entry) => (entry?.refused ? [entry] : []));
  const then = form["then"]?.[0];
  const staying = then === "stay" || remove !== undefined;
  const missing = staying || then === "later" ? [] : missingEvidence(asked, evidence);
  if (refused.length > 0 || missing.length > 0) return refuse(context, view(at, { evidence, refused, missing }));
  if (staying) throw redirect(`${at.wizard.base}/${at.step}${at.from ? `?from=${at.from}` : ""}`);
  const answers = { ...storedAnswers(at), evidence };
  const next = then === "later" ? `${at.wizard.base}/${at.step}` : afterSave(at, answers);
  throw redirect(then === "later" ? saveCodePath(at, next, true) : next);
}

/** Takes the files of a post, then its removals and "later" marks. @throws DraftGone */
async function takeAll(at: StepAt, request: Request, open: OpenDraft, asked: EvidenceList) {
  const { context } = at;
  const codes = asked.flatMap(codesOf);
  const { form, taken } = await readUpload(request, context, async (file: PostedFile) => {
    const code = codes.find((candidate) => file.control === `${candidate}.files`);
    if (!code) {
      await drain(file);
      return undefined;
    }
    return takeFile(context, open, code, file);
  });
  const remove = form["remove"]?.[0];
  if (remove) await dropFile(context, open, remove);
  const evidence = await changeEvidence(context, open, (current) => withLater(asked, current, form));
  return { form, taken, evidence };
}

/** A file makes "later" pointless; without one the tick and its reason are kept. */
function withLater(asked: EvidenceList, evidence: EvidenceAnswers, form: FormValues): EvidenceAnswers {
  const changed = asked.flatMap(codesOf).map((code) => {
    const { files } = entryOf(evidence, code);
    const isLater = files.length === 0 && form[`${code}.later`]?.[0] === "yes";
    return [
      code,
      isLater ? { files, later: (form[`${code}.reason`]?.[0] ?? "").trim().slice(0, 500) } : { files },
    ] as const;
  });
  return { ...evidence, ...Object.fromEntries(changed) };
}
