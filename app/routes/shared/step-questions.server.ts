import { redirect } from "@remix-run/node";
import { displayRow } from "#app/routes/shared/display.server.ts";
import { requireDraft, saveDraft, startDraft } from "#app/routes/shared/draft.server.ts";
import { readForm } from "#app/routes/shared/form.server.ts";
import { liveOf } from "#app/routes/shared/live.server.ts";
import { placeDetour } from "#app/routes/shared/placeDetour.server.ts";
import { proposedFor } from "#app/routes/shared/proposed.server.ts";
import { questionsOf } from "#app/routes/shared/questions.server.ts";
import { refuse } from "#app/routes/shared/refused.server.ts";
import type { Conflict } from "#app/routes/shared/StepPage.tsx";
import {
  afterSave,
  revisionOf,
  saveCodePath,
  storedAnswers,
  tabTitle,
  wizardFrame,
  type StepAt,
} from "#app/routes/shared/step.server.ts";
import { short } from "#flows/services/short.ts";
import type { DraftContent } from "#app/store/drafts.server.ts";
import type { Problems } from "#flows/engine/facts.ts";
import type { Fields } from "#flows/engine/fields.ts";
import { readFields, type FormValues } from "#flows/engine/forms.ts";
import { fieldsOf, parsePage } from "#flows/engine/parse.ts";

type Refused = { form: FormValues; problems: Problems };

function view(at: StepAt, refused?: Refused, conflict?: Conflict) {
  const { settings } = at.wizard.setting;
  const proposed = refused ? {} : proposedFor(at);
  const asked = questionsOf(at.step, at.definition, at.page, settings, storedAnswers(at), refused, proposed);
  return {
    kind: "questions" as const,
    title: tabTitle(at.page, asked.title, asked.problems.length > 0),
    wizard: wizardFrame(at),
    id: `${at.wizard.id}/${at.step}`,
    asked,
    token: at.context.formToken,
    revision: revisionOf(at),
    live: liveOf(at, at.definition),
    conflict,
  };
}
export type QuestionView = ReturnType<typeof view>;

/** The controls of a page without what the service adds itself. */
export function typedOnly(fields: Fields, form: FormValues): Record<string, string[]> {
  const names = Object.keys(fields);
  const own = Object.entries(form).filter(([control]) =>
    names.some((name) => control === name || control.startsWith(`${name}.`)),
  );
  return Object.fromEntries(own.map(([control, values]) => [control, [...values]]));
}

/** A page of questions; a post that was refused earlier is shown again with its errors. */
export function viewQuestions(at: StepAt): QuestionView {
  const refused = at.open?.draft.content.refused;
  if (refused?.step !== `${at.wizard.id}/${at.step}`) return view(at);
  const fields = fieldsOf(at.definition, at.facts);
  const parsed = parsePage(at.definition, readFields(fields, refused.form), at.facts);
  return view(at, { form: refused.form, problems: parsed.ok ? {} : parsed.problems });
}

/** Puts the answers of one page in place of those it had; an emptied voluntary field is gone. */
export function replaced(
  answers: Readonly<Record<string, unknown>>,
  fields: Fields,
  values: Readonly<Record<string, unknown>>,
) {
  const others = Object.entries(answers).filter(([name]) => !Object.hasOwn(fields, name));
  return { ...Object.fromEntries(others), ...values };
}

