import type { LiveQuestion } from "#app/components/form/live.ts";
import type { ExtraQuestion, Facts, Problems, Step } from "#flows/engine/facts.ts";
import { readFields, type FormValues } from "#flows/engine/forms.ts";
import { fieldsOf, parsePage } from "#flows/engine/parse.ts";

function extraQuestion({ name, look, label, options = [] }: LiveQuestion): ExtraQuestion[] {
  const { kind, optional } = look;
  if (kind !== "yesNo" && kind !== "choice" && kind !== "text" && kind !== "date") return [];
  return [
    {
      id: name,
      kind,
      label,
      optional,
      options: options.map(({ value, label: words }) => ({ id: value, label: words })),
    },
  ];
}

/**
 * What the rules of a page say of what stands in its controls: the same rules that the server applies, without the answers
 * of other pages. Rules that compare with those stay silent here; what passes may still be refused by the server.
 */
export function judge(step: Step, questions: readonly LiveQuestion[], form: FormValues, today: string): Problems {
  const settings = {
    services: [],
    extraQuestions: questions.flatMap(extraQuestion),
    askOffences: true,
    postalDelivery: true,
  };
  const facts: Facts = { answers: {}, today, law: {}, settings };
  const parsed = parsePage(step, readFields(fieldsOf(step, facts), form), facts);
  return parsed.ok ? {} : parsed.problems;
}
