import {
  redirect,
  type ActionFunctionArgs,
  type AppLoadContext,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireDraft, saveDraft } from "#app/routes/shared/draft.server.ts";
import { readForm } from "#app/routes/shared/form.server.ts";
import { pageMeta } from "#app/routes/shared/meta.ts";
import { QuestionPage } from "#app/routes/shared/QuestionPage.tsx";
import { proposedForEntry } from "#app/routes/shared/proposed.server.ts";
import { questionsOf } from "#app/routes/shared/questions.server.ts";
import { liveOf } from "#app/routes/shared/live.server.ts";
import { afterRefusal, refuse } from "#app/routes/shared/refused.server.ts";
import { notFound } from "#app/routes/shared/request.server.ts";
import { requireStep, storedAnswers, tabTitle, wizardFrame, type StepAt } from "#app/routes/shared/step.server.ts";
import { storedItems, type StoredItem } from "#app/routes/shared/step-group.server.ts";
import { replaced, typedOnly } from "#app/routes/shared/step-questions.server.ts";
import { useKeptAnswer } from "#app/routes/shared/useKeptAnswer.ts";
import { useRefusedTitle } from "#app/routes/shared/useRefusedTitle.ts";
import type { Problems } from "#flows/engine/facts.ts";
import { readFields, type FormValues } from "#flows/engine/forms.ts";
import { fieldsOf, parsePage } from "#flows/engine/parse.ts";
import { isReachable, nextStep, openStep, previousStep, walk, type Walk, type Walkable } from "#flows/engine/walk.ts";

type Params = LoaderFunctionArgs["params"];
type ItemAt = { at: StepAt; flow: Walkable; item: StoredItem; walked: Walk; step: string; group: string; base: string };

/** Finds the page of an entry: the group's list page must be reachable, the entry may be new. */
async function requireItem(request: Request, params: Params, context: AppLoadContext): Promise<ItemAt> {
  const { group = "", item: id = "", step = "" } = params;
  const at = await requireStep(request, { ...params, step: group }, context);
  if (at.definition.kind !== "group" || !/^[0-9a-f]{1,40}$/.test(id)) notFound();
  const flow = at.definition.item as Walkable;
  const item = storedItems(storedAnswers(at), group).find((entry) => entry.id === id) ?? { id };
  const walked = walk(flow, item, at.wizard.setting, at.facts.answers);
  const base = `${at.wizard.base}/${group}/${id}`;
  if (!Object.hasOwn(flow.steps, step)) notFound();
  if (!isReachable(walked, step)) throw redirect(`${base}/${openStep(walked)}`);
  return { at, flow, item, walked, step, group, base };
}

function view(
  { at, flow, item, walked, step, group, base }: ItemAt,
  refused?: { form: FormValues; problems: Problems },
) {
  const definition = flow.steps[step] ?? notFound();
  const proposed = refused ? {} : proposedForEntry(at, item, definition);
  const asked = questionsOf(step, definition, at.page, at.wizard.setting.settings, item, refused, proposed);
  const previous = previousStep(walked, step);
  return {
    kind: "questions" as const,
    title: tabTitle(at.page, asked.title, asked.problems.length > 0),
    wizard: { ...wizardFrame(at), back: previous ? `${base}/${previous}` : `${at.wizard.base}/${group}` },
    id: `${base}/${step}`,
    asked,
    token: at.context.formToken,
    revision: 0,
    live: liveOf(at, definition),
    conflict: undefined,
  };
}

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  return afterRefusal(context, view(await requireItem(request, params, context)));
}

/** Saves a page of an entry; behind its last page the list comes back. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const found = await requireItem(request, params, context);
  const { at, flow, item, step, group, base } = found;
  const form = await readForm(request, context);
  const open = await requireDraft(context, at.page, at.authority);
  const definition = flow.steps[step] ?? notFound();
  const facts = { ...at.facts, answers: { ...at.facts.answers, ...found.walked.answers } };
  const fields = fieldsOf(definition, facts);
  const parsed = parsePage(definition, readFields(fields, form), facts);
  if (!parsed.ok) return refuse(context, view(found, { form: typedOnly(fields, form), problems: parsed.problems }));
  const changed = { ...replaced(item, fields, parsed.answers), id: item.id };
  await saveDraft(context, open.holder, (content) => ({
    answers: { ...content.answers, [group]: withItem(content.answers, group, changed) },
  }));
  const next = nextStep(walk(flow, changed, at.wizard.setting, at.facts.answers), step);
  throw redirect(next ? `${base}/${next}` : `${at.wizard.base}/${group}`);
}

function withItem(answers: Readonly<Record<string, unknown>>, group: string, item: StoredItem): StoredItem[] {
  const list = storedItems(answers, group);
  return list.some((entry) => entry.id === item.id)
    ? list.map((entry) => (entry.id === item.id ? item : entry))
    : [...list, item];
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => pageMeta(loaded);

export default function ItemRoute() {
  const loaded = useLoaderData<typeof loader>();
  const posted = useKeptAnswer(loaded, useActionData<typeof action>());
  useRefusedTitle(posted);
  return <QuestionPage view={posted ?? loaded} />;
}