/** Checks and saves a page of questions. Invalid: 422 with everything typed. Changed in another tab: 409 with both values. */
export async function saveQuestions(at: StepAt, request: Request) {
  const { context, page, authority, open, wizard, step, definition, facts } = at;
  const form = await readForm(request, context);
  const fields = fieldsOf(definition, facts);
  const key = `${wizard.id}/${step}`;
  const parsed = parsePage(definition, readFields(fields, form), facts);
  if (!parsed.ok) {
    const refused = { step: key, form: typedOnly(fields, form) };
    if (open) await saveDraft(context, open.holder, () => ({ refused }));
    return refuse(context, view(at, { form: refused.form, problems: parsed.problems }));
  }
  const wantsLater = form["then"]?.[0] === "later";
  if (!open && !context.isAdmitted) {
    const busy = { title: page.say("pages:step.busyTitle"), text: page.say("pages:step.busyText"), rows: [] };
    return refuse(context, view(at, { form: typedOnly(fields, form), problems: {} }, busy), 503);
  }
  if (!open) {
    const { cookie } = await startDraft(context, page, authority, {
      answers: parsed.answers,
      service: wizard.id === short.id ? short.id : null,
    });
    const next = target(at, parsed.answers);
    throw redirect(wantsLater ? saveCodePath(at, next, true) : next, { headers: { "set-cookie": cookie } });
  }
  let conflict: Conflict | undefined;
  const saved = await saveDraft(context, open.holder, (content, draft) => {
    conflict = conflictOf(at, form, fields, parsed.answers, content);
    return conflict
      ? undefined
      : {
          answers: replaced(content.answers, fields, parsed.answers),
          revisions: { ...content.revisions, [key]: draft.revision + 1 },
          refused: content.refused?.step === key ? null : content.refused,
          language: page.language,
          ...goesOnAt(wizard, content),
        };
  });
  if (conflict) {
    const now = await requireStepNow(at);
    return refuse(context, view(now, { form: typedOnly(fields, form), problems: {} }, conflict), 409);
  }
  const answers = saved?.content.answers ?? {};
  const next = target(at, answers);
  // Six pages are the promise of the short path: its code stands in the bar and behind the receipt.
  const isFirstOfService = wizard.service?.id === wizard.id && saved?.content.codeShown === false;
  throw redirect(wantsLater || isFirstOfService ? saveCodePath(at, next, wantsLater) : next);
}

/** Where a person goes on who comes back: in the entry questions whoever left the short path for them. */
function goesOnAt(wizard: StepAt["wizard"], { service }: DraftContent): Partial<DraftContent> {
  if (wizard.id !== "triage") return { service: wizard.id, version: wizard.service?.version ?? null };
  return service === short.id ? { service: null, version: null } : {};
}

/** The same step with the draft as it is stored now: the form then carries the revision that it saw. */
async function requireStepNow(at: StepAt): Promise<StepAt> {
  return { ...at, open: await requireDraft(at.context, at.page, at.authority) };
}

function target(at: StepAt, answers: Readonly<Record<string, unknown>>): string {
  const { context, page, authority, wizard, step, open } = at;
  // A supplement goes to the authority that has the application, wherever the person lives by now.
  const isPlace = step === wizard.flow.initial && wizard.service?.id !== wizard.id && !open?.draft.content.supplements;
  const detour = isPlace ? placeDetour(context, page, authority, answers) : undefined;
  return detour ?? afterSave(at, answers);
}

/** What another tab saved since this page was made, if it differs from what was posted. */
function conflictOf(
  at: StepAt,
  form: FormValues,
  fields: Fields,
  values: Readonly<Record<string, unknown>>,
  content: DraftContent,
): Conflict | undefined {
  const made = Number(form["revision"]?.[0] ?? Number.NaN);
  if (Number.isNaN(made) || made >= (content.revisions[`${at.wizard.id}/${at.step}`] ?? 0)) return undefined;
  const stored = content.answers;
  const changed = Object.keys(fields).filter((name) => JSON.stringify(stored[name]) !== JSON.stringify(values[name]));
  if (changed.length === 0) return undefined;
  const rows = changed.flatMap((name) => {
    const field = fields[name];
    return field && stored[name] !== undefined
      ? [displayRow({ name, field, value: stored[name] }, at.page, at.wizard.setting.settings)]
      : [];
  });
  return { title: at.page.say("pages:step.conflictTitle"), text: at.page.say("pages:step.conflictText"), rows };
}
