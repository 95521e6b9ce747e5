import { randomBytes } from "node:crypto";
import { redirect } from "@remix-run/node";
import type { Problem } from "#app/components/ErrorSummary.tsx";
import type { GroupItem } from "#app/components/GroupList.tsx";
import { displayRow } from "#app/routes/shared/display.server.ts";
import { requireDraft, saveDraft } from "#app/routes/shared/draft.server.ts";
import { readForm } from "#app/routes/shared/form.server.ts";
import { stepWords } from "#app/routes/shared/questions.server.ts";
import { refuse } from "#app/routes/shared/refused.server.ts";
import { afterSave, saveCodePath, tabTitle, wizardFrame, type StepAt } from "#app/routes/shared/step.server.ts";
import type { GroupStep } from "#flows/engine/facts.ts";
import { summaryOf } from "#flows/engine/summary.ts";
import { openStep, type Walkable } from "#flows/engine/walk.ts";

/** A stored entry of a group. */
export type StoredItem = { id: string } & Record<string, unknown>;

/** The stored entries of a group, in their order. */
export function storedItems(answers: Readonly<Record<string, unknown>>, group: string): StoredItem[] {
  const list = answers[group];
  return Array.isArray(list) ? (list as unknown[]).filter(isItem) : [];
}

function isItem(value: unknown): value is StoredItem {
  return typeof value === "object" && value !== null && "id" in value && typeof value.id === "string";
}

function itemsOf(at: StepAt, group: GroupStep): GroupItem[] {
  const settings = at.wizard.setting.settings;
  const flow = group.item as Walkable;
  return (at.wizard.walked.items[at.step] ?? []).map((item, index) => {
    const rows = summaryOf(flow, item.walk, { settings }).flatMap((block) => block.rows);
    const texts = rows
      .filter(({ field }) => field.kind === "text")
      .slice(0, 2)
      .map((row) => displayRow(row, at.page, settings).value);
    const choice = rows.find(({ field }) => field.kind === "choice");
    const note = choice ? String(displayRow(choice, at.page, settings).value) : "";
    const first = item.walk.isComplete ? flow.initial : openStep(item.walk);
    return {
      id: item.id,
      title: texts.toReversed().join(" ") || `${at.page.say(`steps:${at.step}.group`)} ${index + 1}`,
      note,
      isComplete: item.walk.isComplete,
      editHref: `${at.wizard.base}/${at.step}/${item.id}/${first}`,
    };
  });
}

function view(at: StepAt, problems: Problem[] = []) {
  const group = at.definition as GroupStep;
  const items = itemsOf(at, group);
  const words = stepWords(at.step, at.page);
  return {
    kind: "group" as const,
    title: tabTitle(at.page, words.title, problems.length > 0),
    wizard: wizardFrame(at),
    id: `${at.wizard.id}/${at.step}`,
    words,
    items,
    empty: at.page.say(`steps:${at.step}.empty`),
    addLabel: items.length < group.max ? at.page.say(`steps:${at.step}.add`) : undefined,
    token: at.context.formToken,
    problems,
  };
}
export type GroupView = ReturnType<typeof view>;

/** The list page of a group. */
export function viewGroup(at: StepAt): GroupView {
  return view(at);
}

/** Adds an entry, removes one, or goes on: an untouched list then says "none". */
export async function saveGroup(at: StepAt, request: Request) {
  const { context, page, authority, wizard, step } = at;
  const form = await readForm(request, context);
  const open = await requireDraft(context, page, authority);
  const base = `${wizard.base}/${step}`;
  const group = at.definition as GroupStep;
  if (form["add"]) throw redirect(`${base}/${randomBytes(6).toString("hex")}/${(group.item as Walkable).initial}`);
  const remove = form["remove"]?.[0];
  const unfinished = itemsOf(at, group).filter((item) => item.id !== remove && !item.isComplete);
  if (!remove && unfinished.length > 0) {
    const message = page.say("errors:itemsIncomplete", { label: unfinished[0]?.title });
    return refuse(context, view(at, [{ control: "items", message }]));
  }
  const saved = await saveDraft(context, open.holder, (content) => ({
    answers: { ...content.answers, [step]: storedItems(content.answers, step).filter((item) => item.id !== remove) },
    language: page.language,
  }));
  if (remove) throw redirect(base);
  const next = afterSave(at, saved?.content.answers ?? {});
  throw redirect(form["then"]?.[0] === "later" ? saveCodePath(at, next, true) : next);
}
