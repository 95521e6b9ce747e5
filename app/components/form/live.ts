import type { Option } from "#app/components/ChoiceControl.tsx";
import type { Problem } from "#app/components/ErrorSummary.tsx";
import type { RulesAt } from "#app/components/form/pageRules.ts";
import { firstControl, type FormValues } from "#flows/engine/forms.ts";
import type { FieldLook } from "#flows/engine/fields.ts";

/** What the browser must know of a page of questions, beside the questions, to judge answers itself. */
export type LiveInfo = {
  /** Where its rules are; a page without is left to the server. */
  rules?: RulesAt;
  /** The calendar date of the service; the clock of the device may be wrong. */
  today: string;
  /** Marks unsent input as belonging to one visit and one draft; opens nothing. Without it no input is kept. */
  owner?: string;
};

/** A question as far as its answer is judged and kept in the browser. */
export type LiveQuestion = {
  name: string;
  look: FieldLook;
  label: string;
  /** Health data or data on offences: never kept outside the form. */
  isSensitive: boolean;
  /** What the server found wrong. */
  error?: string;
  options?: readonly Option[];
};

/** A page of questions as the server sent it; another object for each answer of the server. */
export type Asked = {
  title: string;
  questions: readonly LiveQuestion[];
  /** What stands in the controls. */
  values: FormValues;
  problems: readonly Problem[];
};

/** Texts of errors by question. */
export type Errors = Readonly<Record<string, string>>;

/** The errors that the server found. */
export function serverErrors({ questions }: Asked): Errors {
  return Object.fromEntries(questions.flatMap(({ name, error }) => (error === undefined ? [] : [[name, error]])));
}

/** Errors in the order of their questions, as the error summary lists them. */
export function problemsOf({ questions }: Asked, errors: Errors): Problem[] {
  return questions.flatMap(({ name, look }) => {
    const message = errors[name];
    return message === undefined ? [] : [{ control: firstControl(name, look), message }];
  });
}

/** The questions with other errors than the server found. */
export function withErrors<Q extends LiveQuestion>(questions: readonly Q[], errors: Errors): Q[] {
  return questions.map((question) => ({ ...question, error: errors[question.name] }));
}
