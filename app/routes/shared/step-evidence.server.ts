import { data, redirect } from "@remix-run/node";
import type { EvidenceUploadProps } from "#app/components/EvidenceUpload.tsx";
import type { Problem } from "#app/components/ErrorSummary.tsx";
import { formatBytes } from "#app/i18n/format.ts";
import { requireDraft } from "#app/routes/shared/draft.server.ts";
import { drain, readUpload, type PostedFile } from "#app/routes/shared/form.server.ts";
import { evidenceWords } from "#app/routes/shared/law-words.server.ts";
import { stepWords } from "#app/routes/shared/questions.server.ts";
import {
  afterSave,
  saveCodePath,
  storedAnswers,
  tabTitle,
  wizardFrame,
  type StepAt,
} from "#app/routes/shared/step.server.ts";
import { changeEvidence, dropFile, entryOf, takeFile, type Taken } from "#app/routes/shared/upload.server.ts";
import { MAX_FILE_BYTES } from "#app/store/upload.server.ts";
import {
  evidenceAnswers,
  missingEvidence,
  type EvidenceAnswers,
  type EvidenceCode,
  type EvidenceItem,
  type EvidenceList,
} from "#flows/engine/evidence.ts";
import type { FormValues } from "#flows/engine/forms.ts";

const ACCEPT = "application/pdf,image/jpeg,image/png,.pdf,.jpg,.jpeg,.png";

function askedOf(at: StepAt): EvidenceList {
  return at.wizard.flow.evidence?.(at.facts) ?? [];
}

/** Every code that may be handed in: an item can be met by one of several. */
function codesOf(item: EvidenceItem): readonly EvidenceCode[] {
  return [item.code, ...item.alternatives];
}

type State = { evidence: EvidenceAnswers; refused: readonly Taken[]; missing: readonly EvidenceCode[] };

function uploadOf(at: StepAt, item: EvidenceItem, { evidence, refused, missing }: State): EvidenceUploadProps {
  const { page } = at;
  const words = evidenceWords(item, page);
  const entry = entryOf(evidence, item.code);
  const bad = refused.filter(({ code }) => code === item.code);
  const alternatives = item.alternatives.map((code) => page.say(`evidence:${code}.title`));
  const state =
    bad.length > 0
      ? "refused"
      : entry.files.length > 0
        ? "done"
        : entry.later !== undefined
          ? "later"
          : item.need === "required"
            ? "missing"
            : "optional";
  return {
    code: item.code,
    title: [words.title, ...alternatives].join(" / "),
    hint: `${words.hint} ${words.why}`,
    state,
    files: entry.files.map(({ id, name, size }) => ({ id, name, note: formatBytes(size, page.language) })),
    refused: bad.map(({ name, refused: reason }) => ({ name, reason: page.say(`pages:uploadReason.${reason}`) })),
    rules: page.say("common:upload.rules", { size: formatBytes(MAX_FILE_BYTES, page.language) }),
    accept: ACCEPT,
    ...(entry.files.length > 0 ? {} : { later: { isChosen: entry.later !== undefined, reason: entry.later ?? "" } }),
    ...(missing.includes(item.code) ? { error: page.say("errors:evidenceMissing", { label: words.title }) } : {}),
  };
}

function view(at: StepAt, state: State) {
  const uploads = askedOf(at).map((item) => uploadOf(at, item, state));
  const problems: Problem[] = uploads.flatMap(({ code, error, refused = [] }) => {
    const control = `${code}.files`;
    return [
      ...(error === undefined ? [] : [{ control, message: error }]),
      ...refused.map(({ name, reason }) => ({ control, message: `${name}: ${reason}` })),
    ];
  });
  const words = stepWords(at.step, at.page);
  const title = tabTitle(at.page, words.title, problems.length > 0);
  return {
    kind: "evidence" as const,
    title,
    wizard: wizardFrame(at),
    words,
    uploads,
    problems,
    token: at.context.formToken,
  };
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
  const codes = new Set(asked.flatMap(codesOf));
  const count = new Map(
    [...codes].map((code) => [code, entryOf(evidenceAnswers(storedAnswers(at)["evidence"]), code).files.length]),
  );
  const { form, taken } = await readUpload(request, context, async (file: PostedFile) => {
    const code = [...codes].find((candidate) => file.control === `${candidate}.files`);
    if (!code) {
      await drain(file);
      return undefined;
    }
    const already = count.get(code) ?? 0;
    count.set(code, already + 1);
    return takeFile(context, open, code, file, already);
  });
  const remove = form["remove"]?.[0];
  if (remove) await dropFile(context, open, remove);
  const evidence = await changeEvidence(context, open, (current) => withLater(asked, current, form));
  const refused = taken.flatMap((entry) => (entry?.refused ? [entry] : []));
  const then = form["then"]?.[0];
  const staying = then === "stay" || remove !== undefined;
  const missing = staying || then === "later" ? [] : missingEvidence(asked, evidence);
  if (refused.length > 0 || missing.length > 0) return data(view(at, { evidence, refused, missing }), { status: 422 });
  if (staying) throw redirect(`${at.wizard.base}/${at.step}${at.from ? `?from=${at.from}` : ""}`);
  const answers = { ...storedAnswers(at), evidence };
  const next = then === "later" ? `${at.wizard.base}/${at.step}` : afterSave(at, answers);
  throw redirect(then === "later" ? saveCodePath(at, next, true) : next);
}

/** A file makes "later" pointless; without one the tick and its reason are kept. */
function withLater(asked: EvidenceList, evidence: EvidenceAnswers, form: FormValues): EvidenceAnswers {
  const changed = asked.map(({ code }) => {
    const { files } = entryOf(evidence, code);
    const isLater = files.length === 0 && form[`${code}.later`]?.[0] === "yes";
    return [
      code,
      isLater ? { files, later: (form[`${code}.reason`]?.[0] ?? "").trim().slice(0, 500) } : { files },
    ] as const;
  });
  return { ...evidence, ...Object.fromEntries(changed) };
}
