import { toNestErrors } from "@hookform/resolvers";
import { useEffect, useLayoutEffect, useRef, type MutableRefObject } from "react";
import { useForm, type FieldErrors } from "react-hook-form";
import { useTranslation } from "#app/i18n/useTranslation.ts";
import { questionOf, readControls } from "#app/components/form/controls.ts";
import { judge } from "#app/components/form/judge.ts";
import type { Asked, Errors } from "#app/components/form/live.ts";
import { watchForm } from "#app/components/form/watchForm.ts";
import type { Step } from "#flows/engine/facts.ts";
import { errorCodes, type ErrorCode } from "#flows/engine/fields.ts";

/** Judges the whole form, as for sending it: the errors by question, none if it may be sent. */
export type CheckForm = () => Promise<Errors>;

/** One entry a question: what stands in its controls, as text. */
type Values = Record<string, string>;

/** Errors that only the server can judge: they stay until their own question changes. */
const FROM_SERVER = "server";

const isErrorCode = (code: string | undefined): code is ErrorCode => errorCodes.some((known) => known === code);

function messagesOf(errors: FieldErrors<Values>): Errors {
  return Object.fromEntries(
    Object.entries(errors).flatMap(([name, error]) =>
      typeof error?.message === "string" ? [[name, error.message]] : [],
    ),
  );
}

/**
 * Judges a form while it is filled in, by the rules of the server: a question when it is left, then with each change. Draws
 * nothing; the page shows the errors it reports. Loaded only when somebody begins to fill in, and made anew for each answer
 * of the server.
 */
export function LiveRules({
  form,
  step,
  asked,
  today,
  check,
  onErrors,
}: {
  form: HTMLFormElement;
  step: Step;
  asked: Asked;
  today: string;
  /** Set to the check of the whole form while this is mounted. */
  check: MutableRefObject<CheckForm | undefined>;
  /** Told whenever the errors at the questions change. */
  onErrors: (errors: Errors) => void;
}) {
  const { t } = useTranslation(["errors"]);
  const names = asked.questions.map(({ name }) => name);

  const problems = () => judge(step, asked.questions, readControls(form, names), today);
  const errorsNow = (): FieldErrors<Values> => {
    const found = problems();
    return Object.fromEntries(
      asked.questions.flatMap(({ name, label }) => {
        const code = found[name];
        return isErrorCode(code) ? [[name, { type: code, message: t(`errors:${code}`, { label }) }]] : [];
      }),
    );
  };
  const { register, trigger, handleSubmit, setError, formState } = useForm<Values>({
    mode: "onTouched",
    reValidateMode: "onChange",
    shouldFocusError: false,
    resolver: (values, _context, options) => {
      const errors = toNestErrors<Values>(errorsNow(), options);
      return Object.keys(errors).length > 0 ? { values: {}, errors } : { values, errors: {} };
    },
  });
  const fields = Object.fromEntries(names.map((name) => [name, register(name)]));
  const errors = messagesOf(formState.errors);
  const shown = JSON.stringify(errors);
  const isReady = useRef(false);

  const tell = async (type: "change" | "blur", name: string) => {
    await fields[name]?.onChange({ type, target: { name, value: JSON.stringify(readControls(form, [name])) } });
    if (type === "blur") return;
    // An answer may also put right what another question was wrong about.
    const again = Object.entries(formState.errors).filter(
      ([other, error]) => other === name || error?.type !== FROM_SERVER,
    );
    if (again.length > 0) await trigger(again.map(([other]) => other));
  };
  const latest = useRef({ tell, names });
  latest.current = { tell, names };

  useLayoutEffect(
    () =>
      watchForm(form, {
        nameOf: (target) => questionOf(latest.current.names, target),
        changed: (name) => void latest.current.tell("change", name),
        left: (name) => void latest.current.tell("blur", name),
      }),
    [form],
  );

  // Before the next effect, so that the first round without the server's errors is not told.
  useEffect(() => {
    if (isReady.current) onErrors(errors);
  }, [shown]);
  // Errors of the server that the rules find too can be put right anywhere on the page.
  useEffect(() => {
    const found = problems();
    for (const { name, error } of asked.questions) {
      if (error !== undefined) setError(name, { type: found[name] ?? FROM_SERVER, message: error });
    }
    isReady.current = true;
  }, []);

  check.current = () =>
    new Promise((resolve) => {
      void handleSubmit(
        () => resolve({}),
        (found) => resolve(messagesOf(found)),
      )();
    });
  useEffect(
    () => () => {
      check.current = undefined;
    },
    [check],
  );
  return null;
}
