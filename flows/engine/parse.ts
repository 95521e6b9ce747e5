import { z } from "zod";
import { date as dateField, choice, text, yesNo, optional, type Field, type Fields } from "#flows/engine/fields.ts";
import type { ExtraQuestion, Facts, Problems, Step } from "#flows/engine/facts.ts";

/** Checked answers of a page, or what is wrong with them by field. */
export type Parsed = { ok: true; answers: Record<string, unknown> } | { ok: false; problems: Problems };

const stored = z.record(z.string(), z.unknown());

function questionField(question: ExtraQuestion): Field {
  const fields = {
    yesNo: yesNo(),
    choice: choice((question.options ?? []).map((option) => option.id)),
    text: text({ max: 500 }),
    date: dateField(),
  } as const;
  const field: Field = fields[question.kind];
  return question.optional ? optional(field) : field;
}

/** The fields that a page asks, whether fixed or added by the authority. */
export function fieldsOf(step: Step, facts: Pick<Facts, "settings">): Fields {
  if (step.kind === "fields" || step.kind === "review") return step.fields;
  if (step.kind === "extra") {
    return Object.fromEntries(facts.settings.extraQuestions.map((question) => [question.id, questionField(question)]));
  }
  return {};
}

/** Checks the values of some fields, each on its own. Values of unknown fields are dropped. */
export function parseFields(fields: Fields, values: Readonly<Record<string, unknown>>): Parsed {
  const answers: Record<string, unknown> = {};
  const problems: Record<string, string> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = values[name];
    if (value === undefined && field.optional) continue;
    const parsed = field.schema.safeParse(value);
    if (parsed.success) answers[name] = parsed.data;
    else problems[name] = parsed.error.issues[0]?.message ?? "required";
  }
  return Object.keys(problems).length > 0 ? { ok: false, problems } : { ok: true, answers };
}

/** Checks one page against stored or posted values: the fields first, then the rules between them. */
export function parsePage(step: Step, values: unknown, facts: Facts): Parsed {
  const parsed = parseFields(fieldsOf(step, facts), stored.catch({}).parse(values));
  if (step.kind !== "fields" || !parsed.ok) return parsed;
  const problems = step.check(parsed.answers, { ...facts, answers: { ...facts.answers, ...parsed.answers } });
  return Object.keys(problems).length > 0 ? { ok: false, problems } : parsed;
}
