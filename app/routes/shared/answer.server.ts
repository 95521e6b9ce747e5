import { redirect, type AppLoadContext } from "@remix-run/node";
import type { EvidenceUploadProps } from "#app/components/EvidenceUpload.tsx";
import type { Problem } from "#app/components/ErrorSummary.tsx";
import { formatBytes } from "#app/i18n/format.ts";
import { fileAnswer } from "#app/outbox/reply.server.ts";
import {
  changeAnswer,
  dropAnswerFile,
  forgetMissing,
  takeAnswerFile,
  type Answering,
  type TakenFile,
} from "#app/routes/shared/answerFiles.server.ts";
import { MOST_TEXT } from "#app/routes/shared/answerText.ts";
import { drain, readUpload } from "#app/routes/shared/form.server.ts";
import { leaveOfCase } from "#app/routes/shared/leave.server.ts";
import { letterView } from "#app/routes/shared/letters.server.ts";
import { canReply, replyingOf, requireOwnCase, toStatus } from "#app/routes/shared/reply.server.ts";
import { refuse } from "#app/routes/shared/refused.server.ts";
import { frameOf, type Page } from "#app/routes/shared/request.server.ts";
import { ACCEPT } from "#app/routes/shared/step-evidence.server.ts";
import { sessionInfo, tabTitle } from "#app/routes/shared/step.server.ts";
import { begunOf } from "#app/store/begun.server.ts";
import type { BegunReply } from "#app/store/cases.server.ts";
import { lettersOf, type OpenedLetter } from "#app/store/letters.server.ts";
import { MAX_FILE_BYTES } from "#app/store/upload.server.ts";
import { asDatatypeC } from "#flows/delivery/xoev/text.ts";
import { standingReply } from "#flows/engine/status.ts";

const MOST_SIGNS = 10;

/** Names of the controls of the form; those of files as `EvidenceUpload` makes them of its code. */
const controls = { text: "text", code: "answer", files: "answer.files" } as const;

type Question = Answering & { opened: OpenedLetter };

/** The open question of an address; who has none to answer there is led to the status. */
export async function requireQuestion(context: AppLoadContext, page: Page, letter: string): Promise<Question> {
  const own = await requireOwnCase(context, page);
  const { found, authority, events } = own;
  const letters = await lettersOf(context.app.database.db, found.id, found.copy.letterKey);
  const opened = letters.find(({ id, kind }) => id === letter && kind === "question");
  const isOpenQuestion =
    canReply(context.app, authority, events) && standingReply(events, { kind: "answered", letter }) === undefined;
  if (!opened || !isOpenQuestion) throw toStatus(page);
  return { ...own, letter, opened };
}

type State = { begun: BegunReply; refused?: readonly TakenFile[]; problems?: readonly Problem[] };

function view(context: AppLoadContext, page: Page, at: Question, { begun, refused = [], problems = [] }: State) {
  const { found, authority, opened } = at;
  return {
    frame: { ...frameOf(context, page, authority), ...leaveOfCase(page, found.copy) },
    title: tabTitle(page, page.say("pages:answer.title"), problems.length > 0),
    token: context.formToken,
    session: sessionInfo(context, page, `/${page.language}/status`),
    statusHref: `/${page.language}/status`,
    letter: letterView(page, opened, authority, { openOn: context.app.today() }),
    text: begun.text,
    textError: problems.find(({ control }) => control === controls.text)?.message,
    upload: uploadOf(page, begun, refused),
    problems,
  };
}

function uploadOf(page: Page, begun: BegunReply, refused: readonly TakenFile[]): EvidenceUploadProps {
  const reasons = refusedLines(page, refused);
  return {
    code: controls.code,
    title: page.say("pages:answer.files"),
    hint: page.say("pages:answer.filesHint"),
    state: reasons.length > 0 ? "refused" : begun.files.length > 0 ? "done" : "optional",
    files: begun.files.map(({ id, name, size }) => ({ id, name, note: formatBytes(size, page.language) })),
    refused: reasons,
    rules: page.say("common:upload.rules", { size: formatBytes(MAX_FILE_BYTES, page.language) }),
    accept: ACCEPT,
  };
}

function refusedLines(page: Page, refused: readonly TakenFile[]) {
  return refused.flatMap(({ name, refused: reason }) =>
    reason === undefined ? [] : [{ name, reason: page.say(`pages:uploadReason.${reason}`) }],
  );
}

/** The page on which a question is answered, with what was written before. */
export async function viewAnswer(context: AppLoadContext, page: Page, letter: string) {
  const at = await requireQuestion(context, page, letter);
  return view(context, page, at, { begun: begunOf(at.found, letter) });
}
export type AnswerView = Awaited<ReturnType<typeof viewAnswer>>;

/** What keeps an answer from being sent. */
function problemsOf(page: Page, { text, files }: BegunReply): Problem[] {
  const { text: control } = controls;
  const label = page.say("pages:answer.label");
  if (text === "" && files.length === 0) return [{ control, message: page.say("pages:answer.empty") }];
  if (text.length > MOST_TEXT) return [{ control, message: page.say("errors:tooLong", { label }) }];
  // What the standard has no letters for would arrive as question marks.
  const signs = [...new Set(text)].filter((sign) => !asDatatypeC(sign).isWhole).slice(0, MOST_SIGNS);
  if (asDatatypeC(text).isWhole) return [];
  return [{ control, message: page.say("pages:answer.signs", { signs: signs.join(" ") }) }];
}

/** Keeps what was written and handed in, whatever comes of it; sends it if that was pressed and nothing is wrong. */
export async function postAnswer(request: Request, context: AppLoadContext, page: Page, letter: string) {
  const at = await requireQuestion(context, page, letter);
  const { form, taken } = await readUpload(request, context, async (file): Promise<TakenFile | undefined> => {
    if (file.control === controls.files) return takeAnswerFile(context, at, file);
    await drain(file);
    return undefined;
  });
  const remove = form["remove"]?.[0];
  if (remove !== undefined) await dropAnswerFile(context, at, remove);
  const text = (form[controls.text]?.[0] ?? "").replaceAll(/\r\n?/g, "\n").normalize("NFC").trim();
  const begun = await changeAnswer(context, at, (before) => ({ ...before, text }));
  if (!begun) throw toStatus(page);
  const refused = taken.flatMap((file) => (file?.refused ? [file] : []));
  const isStaying = remove !== undefined || form["then"]?.[0] === "stay";
  const bad = refusedLines(page, refused);
  const problems = [
    ...bad.map(({ name, reason }) => ({ control: controls.files, message: `${name}: ${reason}` })),
    ...(isStaying ? [] : problemsOf(page, begun)),
  ];
  if (problems.length > 0) return refuse(context, view(context, page, at, { begun, refused, problems }));
  if (isStaying) throw redirect(`/${page.language}/answer/${letter}`);
  const sent = await fileAnswer(context.app, replyingOf(context, page, at), letter);
  if (sent.ok || sent.reason !== "filesMissing") throw toStatus(page);
  const now = await requireQuestion(context, page, letter);
  await forgetMissing(context, now);
  const left = await requireQuestion(context, page, letter);
  const lost = [{ control: controls.files, message: page.say("pages:answer.filesMissing") }];
  return refuse(context, view(context, page, left, { begun: begunOf(left.found, letter), problems: lost }));
}
