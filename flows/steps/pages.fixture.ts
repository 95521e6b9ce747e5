import type { Facts, Step } from "#flows/engine/facts.ts";
import { parsePage } from "#flows/engine/parse.ts";

/** The reference date of the page tests. */
export const today = "2026-11-21";

/** Facts of a person who gave these answers before; no law, no settings of an authority. */
export function factsWith(answers: Readonly<Record<string, unknown>> = {}): Facts {
  const settings = { services: [], extraQuestions: [], askOffences: true, postalDelivery: true };
  return { answers, today, law: {}, settings };
}

/** What a page refuses of the values typed into it, by field. Of a page that is only half filled, see `checkOf`. */
export function problemsOf(step: Step, values: object, given: Readonly<Record<string, unknown>> = {}): object {
  const parsed = parsePage(step, values, factsWith(given));
  return parsed.ok ? {} : parsed.problems;
}

/** What the rules between the fields of a page say, whatever else is missing on it. */
export function checkOf(
  step: Extract<Step, { kind: "fields" }>,
  values: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>> = {},
): object {
  return step.check(values, factsWith({ ...given, ...values }));
}
