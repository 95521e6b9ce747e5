import {
  date as dateField,
  choice,
  confirm,
  text,
  yesNo,
  optional,
  type Field,
  type Fields,
} from "#flows/engine/fields.ts";
import { noRules, type ExtraQuestion, type Facts, type Problems, type Step } from "#flows/engine/facts.ts";

/** Checked answers of a page, or what is wrong with them by field. */
export type Parsed = { ok: true; answers: Record<string, unknown> } | { ok: false; problems: Problems };

/** Stored or posted values of a page; anything but an object holds none. */
function valuesIn(values: unknown): Readonly<Record<string, unknown>> {
  return typeof values === "object" && values !== null ? (values as Readonly<Record<string, unknown>>) : {};
}

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

/** Whoever was helped declares that the helper does it on their behalf. */
const ofTheHelped = { declareHelped: confirm() } as const satisfies Fields;

/** The fields that a page asks, whether fixed, added by the authority or because somebody helps. */
export function fieldsOf(step: Step, facts: Pick<Facts, "settings">): Fields {
  if (step.kind === "fields") return step.fields;
  if (step.kind === "review") return facts.settings.helped ? { ...step.fields, ...ofTheHelped } : step.fields;
  if (step.kind === "extra") {
    return Object.fromEntries(facts.settings.extraQuestions.map((question) => [question.id, questionField(question)]));
  }
  return {};
}

/** Checks the values of some fields, each on its own. Values of unknown fields are dropped. */
function parseFields(fields: Fields, values: Readonly<Record<string, unknown>>) {
  const answers: Record<string, unknown> = {};
  const problems: Record<string, string> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = values[name];
    if (value === undefined && field.optional) continue;
    const parsed = field.schema.safeParse(value);
    if (parsed.success) answers[name] = parsed.data;
    else problems[name] = parsed.error.issues[0]?.message ?? "required";
  }
  return { answers, problems };
}

/** The fields of a page without those that these values make superfluous. */
function askedFields(step: Step, values: unknown, facts: Facts): Fields {
  const fields = fieldsOf(step, facts);
  if (step.kind !== "fields" || !step.when) return fields;
  const { when } = step;
  const { answers } = parseFields(fields, valuesIn(values));
  const here: Facts = { ...facts, answers: { ...facts.answers, ...answers } };
  return Object.fromEntries(Object.entries(fields).filter(([name]) => when[name]?.(here) ?? true));
}

/**
 * Checks one page against stored or posted values: the fields, and the rules between those that are right, so that a person
 * sees everything to mend at once.
 */
export function parsePage(step: Step, values: unknown, facts: Facts): Parsed {
  const { answers, problems } = parseFields(askedFields(step, values, facts), valuesIn(values));
  const hasRules = step.kind === "fields" && step.check !== noRules;
  const rules = hasRules ? step.check(answers, { ...facts, answers: { ...facts.answers, ...answers } }) : {};
  const all = { ...rules, ...problems };
  return Object.keys(all).length > 0 ? { ok: false, problems: all } : { ok: true, answers };
}
