import type { Problem } from "#app/components/ErrorSummary.tsx";
import { labelOf } from "#app/routes/shared/display.server.ts";
import { optionsOf, type Option } from "#app/routes/shared/options.server.ts";
import type { Page } from "#app/routes/shared/request.server.ts";
import type { Problems, Settings, Step } from "#flows/engine/facts.ts";
import { lookOf, type FieldLook, type Fields } from "#flows/engine/fields.ts";
import { firstControl, writeFields, type FormValues } from "#flows/engine/forms.ts";
import { fieldsOf } from "#flows/engine/parse.ts";
import type { Proposal } from "#flows/provenance/proposals.ts";

/** One question as its page draws it. */
export type Question = {
  name: string;
  look: FieldLook;
  /** Marked as voluntary. */
  optional: boolean;
  /** Health data or data on offences: never kept outside the form (Art. 9, 10 GDPR). */
  isSensitive: boolean;
  label: string;
  hint?: string;
  /** Where the value in the field comes from, if nobody typed it. */
  note?: string;
  error?: string;
  options?: Option[];
};

/** Values that stand in fields before the person has answered, with where they come from. */
type Proposed = Readonly<Record<string, Proposal>>;
const notes = {
  mrz: "common:proposed.mrz",
  carriedOver: "common:proposed.carriedOver",
  transliterated: "common:proposed.transliterated",
} as const;

/** The questions of a page with what stands in their controls. */
export type Questions = {
  title: string;
  lead?: string;
  why?: string;
  questions: Question[];
  values: FormValues;
  problems: Problem[];
};

/** Title, lead and reason of a page. */
export function stepWords(name: string, page: Page): { title: string; lead?: string; why?: string } {
  const part = (key: "lead" | "why") =>
    page.has(`steps:${name}.${key}`) ? { [key]: page.say(`steps:${name}.${key}`) } : {};
  return { title: page.say(`steps:${name}.title`), ...part("lead"), ...part("why") };
}

/** Some pages ask a field in other words: there it does not stand alone. */
function wordsOf(step: string, name: string, page: Page, key: "label" | "hint"): string | undefined {
  const own = `steps:${step}.fields.${name}.${key}`;
  return page.has(own) ? page.say(own) : undefined;
}

function questionOf(
  step: string,
  name: string,
  fields: Fields,
  page: Page,
  settings: Settings,
  problems: Problems,
  proposal: Proposal | undefined,
): Question[] {
  const field = fields[name];
  if (!field) return [];
  const own = settings.extraQuestions.find((question) => question.id === name);
  const label = wordsOf(step, name, page, "label") ?? labelOf(name, page, settings);
  const hint = own
    ? own.hint
    : (wordsOf(step, name, page, "hint") ??
      (page.has(`fields:${name}.hint`) ? page.say(`fields:${name}.hint`) : undefined));
  const options = optionsOf(name, field, page, own);
  const code = problems[name];
  return [
    {
      name,
      look: lookOf(field),
      optional: field.optional && !field.isConditional,
      isSensitive: field.sensitivity !== "none",
      label,
      ...(hint === undefined ? {} : { hint }),
      ...(proposal === undefined ? {} : { note: page.say(notes[proposal.origin]) }),
      ...(options.length === 0 ? {} : { options }),
      ...(code === undefined ? {} : { error: page.say(`errors:${code}`, { label }) }),
    },
  ];
}

/** Draws the questions of a step: stored answers and proposals in the controls, or the refused post with its errors. */
export function questionsOf(
  step: string,
  definition: Step,
  page: Page,
  settings: Settings,
  answers: Readonly<Record<string, unknown>>,
  refused?: { form: FormValues; problems: Problems },
  proposed: Proposed = {},
): Questions {
  const fields = fieldsOf(definition, { settings });
  const problems = refused?.problems ?? {};
  const questions = Object.keys(fields).flatMap((name) =>
    questionOf(step, name, fields, page, settings, problems, proposed[name]),
  );
  const values = Object.fromEntries(Object.entries(proposed).map(([name, { value }]) => [name, value]));
  const summary = questions.flatMap(({ name, error }) => {
    const field = fields[name];
    return error !== undefined && field ? [{ control: firstControl(name, field), message: error }] : [];
  });
  return {
    ...stepWords(step, page),
    questions,
    values: refused?.form ?? writeFields(fields, { ...values, ...answers }),
    problems: summary,
  };
}
